"""The inbox: what is acknowledged is there after a kill, beside a full disk and behind a damaged page."""

import contextlib
import os
import resource
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from lingyu.store.inbox import Full, Inbox, Row, Unavailable, Writer, files, writing

pytestmark = pytest.mark.one_database


def row(number: int, size: int = 20) -> Row:
    """A request that can be told from others."""
    body = f"{number}:".encode().ljust(size, b".")
    return Row("s", "lingyu", number, "", "agent", "v", 1, "POST", "/l/e", b"{}", body)


@pytest.fixture
def inbox(tmp_path) -> Inbox:
    """An empty one."""
    return Inbox(tmp_path / "inbox")


@contextlib.contextmanager
def writing_to(inbox: Inbox, **more):
    """A writer that is stopped in the end."""
    writer = Writer(inbox, **more).start()
    try:
        yield writer
    finally:
        writer.stop()


def numbers(inbox: Inbox, after=None) -> list[int]:
    """The numbers of the rows that can be read."""
    return [r.received_at for r in inbox.read(after)]


def test_what_was_put_can_be_read_while_it_is_written(inbox):
    with writing_to(inbox) as writer:
        writer.put_and_wait(row(1))
        assert numbers(inbox) == [1]
        writer.put_and_wait(row(2))
        (first, second) = inbox.read()
        assert second.body == row(2).body
        assert (first.seq, second.seq) == (1, 2)
        assert numbers(inbox, {first.file: 1}) == [2]
        assert inbox.waiting({first.file: 1}) == 1


def test_rows_put_together_are_committed_together(inbox, monkeypatch):
    groups = []
    add = files.add

    def slow(db, rows):
        groups.append(len(rows))
        time.sleep(0.05)
        add(db, rows)

    monkeypatch.setattr(files, "add", slow)
    told, all_told = [], threading.Event()

    def tell(error):
        told.append(error)
        if len(told) == 100:
            all_told.set()

    with writing_to(inbox) as writer:
        for number in range(100):
            writer.put(row(number), tell)
        assert all_told.wait(10)
    assert told == [None] * 100
    assert len(groups) <= 4
    assert numbers(inbox) == list(range(100))


def test_a_file_is_closed_when_it_is_large_or_old_and_then_can_be_forgotten(inbox):
    with writing_to(inbox, file_bytes=5_000) as writer:
        for number in range(10):
            writer.put_and_wait(row(number, 3_000))
        position = {r.file: r.seq for r in inbox.read()}
        assert len(position) == 5
        wait_until(lambda: inbox.forget(position) >= 0 and len(inbox.files()) <= 1)
        assert numbers(inbox, position) == []
    with writing_to(inbox, file_seconds=0.1) as writer:
        writer.put_and_wait(row(20))
        found = {r.file: r.seq for r in inbox.read()}
        wait_until(lambda: inbox.forget(found) or not inbox.files())


def wait_until(done, seconds: float = 10) -> None:
    """Until it is so."""
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_what_is_not_yet_dealt_with_or_still_written_is_not_forgotten(inbox):
    with writing_to(inbox) as writer:
        writer.put_and_wait(row(1))
        writer.put_and_wait(row(2))
        (path,) = inbox.files()
        assert inbox.forget({path.name: 2}) == 0
    assert inbox.forget({path.name: 1}) == 0
    assert inbox.forget({}) == 0
    assert numbers(inbox) == [1, 2]
    assert inbox.forget({path.name: 2}) == 1
    assert list(inbox.folder.glob("*")) in ([], [inbox.damaged])


def test_processes_write_files_of_their_own(inbox):
    with writing_to(inbox) as one, writing_to(inbox) as two:
        one.put_and_wait(row(1))
        two.put_and_wait(row(2))
        one.put_and_wait(row(3))
    assert sorted(numbers(inbox)) == [1, 2, 3]
    assert len({r.file for r in inbox.read()}) == 2


WRITE = """
import sys
from pathlib import Path
sys.path.insert(0, {root!r})
from lingyu.store.inbox import Inbox, Row, Writer
writer = Writer(Inbox(Path({folder!r})), file_bytes=200_000).start()
number = int(sys.argv[1])
while True:
    writer.put_and_wait(Row("s", "p", number, "", "", "", 1, "POST", "/", b"{{}}", b"x" * 700))
    print(number, flush=True)
    number += 1
"""


def test_of_killed_processes_no_acknowledged_row_is_lost_and_none_is_there_twice(inbox):
    root = str(Path(__file__).resolve().parents[3])
    program = WRITE.format(root=root, folder=str(inbox.folder))
    acknowledged: list[int] = []
    for kill in range(6):
        starts = [kill * 2_000_000, kill * 2_000_000 + 1_000_000]
        running = [
            subprocess.Popen([sys.executable, "-c", program, str(s)], stdout=subprocess.PIPE, text=True)
            for s in starts
        ]
        for process in running:
            # Kills fall into the midst of commits, and of changes of file.
            for _ in range(30 + 97 * kill):
                acknowledged.append(int(process.stdout.readline()))
        for process in running:
            os.kill(process.pid, signal.SIGKILL)
            rest = process.stdout.read().split("\n")[:-1]
            acknowledged += [int(line) for line in rest if line]
            process.wait()
    found = numbers(inbox)
    assert len(found) == len(set(found))
    assert set(acknowledged) <= set(found)
    # At most the one that was committed when the kill came, but not yet told.
    assert len(found) <= len(acknowledged) + 12
    position = {r.file: r.seq for r in inbox.read()}
    inbox.forget(position)
    assert inbox.files() == []


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
    assert not path.exists()
    assert (inbox.damaged / path.name).exists()
    assert numbers(inbox) == [1_000]


def test_a_file_that_is_no_inbox_is_set_aside(inbox):
    inbox.folder.mkdir(parents=True)
    (inbox.folder / f"0{files.SUFFIX}").write_bytes(b"nothing of the kind" * 1_000)
    with writing_to(inbox) as writer:
        writer.put_and_wait(row(1))
    assert numbers(inbox) == [1]
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
