"""A log on a disk that is full or can only be read: told, nothing lost, nothing twice, the rest readable."""

import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb
import pytest

from lingyu.kernel.facts import READERS, Reading
from lingyu.store.engines.base import EngineError
from lingyu.store.log.tests.making import browser, days, fact
from lingyu.store.tests.inboxes import row, writing_to

from .conftest import Shop

pytestmark = pytest.mark.one_database
FAILURES = (OSError, sqlite3.Error, duckdb.Error, EngineError)


@pytest.fixture
def full_disk():
    """`full_disk(bytes)`: no file may grow beyond that, as on a disk that is full; `full_disk(0)`: again."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    yield lambda size: resource.setrlimit(resource.RLIMIT_FSIZE, (size or soft, hard))
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("size", [2_000, 20_000, 60_000, 200_000])
def test_on_a_full_disk_compaction_fails_whole_and_goes_on_when_there_is_room(
    shop, monkeypatch, full_disk, size
):
    if os.environ.get("COVERAGE_RUN"):
        pytest.skip("the limit holds for the whole process")
    many = 4_000
    facts = [
        fact("view", browser(f"{n}"), at=days(n % 3), page=os.urandom(40).hex(), number=n)
        for n in range(many)
    ]
    monkeypatch.setitem(READERS, "lingyu", lambda r: Reading(facts))
    shop.take(fact("view", browser("before")))
    with writing_to(shop.inbox) as writer:
        writer.put_and_wait(row(1))
    failed = 0
    for _time in range(3):
        full_disk(size)
        try:
            shop.compactor.run()
            shop.log.derived.build()
        except FAILURES:
            failed += 1
        finally:
            full_disk(0)
        # What was there can be read, and what was not kept still waits.
        assert len(shop.rows("event")) in (1, many + 1)
    assert failed == 3
    shop.compactor.run()
    shop.log.derived.build()
    rows = shop.rows("props.number::INTEGER")
    assert len(rows) == many + 1
    assert len({number for (number,) in rows}) == many + 1
    assert shop.people() == many + 1


_READ = """
import os, sys
from pathlib import Path
from zoneinfo import ZoneInfo
import duckdb
from lingyu.store.log import Log, LogSequences
from lingyu.store.log.tests.making import fact, user
from lingyu.store.log.compacting import Compactor
from lingyu.store.log.calendar import Calendar
folder, nobody = sys.argv[1:]
if os.getuid() == 0:
    # What an interpreter loads late may lie where only root may read.
    Calendar(ZoneInfo("Asia/Shanghai"))
    duckdb.connect().execute("SELECT 1").fetchnumpy()
    os.setuid(int(nobody))
log = Log(Path(folder) / "log")
seen = LogSequences(log)
print(seen.ask(f"SELECT count(*) FROM {seen.relation(set(), 0, 99_999)}")[0][0])
print(sum(len(day.times) for day in seen.days(0, 99_999)))
try:
    Compactor(log, None).take([fact("view", user("new"))])
except Exception as error:
    print(type(error).__name__)
"""


def test_on_a_disk_that_can_only_be_read_questions_are_answered_and_writing_is_refused():
    folder = Path(tempfile.mkdtemp(prefix="lingyu-read-only-"))
    try:
        shop = Shop(folder)
        shop.take(*[fact("view", browser(str(n)), at=days(n % 2)) for n in range(6)])
        with shop.log.lease():
            shop.log.derived.build(list(shop.log.catalog.days())[:1])
        shop.log.catalog.db().close()
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o555 if path.is_dir() else 0o444)
        # Root may write everywhere, so it is asked by somebody else.
        done = subprocess.run(
            [sys.executable, "-c", _READ, str(folder), "65534"], capture_output=True, text=True, timeout=120
        )
        assert done.stdout.split() == ["6", "6", "OperationalError"], done.stderr
    finally:
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o755)
        shutil.rmtree(folder)
