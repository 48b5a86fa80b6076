"""Days go to ClickHouse as wholes, each when it has changed; who is whom goes by itself."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from lingyu.kernel import questions as q
from lingyu.store.engines.base import EngineError
from lingyu.store.explore.click import ClickFacts, Uncompiled
from lingyu.store.explore.click.sending import Sender
from lingyu.store.explore.click.table import FACTS
from lingyu.store.log.door import Busy, Log
from lingyu.store.log.erasing import erase
from lingyu.store.log.people import People, load_joins
from lingyu.store.log.tests.making import IDENTIFY, NOON, browser, days, fact, user
from lingyu.store.log.tidying import give_up

pytestmark = pytest.mark.one_database
PEOPLE, EVENTS = q.Trend(measure="people"), q.Trend()


def three_days(both) -> None:
    """小喜 on three days, once by her browser, and 大鹏 on two."""
    both.take(
        fact("view", browser("xi's")),
        fact("view", user("peng")),
        fact("view", user("xi"), at=days(1)),
        fact("pay", user("xi"), at=days(2)),
        fact("pay", user("peng"), at=days(2)),
    )


def rows(both) -> list[tuple]:
    """How many facts ClickHouse has of each day."""
    return both.transport.rows(f"SELECT day - 20514, count() FROM {FACTS} GROUP BY day ORDER BY day")


def same(both, *asked) -> list:
    """The rows of both engines, which are equal, of the last question."""
    for question in asked:
        journeys, clickhouse = both.told(question)
        assert clickhouse == journeys
    return [row["value"] for row in clickhouse[0]]


def test_only_days_that_changed_are_sent(both):
    three_days(both)
    assert both.send() == 3
    assert both.send() == 0
    both.take(fact("view", user("late"), at=days(1)))
    assert both.send() == 1
    assert rows(both) == [(0, 2), (1, 2), (2, 2)]
    assert same(both, EVENTS, PEOPLE) == [2, 2, 2]


def test_a_day_that_is_sent_twice_is_there_once(both):
    three_days(both)
    both.send()
    both.transport.run("TRUNCATE TABLE log_days")
    assert both.send() == 3
    assert rows(both) == [(0, 2), (1, 1), (2, 2)]


def test_a_merge_sends_no_day_and_is_seen_and_so_is_its_undoing(both):
    three_days(both)
    both.send()
    week = q.Trend(measure="people", grain="week")
    assert same(both, week) == [3]
    both.take(fact("identify", user("xi"), browser("xi's"), at=days(2), kind="identify", link=IDENTIFY))
    # The assertion itself lies in the third day.
    assert both.send() == 1
    assert same(both, PEOPLE, week) == [2]
    with both.log.lease(), both.log.catalog.writing() as db:
        people = People(db, load_joins(db), {})
        people.undo(db.execute("select id from joined").fetchone()[0], by="operator 阿鹊")
        people.close()
    assert both.send() == 0
    assert same(both, PEOPLE, week) == [3]


def test_of_an_erased_person_nothing_is_left(both):
    three_days(both)
    both.send()
    with both.log.lease():
        erase(both.log, both.inbox, both.see().person("peng"), by="operator 阿鹊")
    assert both.send() == 2
    assert rows(both) == [(0, 1), (1, 1), (2, 1)]
    assert same(both, EVENTS) == [1, 1, 1]


def test_days_that_the_log_gave_up_are_gone(both):
    three_days(both)
    both.send()
    with both.log.lease():
        give_up(both.log, [20514])
    assert both.send() == 1
    assert rows(both) == [(1, 1), (2, 2)]
    assert same(both, EVENTS) == [1, 2]


def test_what_breaks_off_half_way_is_taken_up_again(both, monkeypatch):
    three_days(both)
    load, calls = both.transport.load, []

    def breaking(*args):
        calls.append(args)
        load(*args)
        if len(calls) == 2:
            raise EngineError("cut off after it arrived")

    monkeypatch.setattr(both.transport, "load", breaking)
    with pytest.raises(EngineError):
        both.send()
    with pytest.raises(Uncompiled):
        both.click()
    assert both.send() == 2
    assert rows(both) == [(0, 2), (1, 1), (2, 2)]
    assert same(both, EVENTS) == [2, 1, 2]


def test_a_sending_that_is_stopped_goes_on_later_and_is_not_fresh_before(both):
    three_days(both)
    stops = iter([False, True])
    assert both.sender.send(lambda: next(stops)) == 1
    with pytest.raises(Uncompiled, match="has not been sent the log"):
        both.click()
    assert both.send() == 2
    assert both.click().freshness > NOON


def test_an_answer_is_as_fresh_as_what_had_come_in(both):
    three_days(both)
    since = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
    Sender(both.log, both.transport, lambda: since).send()
    assert both.click().freshness == since


def test_machines_and_what_is_only_said_of_people_do_not_count(both):
    both.take(
        fact("view", user("xi")),
        fact("view", user("robot"), bot=True),
        fact("$set", user("xi"), at=days(1), kind="profile", change="set", town="沪"),
    )
    assert both.send() == 2
    assert same(both, EVENTS, PEOPLE) == [1, 0]


def test_one_process_sends_at_a_time(both):
    three_days(both)
    with both.log.lease(of="sending"), pytest.raises(Busy):
        both.send()
    assert both.send() == 3


def test_what_is_about_nobody_is_an_event_of_no_person(both):
    both.take(fact("view"), fact("view", user("xi")), fact("view", at=timedelta(hours=1)))
    both.send()
    assert same(both, PEOPLE, EVENTS) == [3]
    hourly = q.Trend(measure="people", grain="hour")
    assert sum(row["value"] for row in both.told(hourly)[1][0]) == 1
    assert both.told(q.Funnel(steps=(q.Step("view"),)))[1][1]["entered"] == 1


def test_of_a_log_in_another_zone_nothing_is_kept(both, tmp_path):
    three_days(both)
    both.send()
    both.log = Log(tmp_path / "other", "UTC")
    both.sender = Sender(both.log, both.transport)
    assert both.send() == 0
    assert rows(both) == []
    click = ClickFacts(both.transport)
    assert click.zone == ZoneInfo("UTC")
    assert click.first_day is None
    assert same(both, EVENTS, q.Trend(measure="people")) == []
