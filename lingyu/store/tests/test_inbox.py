"""The inbox: what is acknowledged is there after a kill, beside a full disk and behind a damaged page."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from lingyu.store.inbox import Inbox, files

from .inboxes import numbers, row, writing_to

pytestmark = pytest.mark.one_database


@pytest.fixture
def inbox(tmp_path) -> Inbox:
    """An empty one."""
    return Inbox(tmp_path / "inbox")


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
