"""A walk through an import with real processes, in the data folder of LINGYU_HOME.

Run as a program by `test_import_by_browser`: the test database of pytest is not there for another
process. Prints how the upload stood and how many entries there were at each stop.
"""

import sys
import time

import django

django.setup()

from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402

from lingyu.community.accounts import actions  # noqa: E402
from lingyu.desk.uploads import runs, shelf  # noqa: E402
from lingyu.operations.ecommerce.models import LedgerEntry  # noqa: E402


def settled() -> str:
    """How the only upload stands when its run has ended."""
    [upload] = shelf.lying()
    while runs.state(upload) == "running":
        time.sleep(0.1)
    return runs.state(upload)


def main(path: str) -> None:
    """Upload, stop, check again, import."""
    call_command("migrate", verbosity=0)
    setup_test_environment()
    member = actions.join(actor=None, username="阿鹊", email="")
    actions.grant_role(actor=None, member=member, role="operator")
    browser = Client()
    browser.force_login(member)
    with open(path, "rb") as file:
        form = {"importer": "orders", "shop": "Plume", "format": "auto"}
        form["file"] = SimpleUploadedFile("orders.csv", file.read())
    address = browser.post("/desk/ecommerce/imports/new", form).headers["Location"]
    browser.post(address + "stop")
    print(settled(), LedgerEntry.objects.count())
    browser.post(address + "check")
    print(settled(), LedgerEntry.objects.count())
    browser.post(address + "run")
    print(settled(), LedgerEntry.objects.count(), LedgerEntry.objects.net())


if __name__ == "__main__":
    main(sys.argv[1])
