"""Compaction: each fact once, on its own day, wherever it is broken off; what cannot be read is kept."""

import sqlite3
import time

import pytest

from lingyu.kernel.facts import READERS, Reading
from lingyu.store.inbox import Writer
from lingyu.store.log import compacting
from lingyu.store.tests.inboxes import row

from .making import NOON, browser, days, fact, hours, user

pytestmark = pytest.mark.one_database


def test_a_fact_is_kept_with_name_person_time_and_properties(shop):
    shop.take(
        fact(
            "order",
            user("xi"),
            url="https://shop.example/pay?name=xi",
            revenue="12.30",
            currency="cny",
            order_id=77,
            colour="红",
        )
    )
    found = shop.rows("event, person, time, source, path, amount, currency, order_ref, props.colour::VARCHAR")
    moment = NOON.replace(tzinfo=None)
    assert found == [("order", 1, moment, "shop", "/pay", 1230, "CNY", "77", "红")]


def test_the_same_fact_again_is_not_kept_whether_in_the_same_batch_or_later(shop):
    one = fact("view", user("xi"))
    assert shop.take(one, one) == 1
    assert shop.take(one) == 0
    # The sender's clock was mended by a little more the second time, across midnight.
    moved = fact("view", user("xi"), id=one.id, at=hours(11.99))
    assert shop.take(moved) == 0
    assert shop.log.catalog.db().execute("select events, doubles from meta").fetchone() == (1, 3)


def test_a_day_is_one_of_the_logs_zone(shop):
    # 23:59 and 00:01 in Shanghai, 15:59 and 16:01 in UTC.
    shop.take(fact("late", user("xi"), at=hours(11.98)), fact("early", user("xi"), at=hours(12.02)))
    assert [len(day.times) for day in shop.see().days(0, 99_999)] == [1, 1]


def test_after_the_ids_are_gone_what_says_the_same_is_the_same(shop):
    first = fact("view", user("xi"), page="a")
    shop.take(first, fact("view", user("xi"), page="b"))
    with shop.log.catalog.writing() as db:
        db.execute("update segment set died_at = 1 where kind = 'ids'")
    again = fact("view", user("xi"), page="a")
    other = fact("view", user("xi"), page="c")
    shop.take(again, other)
    pages = shop.rows("props.page::VARCHAR")
    assert sorted(page for (page,) in pages) == ["a", "b", "c"]


def test_a_batch_that_breaks_leaves_nothing_and_comes_whole_the_next_time(shop, monkeypatch):
    shop.take(fact("view", user("xi")))
    facts = [fact("view", user(f"new {n}"), at=days(n)) for n in range(3)]

    def broken(*args):
        raise sqlite3.OperationalError("disk I/O error")

    with monkeypatch.context() as patch:
        patch.setattr(compacting, "touch", broken)
        with pytest.raises(sqlite3.OperationalError):
            shop.take(*facts)
    assert shop.people() == 1
    assert shop.log.catalog.sweep(time.time() + 1) == 6
    listed = {s.path for kind in ("facts", "ids") for s in shop.log.catalog.live(kind)}
    assert {str(p.relative_to(shop.log.folder)) for p in shop.log.folder.glob("*/*.*")} == listed
    assert shop.take(*facts) == 3
    assert shop.people() == 4


def test_names_beyond_those_that_can_be_numbered_go_by_one(shop, monkeypatch):
    monkeypatch.setattr(compacting, "MANY_NAMES", 3)
    shop.take(*[fact(f"event {n}", user("xi"), at=hours(n / 10)) for n in range(5)])
    assert [event for (event,) in shop.rows("event")] == [
        "event 0",
        "event 1",
        "event 2",
        "(other)",
        "(other)",
    ]


def test_machines_are_kept_but_not_counted(shop):
    shop.take(fact("view", user("xi")), fact("view", user("crawler"), bot=True))
    assert len(shop.rows("event")) == 1
    assert shop.people("view") == 1
    assert sum(segment.rows for segment in shop.log.catalog.live("facts")) == 2


def test_of_the_inbox_each_request_is_read_once_and_closed_files_go(shop, monkeypatch):
    monkeypatch.setitem(READERS, "lingyu", lambda r: Reading([fact("view", user(str(r.count)))]))
    writer = Writer(shop.inbox).start()
    for number in range(5):
        writer.put_and_wait(row(number))
    assert shop.compactor.run().facts == 5
    assert shop.compactor.run().requests == 0
    writer.stop()
    shop.compactor.run()
    assert shop.inbox.files() == []
    assert len(shop.rows("event")) == 5


def test_a_request_whose_reader_fails_is_kept_and_read_again_when_it_is_mended(shop, monkeypatch):
    def broken(request):
        raise KeyError("a mistake of ours")

    monkeypatch.setitem(READERS, "lingyu", broken)
    writer = Writer(shop.inbox).start()
    writer.put_and_wait(row(1))
    told = []
    compactor = compacting.Compactor(shop.log, shop.inbox, lambda *remarks: told.append(remarks))
    compactor.run()
    writer.stop()
    assert [remark.code for _, _, remarks in told for remark in remarks] == ["reader_failed"]
    monkeypatch.setitem(READERS, "lingyu", lambda request: Reading([fact("view", browser("b"))]))
    assert shop.inbox.again() == 1
    assert compactor.run().facts == 1
