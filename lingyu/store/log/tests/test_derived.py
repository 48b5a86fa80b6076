"""What is made out of days equals what the facts say, before and after it is made, and after they change."""

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lingyu.kernel.facts import READERS, Fact, Reading
from lingyu.store.inbox import Row, Writer
from lingyu.store.log import LogSequences
from lingyu.store.log.tail import tail_of
from lingyu.store.log.tidying import merge_day, merge_ids

from .conftest import Shop
from .making import IDENTIFY, browser, days, fact, hours, user

pytestmark = pytest.mark.one_database


def as_sql_says(shop) -> list[tuple]:
    """Every event that is counted: day, person, time and name."""
    seen = shop.see()
    return seen.ask(
        f"SELECT day, person, epoch_ms(time), event FROM {seen.relation(set(), 0, 99_999)} WHERE person > 0 "
        "ORDER BY ALL"
    )


def as_blocks_say(shop) -> list[tuple]:
    """The same out of the blocks of days."""
    seen = shop.see()
    return sorted(
        (day.number, person, day.start + int(time), seen.names[event])
        for day in seen.days(0, 99_999)
        for person, time, event in zip(
            np.repeat(day.people, np.diff(day.offsets)).tolist(), day.times, day.events, strict=True
        )
    )


def as_bitmaps_say(shop) -> set[tuple]:
    """Who did what on which day."""
    seen = shop.see()
    return {
        (day, person, name)
        for day in shop.log.catalog.days()
        for name in [None, *seen.names]
        for person in seen.bitmap(name, day)
    }


def check(shop) -> None:
    """All three agree."""
    rows = as_sql_says(shop)
    assert as_blocks_say(shop) == rows
    did = {(day, person, name) for day, person, _, name in rows}
    assert as_bitmaps_say(shop) == did | {(day, person, None) for day, person, _ in {r[:3] for r in rows}}


def test_days_are_right_before_they_are_made_and_after(shop):
    shop.take(*[fact(f"event {n % 3}", user(str(n % 4)), at=hours(7 * n)) for n in range(20)])
    check(shop)
    with shop.log.lease():
        assert shop.log.derived.build() == len(shop.log.catalog.days())
    assert shop.log.derived.stale() == []
    check(shop)


def test_a_late_fact_and_a_merge_are_seen_at_once(shop):
    shop.take(fact("view", browser("b"), at=days(1)), fact("view", user("xi"), at=days(5)))
    with shop.log.lease():
        shop.log.derived.build()
    shop.take(
        fact("view", user("peng"), at=days(1)),
        fact("in", user("xi"), browser("b"), at=days(6), link=IDENTIFY),
    )
    assert len(shop.log.derived.stale()) == 2
    check(shop)
    with shop.log.lease():
        assert shop.log.derived.build() == 2
    check(shop)


def test_a_damaged_file_is_made_again_out_of_the_facts(shop):
    shop.take(*[fact("view", user(str(n))) for n in range(9)])
    with shop.log.lease():
        shop.log.derived.build()
    for kind in ("journeys", "bitmaps"):
        (segment,) = shop.log.catalog.live(kind)
        path = shop.log.folder / segment.path
        path.write_bytes(path.read_bytes()[:11])
    again = Shop(shop.log.folder.parent)
    check(again)


def test_sessions_end_after_half_an_hour_or_with_a_new_campaign(shop):
    at = [hours(0), hours(0.2), hours(0.9), hours(1.0)]
    urls = [
        "https://a.example/1",
        "https://a.example/2",
        "https://a.example/3",
        "https://a.example/4?utm_source=wx&utm_campaign=spring",
    ]
    shop.take(*[fact("view", user("xi"), at=a, url=u) for a, u in zip(at, urls, strict=True)])
    with shop.log.lease():
        shop.log.derived.build()
    (segment,) = shop.log.catalog.live("sessions")
    found = shop.log.gate.ask(
        "SELECT entry, exit, events, utm_source "
        f"FROM read_parquet('{shop.log.folder / segment.path}') ORDER BY began"
    )
    assert found == [("/1", "/2", 2, None), ("/3", "/3", 1, None), ("/4", "/4", 1, "wx")]


def test_files_of_a_day_are_merged_and_nothing_changes_by_it(shop):
    for n in range(20):
        shop.take(fact("view", user(str(n % 3)), at=hours(n / 10)))
    (day,) = shop.log.catalog.days()
    before, version = as_sql_says(shop), shop.log.catalog.version()
    with shop.log.lease():
        assert merge_day(shop.log, day, shop.log.catalog.live("facts"), day) == 20
        assert merge_ids(shop.log) == 20
        assert merge_day(shop.log, day, shop.log.catalog.live("facts"), day + 7) == 0
    assert len(shop.log.catalog.live("facts")) == 1
    assert (as_sql_says(shop), shop.log.catalog.version()) == (before, version)


moves = st.lists(
    st.tuples(
        st.sampled_from(["view", "login", "build"]), st.integers(0, 3), st.integers(0, 3), st.integers(0, 80)
    ),
    max_size=20,
)


@settings(max_examples=25, deadline=None)
@given(moves)
def test_whatever_comes_in_whatever_order_all_three_agree(tmp_path_factory, asked):
    shop = Shop(tmp_path_factory.mktemp("derived"))
    for kind, one, two, hour in asked:
        if kind == "view":
            shop.take(fact(f"view {two}", browser(str(one)), at=hours(hour)))
        elif kind == "login":
            shop.take(fact("login", user(str(one)), browser(str(two)), at=hours(hour), link=IDENTIFY))
        else:
            with shop.log.lease():
                shop.log.derived.build()
    check(shop)


def test_what_waits_in_the_inbox_is_seen_as_if_it_were_in_the_log(shop, monkeypatch):
    monkeypatch.setitem(READERS, "lingyu", lambda r: Reading([msgspec.json.decode(r.body, type=Fact)]))
    old = fact("view", browser("b"), at=days(1), page="old")
    shop.take(old, fact("view", user("peng"), at=days(2)))
    with shop.log.lease():
        shop.log.derived.build()
    writer = Writer(shop.inbox).start()
    waiting = [
        old,
        fact("login", user("xi"), browser("b"), at=days(3), link=IDENTIFY),
        fact("new name", user("xi"), at=days(3), source="app", page="new"),
        fact("view", user("peng"), at=days(2.1)),
    ]
    for f in waiting:
        writer.put_and_wait(Row("s", "lingyu", 1, "", "", "", 1, "POST", "/", b"{}", msgspec.json.encode(f)))

    def told(seen: LogSequences) -> tuple:
        relation = seen.relation({"props"}, 0, 99_999)
        rows = seen.ask(
            f"SELECT event, person, time, day, source, props::JSON::VARCHAR FROM {relation} ORDER BY ALL"
        )
        blocks = [(d.number, d.people.tolist(), d.times.tolist()) for d in seen.days(0, 99_999)]
        bits = {
            (n, d): set(seen.bitmap(n, d))
            for n in [None, "view", "login", "new name"]
            for d in range(20_000, 21_000)
        }
        return rows, blocks, bits, seen.first_day, seen.last_day

    before = told(LogSequences(shop.log, tail_of(shop.log, shop.inbox)))
    assert tail_of(shop.log, shop.inbox).whole
    shop.compactor.run()
    assert told(LogSequences(shop.log)) == before
    assert tail_of(shop.log, shop.inbox) is None
    writer.stop()
