"""Many at once: one reader is one credit, a cap is never exceeded, a link is made once.

Threads on PostgreSQL; on SQLite processes on a file of their own, because its test database is in memory.
"""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection, connections

from lingyu.community.feathers.models import Receipt
from lingyu.community.ledger.reads import balance
from lingyu.community.sharing import actions
from lingyu.community.sharing.models import Arrival, ShareLink

from .known import NOON, SECOND, comes, seen, someone, written

ROOT = Path(__file__).resolve().parents[4]
READ = NOON.replace(minute=5)


def at_once(work, items):
    """Do `work` for each item, ten at once on PostgreSQL; in memory, SQLite has room for one."""

    def one(item):
        try:
            return work(item)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(10 if connection.vendor == "postgresql" else 1) as pool:
        return list(pool.map(one, items))


@pytest.mark.django_db(transaction=True)
class TestThreads:
    """In one process."""

    def test_fifty_reports_of_one_reader_are_one_credit(self, link, luren, article):
        visitor = someone()
        comes(link, visitor)
        at_once(lambda _: actions.follow_read(person=visitor, article=article, at=READ), range(50))
        assert [(r.outcome, r.amount) for r in Receipt.objects.of(luren)] == [("pending", 5)]

    def test_one_reader_of_two_sharers_is_one_credit(self, link, luren, dapeng, article):
        second, visitor = actions.make_link(actor=dapeng, article=article, at=link.made_at), someone()
        comes(link, visitor)
        comes(second, visitor)
        at_once(lambda _: actions.follow_read(person=visitor, article=article, at=READ), range(20))
        assert Arrival.objects.qualified().count() == 1
        assert balance(luren.id).pending + balance(dapeng.id).pending == 5

    def test_many_readers_at_once_do_not_exceed_the_cap(self, link, luren, article):
        visitors = [someone() for _ in range(20)]
        for visitor in visitors:
            comes(link, visitor)
        at_once(lambda v: actions.follow_read(person=v, article=article, at=READ), visitors)
        assert balance(luren.id).pending == 15

    def test_the_readers_of_two_sharers_do_not_wait_for_one_another_in_a_circle(
        self, luren, dapeng, aque, xiaoxi
    ):
        sharers, readers = (luren, dapeng, aque), []
        for turn in range(12):
            article, visitor = written(xiaoxi, f"第{turn}篇"), someone()
            for n in range(len(sharers)):
                sharer = sharers[(turn + n) % len(sharers)]
                link = actions.make_link(actor=sharer, article=article, at=NOON)
                comes(link, visitor, at=NOON + n * SECOND)
            readers.append((visitor, article))
        at_once(lambda told: actions.follow_read(person=told[0], article=told[1], at=READ), readers)
        assert Arrival.objects.qualified().count() == len(readers)

    def test_a_link_asked_for_at_once_is_made_once(self, luren, article):
        made = at_once(lambda _: actions.make_link(actor=luren, article=article).id, range(20))
        assert len(set(made)) == ShareLink.objects.count() == 1

    def test_one_visitor_arrives_once(self, link):
        visitor = someone()
        at_once(lambda _: comes(link, visitor), range(20))
        assert Arrival.objects.count() == 1

    def test_two_browsers_of_one_reader_do_not_both_count(self, link, luren, dapeng, article):
        browsers = [someone() for _ in range(6)]
        for visitor in browsers:
            comes(link, visitor)
            actions.note_trace(actor=dapeng, signals=seen(visitor), at=NOON)
        at_once(lambda v: actions.follow_read(person=v, article=article, at=READ), browsers)
        assert balance(luren.id).pending == 5


@pytest.mark.slow
@pytest.mark.one_database
def test_processes_on_one_sqlite_file_give_one_credit_a_reader_and_keep_the_cap(tmp_path):
    environment = os.environ | {"LINGYU_HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    environment |= {"DJANGO_SETTINGS_MODULE": "lingyu.config.settings"}
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", "lingyu.community.sharing.tests.racing"]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=180)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    told = json.loads(ran.stdout.splitlines()[-1])
    assert told == {"links": 1, "one_reader": 5, "many_readers": 15, "qualified": 21, "faults": []}
