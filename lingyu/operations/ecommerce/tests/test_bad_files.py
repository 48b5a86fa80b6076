"""Bad input: each gives a clear message and an exit code, and nothing half-written."""

import os
import signal
import sqlite3
import subprocess
import sys

import pytest

from lingyu.operations.ecommerce.models import LedgerEntry, Shop

from .samples import HEADER, ORDER, report


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("NaN", "not_finite"),
        ("1e400", "overflow"),
        ("99999999999999999", "overflow"),
        ("=1+1", "formula"),
        ("ten", "not_a_number"),
        ("1.005", "too_precise"),
    ],
)
def test_an_amount_that_is_none_is_refused_with_its_reason(lingyu_import, table, cell, reason):
    path = table(
        "o.csv", ["order_id", "paid_at", "amount"], [["1", "2026-06-01", cell], ["2", "2026-06-01", "5"]]
    )
    assert lingyu_import("orders", path, "--shop", "Plume").code == 1
    assert [r["reason"] for r in report("o.csv.errors.csv")] == [reason]
    assert LedgerEntry.objects.net() == 500


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"order_id,paid_at,amount\n",
        b"order_id,order_id,paid_at,amount\n1,1,2026-06-01,5\n",
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9,
        b"order_id,paid_at,amount\n1,2026-06-01,\xff\xff\xff5\n",
        b"<html><table></table></html>",
        b"PK\x03\x04 cut off",
    ],
    ids=["empty", "header only", "duplicate headers", "image", "no encoding", "web page", "truncated zip"],
)
def test_a_file_that_is_no_table_is_refused_whole(lingyu_import, tmp_path, content):
    path = tmp_path / "bad.csv"
    path.write_bytes(content)
    said = lingyu_import("orders", path, "--shop", "Plume")
    assert said.code == 2
    assert "bad.csv" in said.err and "Traceback" not in said.err
    assert not Shop.objects.exists()


def test_too_many_rows_are_refused_before_anything_is_read(lingyu_import, table, settings):
    settings.LINGYU_IMPORT_MAX_ROWS = 3
    path = table("o.csv", HEADER, [ORDER] * 4)
    said = lingyu_import("orders", path, "--shop", "Plume")
    assert said.code == 2
    assert not LedgerEntry.objects.exists()


KILLED = """
import os, signal, sys
import django
django.setup()
from lingyu.operations.ecommerce.actions import booking
booking.record_all = lambda facts: os.kill(os.getpid(), signal.SIGKILL)
from django.core.management import call_command
call_command("migrate", verbosity=0, skip_checks=True)
call_command("import", "orders", sys.argv[1], "--shop", "Plume")
"""


@pytest.mark.one_database
def test_a_process_killed_in_the_middle_of_a_file_leaves_nothing_of_it(table, tmp_path):
    path = table("orders.csv", HEADER, [ORDER])
    home = tmp_path / "home"
    away = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    ended = subprocess.run(
        [sys.executable, "-c", KILLED, path],
        cwd=tmp_path,
        capture_output=True,
        timeout=60,
        env=away
        | {
            "LINGYU_HOME": str(home),
            "DJANGO_SETTINGS_MODULE": "lingyu.config.settings",
            "PYTHONPATH": os.pathsep.join(sys.path),
        },
    )
    assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()
    with sqlite3.connect(home / "lingyu.sqlite3") as database:
        for name in ("shop", "ledgerentry", "importrun", "product"):
            [[count]] = database.execute(f"select count(*) from ecommerce_{name}")
            assert count == 0, name


def test_nothing_is_written_when_the_facts_cannot_be(lingyu_import, table, monkeypatch):
    monkeypatch.setattr("lingyu.operations.ecommerce.actions.booking.record_all", lambda facts: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        lingyu_import("orders", table("orders.csv", HEADER, [ORDER]), "--shop", "Plume")
    assert not Shop.objects.exists() and not LedgerEntry.objects.exists()
