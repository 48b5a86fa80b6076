"""What the tests of every room share: the cast, and pages that need no collected static files."""

import pytest

pytest_plugins = ["tests.cast"]


@pytest.fixture(autouse=True, scope="session")
def static_files_as_they_are():
    """Name static files plainly: hashed names exist only after `collectstatic`, which tests do not run."""
    from django.conf import settings
    from django.test import override_settings

    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(STORAGES={**settings.STORAGES, "staticfiles": plain}):
        yield
