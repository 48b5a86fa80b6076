"""The shelf: where an uploaded file lies, under what name, for how long."""

import os
import stat
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from lingyu.desk.uploads import runs, shelf
from lingyu.kernel.operations import OPERATIONS


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("orders.csv", "orders.csv"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("/etc/shadow", "shadow"),
        ("..", "file"),
        ("", "file"),
        (".hidden.csv", "hidden.csv"),
        ("-rf.csv", "rf.csv"),
        ("a\x00b\nc.csv", "a_b_c.csv"),
        ("六月订单（终稿）.xlsx", "六月订单_终稿_.xlsx"),
        ("x; rm -rf ~.csv", "x_ rm -rf _.csv"),
    ],
)
def test_a_name_never_leads_out_of_its_folder(sent, kept):
    assert shelf.clean_name(sent) == kept


@pytest.mark.parametrize("name", ["长" * 300 + ".csv", "a" * 400, "." * 200 + "b", "x." + "y" * 500])
def test_a_long_name_is_cut_to_what_every_file_system_holds(name):
    kept = shelf.clean_name(name)
    assert 0 < len(kept.encode()) <= shelf.LONGEST_NAME
    assert kept.endswith(".csv") == name.endswith(".csv")


def test_a_file_lies_where_nobody_else_reads_it(put, home):
    upload = put("../../../escape.csv", b"hello")
    assert upload.file.read_bytes() == b"hello"
    assert upload.file.resolve().is_relative_to(home / "uploads" / str(upload.id))
    assert [p.name for p in home.iterdir()] == ["uploads"]
    for path in (home / "uploads", upload.folder):
        assert stat.S_IMODE(path.stat().st_mode) == 0o700
    assert stat.S_IMODE(upload.file.stat().st_mode) == 0o600


def test_an_upload_is_found_again_with_who_and_when(put, aque):
    upload = put("orders.csv", shop="Plume")
    operation = OPERATIONS[upload.about.operation]
    found = shelf.find(operation, upload.id)
    assert found.about == upload.about
    assert found.about.uploaded_by == str(aque.pk)
    assert found.about.answers == {"shop": "Plume"}


def test_an_upload_belongs_to_its_desk(put):
    upload = put()
    others = [o for o in OPERATIONS.values() if o.code != upload.about.operation]
    assert others and not any(shelf.find(other, upload.id) for other in others)
    assert shelf.find(OPERATIONS[upload.about.operation], uuid4()) is None


def test_an_upload_is_thrown_away_after_seven_days(put):
    fresh, old = put("new.csv"), put("old.csv")
    before = (timezone.now() - timedelta(days=8)).timestamp()
    os.utime(old.folder, (before, before))
    runs.sweep()
    assert fresh.folder.exists() and not old.folder.exists()


def test_what_cannot_be_read_is_no_upload(put, home):
    upload = put()
    (upload.folder / "about.json").write_text("{")
    (home / "uploads" / "not-an-upload").mkdir()
    assert list(shelf.lying()) == []
