"""The inbox beside a full disk, a folder that is gone, and behind a damaged page: told, and nothing lost."""

import contextlib
import os
import resource
import sqlite3
from pathlib import Path

import pytest

from lingyu.store.inbox import Full, Inbox, Unavailable, Writer, files, writing

from .inboxes import numbers, row, writing_to

pytestmark = pytest.mark.one_database


@pytest.fixture
def inbox(tmp_path) -> Inbox:
    """An empty one."""
    return Inbox(tmp_path / "inbox")


def test_a_full_disk_is_told_and_nothing_acknowledged_is_lost(inbox):
    if os.environ.get("COVERAGE_RUN"):
        pytest.skip("the limit holds for the whole process")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    with writing_to(inbox) as writer:
        writer.put_and_wait(row(0))
        kept, refused = [0], 0
        # No file may grow beyond this: as a disk that is full.
        resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, hard))
        try:
            for number in range(1, 40):
                try:
                    writer.put_and_wait(row(number, 20_000))
                    kept.append(number)
                except Unavailable:
                    refused += 1
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert refused > 5
        assert set(kept) <= set(numbers(inbox))
        writer.put_and_wait(row(100))
    found = numbers(inbox)
    assert set(kept) | {100} <= set(found)
    assert len(found) == len(set(found))


def test_a_folder_that_cannot_be_written_is_told_and_recovers(inbox):
    inbox.folder.parent.joinpath("inbox").write_text("in the way")
    with writing_to(inbox) as writer:
        with pytest.raises(Unavailable):
            writer.put_and_wait(row(1))
        inbox.folder.unlink()
        writer.put_and_wait(row(2))
    assert numbers(inbox) == [2]


def test_more_than_may_wait_is_put_off(inbox, monkeypatch):
    monkeypatch.setattr(writing, "WAITING_BYTES", 100)
    writer = Writer(inbox)
    writer.put(row(1, 200), lambda error: None)
    with pytest.raises(Full):
        writer.put(row(2), lambda error: None)


def damaged(inbox: Inbox) -> Path:
    """A closed file of many rows with a page in its midst overwritten."""
    with writing_to(inbox) as writer:
        for number in range(200):
            writer.put_and_wait(row(number, 3_000))
    (path,) = inbox.files()
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(size // 2 // 16_384 * 16_384)
        file.write(os.urandom(16_384))
    return path


def test_a_damaged_file_is_set_aside_and_what_can_be_read_comes(inbox):
    path = damaged(inbox)
    with writing_to(inbox) as writer:
        writer.put_and_wait(row(1_000))
        found = numbers(inbox)
    assert 1_000 in found
    assert len(found) == len(set(found))
    # One page holds five rows; one of the index above may take more with it.
    assert len(found) > 150
    assert found[:50] == list(range(50))
    # Not before somebody has kept what came of it.
    assert path.exists()
    inbox.forget({})
    assert not path.exists()
    assert (inbox.damaged / path.name).exists()
    assert numbers(inbox) == [1_000]


def test_a_file_that_is_no_inbox_is_set_aside(inbox):
    inbox.folder.mkdir(parents=True)
    (inbox.folder / f"0{files.SUFFIX}").write_bytes(b"nothing of the kind" * 1_000)
    with writing_to(inbox) as writer:
        writer.put_and_wait(row(1))
    assert numbers(inbox) == [1]
    inbox.forget({})
    assert len(inbox.files()) == 1


def test_a_file_of_another_format_is_left_for_the_version_that_knows_it(inbox):
    with writing_to(inbox) as writer:
        writer.put_and_wait(row(1))
    (path,) = inbox.files()
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute("pragma user_version=99")
    assert numbers(inbox) == []
    assert path.exists()


def test_a_writer_whose_file_is_damaged_goes_on_with_another(inbox):
    with writing_to(inbox) as writer:
        writer.put_and_wait(row(1))
        (path,) = inbox.files()
        writer._db.close()
        path.write_bytes(b"overwritten by somebody" * 3_000)
        path.with_name(f"{path.name}-wal").unlink(missing_ok=True)
        writer._db = None
        writer.put_and_wait(row(2))
        assert numbers(inbox) == [2]
        assert (inbox.damaged / path.name).exists()
