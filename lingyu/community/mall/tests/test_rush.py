"""The last pieces under many hands, on whichever database the tests run: a short form of `tests.rush`."""

import os
import subprocess
import sys
from urllib.parse import quote

import pytest
from django.db import connection

ROOT = __file__.split("/lingyu/community/")[0]


def address() -> str:
    """DATABASE_URL of the database beside which the run makes its own; "" on SQLite."""
    if connection.vendor != "postgresql":
        return ""
    said = connection.settings_dict
    who = f"{quote(said['USER'])}:{quote(said['PASSWORD'])}" if said["PASSWORD"] else quote(said["USER"])
    return (
        f"postgresql://{who}@{said['HOST']}:{said['PORT']}/postgres"
        if said["HOST"]
        else os.environ["DATABASE_URL"]
    )


@pytest.mark.slow
@pytest.mark.parametrize("processes", [4])
def test_stock_n_and_fifty_times_n_buyers_make_exactly_n_orders(processes):
    environment = os.environ | {"DATABASE_URL": address(), "PYTHONPATH": ROOT}
    environment.pop("LINGYU_HOME", None)
    command = [sys.executable, "-m", "lingyu.community.mall.tests.rush"]
    command += ["--stock", "4", "--processes", str(processes)]
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=600)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "orders 4" in ran.stdout and "orders delivered 4" in ran.stdout
