"""Two workers on one data folder at once: no fact twice, none lost, and neither complains."""

import json
import signal
import subprocess
import sys
import time

import pytest

from lingyu.collector import reading  # noqa: F401 - registers the readers
from lingyu.store.inbox import Inbox, Row
from lingyu.store.log import Log, LogSequences
from lingyu.store.tests.inboxes import writing_to
from tests.sdks.collecting import SITE, environment, prepare

REQUESTS, EACH = 400, 5


def request(number: int) -> Row:
    """One of our snippet's, with events that can be told apart."""
    now = time.time() * 1000
    events = [{"n": "Seen", "t": now, "i": f"{number}-{n}", "p": {"m": f"{number}-{n}"}} for n in range(EACH)]
    body = json.dumps({"u": f"user {number % 7}", "a": f"browser {number % 9}", "e": events}).encode()
    return Row(SITE, "lingyu", int(now * 1000), "", "agent", "", EACH, "POST", "/l/e", b"{}", body)


@pytest.mark.slow
@pytest.mark.one_database
@pytest.mark.xdist_group("sdks")
def test_two_workers_at_once_keep_every_fact_once(tmp_path):
    prepare(tmp_path)
    said = (tmp_path / "said").open("ab")
    workers = [
        subprocess.Popen(
            [sys.executable, "-m", "lingyu", "work", "--verbosity", "2"],
            env=environment(tmp_path),
            stdout=said,
            stderr=said,
        )
        for _ in range(2)
    ]
    inbox = Inbox(tmp_path / "store" / "inbox")
    try:
        _until(lambda: (tmp_path / "said").read_bytes().count(b"\n") >= 2)
        with writing_to(inbox, file_seconds=0.5) as writer:
            for number in range(REQUESTS):
                writer.put_and_wait(request(number))
        log = Log(tmp_path / "store" / "log")
        _until(lambda: inbox.waiting(log.catalog.positions()) == 0)
    finally:
        for worker in workers:
            worker.send_signal(signal.SIGTERM)
        codes = [worker.wait(timeout=120) for worker in workers]
    seen = LogSequences(log)
    outside = f"FROM {seen.relation({'props'}, 0, 99_999)} WHERE source != 'house'"
    found = [m for (m,) in seen.ask(f"SELECT props.m::VARCHAR {outside}")]
    assert sorted(found) == sorted(f"{r}-{n}" for r in range(REQUESTS) for n in range(EACH))
    assert codes == [0, 0]
    text = (tmp_path / "said").read_text()
    assert not [word for word in ("Traceback", "ERROR", "WARNING") if word in text], text


def _until(holds) -> None:
    """Wait as long as a busy machine needs."""
    for _ in range(2_400):
        if holds():
            return
        time.sleep(0.05)
    raise TimeoutError
