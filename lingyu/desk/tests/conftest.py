"""What the tests of the desk share: a shelf of their own, and a command that needs no process."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from lingyu.desk.uploads import shelf
from lingyu.kernel.operations import OPERATIONS


@pytest.fixture
def home(settings, tmp_path):
    """A data folder that holds nothing yet."""
    settings.LINGYU_HOME = tmp_path / "home"
    settings.LINGYU_HOME.mkdir()
    return settings.LINGYU_HOME


@pytest.fixture
def put(home, aque):
    """`put("orders.csv", b"…", shop="Plume")`: a file on the shelf, as 阿鹊 uploads it."""

    def onto_shelf(name="orders.csv", content=b"a,b\n1,2\n", **answers):
        operation = next(o for o in OPERATIONS.values() if o.importers)
        file = SimpleUploadedFile("x", content)
        file._name = name  # past Django's own cleaning: the shelf must not lean on it
        return shelf.put(
            file, operation=operation, importer=operation.importers[0], answers=answers, member=aque
        )

    return onto_shelf
