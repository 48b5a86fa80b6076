"""Life-cycle and stickiness: events in, number out; the life-cycle balances, whatever happened."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lingyu.kernel.query import Period
from lingyu.kernel.questions import Lifecycle, Step, Stickiness
from lingyu.store.explore import answer

from .making import facts

pytestmark = pytest.mark.one_database

PARTS = ("new", "returning", "resurrecting", "dormant", "active")
COMING = facts(
    ("xi", "06-01", "see"), ("xi", "06-02", "see"), ("xi", "06-04", "see"),
    ("peng", "06-01", "see"), ("peng", "06-03", "pay"),
    ("que", "06-03", "see"), ("que", "06-04", "see"),
)  # fmt: skip


def lives(source, **asked) -> list[tuple]:
    return [tuple(row[part] for part in PARTS) for row in answer(Lifecycle(**asked), source).rows]


def test_everybody_active_is_new_returning_or_resurrecting():
    assert lives(COMING) == [(2, 0, 0, 0, 2), (0, 1, 0, 1, 1), (1, 0, 1, 1, 2), (0, 1, 1, 1, 2)]


def test_what_was_before_the_period_is_known():
    found = answer(Lifecycle(period=Period(date(2026, 6, 3), date(2026, 6, 4))), COMING)
    assert [tuple(row[part] for part in PARTS) for row in found.rows] == [(1, 0, 1, 1, 2), (0, 1, 1, 1, 2)]
    assert found.caveats == ()


def test_a_step_has_a_life_cycle_of_its_own():
    assert lives(COMING, step=Step("pay")) == [(0,) * 5, (0,) * 5, (1, 0, 0, 0, 1), (0, 0, 0, 1, 0)]


def test_weeks_and_months_are_whole():
    source = facts(("xi", "05-31", "see"), ("xi", "06-03", "see"), ("peng", "06-14", "see"))
    weeks = lives(source, grain="week", period=Period(date(2026, 6, 3), date(2026, 6, 10)))
    assert weeks == [(0, 1, 0, 0, 1), (1, 0, 0, 1, 1)]
    assert lives(source, grain="month") == [(1, 0, 0, 0, 1), (1, 1, 0, 0, 2)]


ROWS = st.lists(
    st.tuples(st.sampled_from("uvwxyz"), st.integers(1, 28), st.sampled_from("ab")), min_size=1, max_size=40
)


@settings(max_examples=100, deadline=None)
@given(ROWS, st.sampled_from(["day", "week", "month"]), st.integers(1, 28), st.integers(0, 27))
def test_the_life_cycle_balances_in_every_bucket(rows, grain, start, length):
    source = facts(*((person, f"06-{day:02d}", event) for person, day, event in rows))
    period = Period(date(2026, 6, start), date(2026, 6, min(start + length, 30)))
    found = answer(Lifecycle(grain=grain, period=period), source).rows
    for row in found:
        assert row["active"] == row["active_before"] + row["new"] + row["resurrecting"] - row["dormant"]
        assert row["active"] == row["new"] + row["returning"] + row["resurrecting"]
    for before, row in zip(found, found[1:], strict=False):
        assert row["active_before"] == before["active"]
    if grain == "day":
        first = {p: min(d for q, d, _e in rows if q == p) for p, _d, _e in rows}
        for row in found:
            day = int(row["time"][8:])
            assert row["new"] == sum(seen == day for seen in first.values())


def test_stickiness_counts_on_how_many_days_people_come():
    found = answer(Stickiness(), COMING)
    assert [(r["units"], r["people"], r["at_least"]) for r in found.rows] == [
        (1, 0, 3),
        (2, 2, 3),
        (3, 1, 1),
        (4, 0, 0),
    ]
    assert found.totals == {"people": 3, "units": 4, "mean_units": 7 / 3}


def test_stickiness_stays_in_its_period():
    found = answer(Stickiness(grain="week", period=Period(date(2026, 6, 2), date(2026, 6, 8))), COMING)
    assert [(r["units"], r["people"]) for r in found.rows] == [(1, 3), (2, 0)]
