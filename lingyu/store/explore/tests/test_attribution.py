"""Attribution: which channel a conversion goes back to, by each model, worked by hand."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lingyu.kernel.query import Period
from lingyu.kernel.questions import Attribution, Did, Step
from lingyu.store.explore import answer

from .making import facts

pytestmark = pytest.mark.one_database

ASKED = {"conversion": Step("pay"), "touch": Step("visit")}


def visit(person: str, moment, channel: str | None):
    return (person, moment, "visit", {"channel": channel} if channel else {})


def credits(source, **asked) -> dict[str, dict]:
    found: dict[str, dict] = {}
    for row in answer(Attribution(**ASKED | asked), source).rows:
        found.setdefault(row["model"], {})[row["channel"]] = row["conversions"]
    return found


def test_each_model_credits_its_own_touch():
    source = facts(
        visit("xi", "06-01", "search"), visit("xi", "06-02", "mail"), visit("xi", "06-03", "direct"),
        ("xi", "06-04", "pay"),
    )  # fmt: skip
    third = pytest.approx(1 / 3)
    assert credits(source) == {
        "first": {"search": 1},
        "last": {"direct": 1},
        "last_non_direct": {"mail": 1},
        "linear": {"direct": third, "mail": third, "search": third},
    }


def test_where_all_is_direct_direct_has_it_and_where_there_is_nothing_nobody():
    source = facts(visit("xi", "06-01", None), ("xi", "06-02", "pay"), ("peng", "06-02", "pay"))
    assert credits(source)["last_non_direct"] == {None: 1, "*none*": 1}


def test_the_look_back_includes_its_end_and_the_moment_itself():
    source = facts(visit("xi", "06-01", "old"), visit("xi", "06-08", "now"), ("xi", "06-08", "pay"))
    week = timedelta(7)
    assert credits(source, lookback=week)["first"] == {"old": 1}
    assert credits(source, lookback=week - timedelta(milliseconds=1))["first"] == {"now": 1}
    assert credits(source)["last"] == {"now": 1}


def test_touches_lie_before_the_period_and_conversions_in_it():
    source = facts(visit("xi", "05-20", "search"), ("xi", "05-21", "pay"), ("xi", "06-02", "pay"))
    june = Period(date(2026, 6, 1), date(2026, 6, 30))
    assert credits(source, period=june)["last"] == {"search": 1}


def test_values_are_shared_as_conversions_are():
    source = facts(
        visit("xi", "06-01", "search"), visit("xi", "06-02", "mail"), ("xi", "06-03", "pay", {"amount": 90}),
        ("peng", "06-03", "pay"),
    )  # fmt: skip
    found = answer(Attribution(**ASKED, value="amount", models=("linear",)), source)
    assert {row["channel"]: row["value"] for row in found.rows} == {"mail": 45, "search": 45, "*none*": 0}
    assert found.totals == {"conversions": 2, "value": 90}


def test_steps_are_filtered_and_people_chosen():
    source = facts(
        visit("xi", "06-01", "search"), ("xi", "06-02", "pay", {"amount": 5}),
        visit("peng", "06-01", "mail"), ("peng", "06-02", "pay", {"amount": 50}),
    )  # fmt: skip
    assert credits(source, conversion=Step("pay", "amount > 10"))["last"] == {"mail": 1}
    assert credits(source, among=Did(step=Step(where="channel = 'search'")))["last"] == {"search": 1}


MOMENTS = st.integers(0, 30).map(lambda n: 1_780_270_000_000 + n * 3_600_000)
ROWS = st.lists(
    st.tuples(st.sampled_from("xy"), MOMENTS, st.sampled_from(["pay", "a", "b", "direct"])), max_size=20
)


@settings(max_examples=100, deadline=None)
@given(ROWS, st.integers(1, 12))
def test_credit_is_what_looking_at_each_conversion_gives(rows, hours):
    expected: dict[str, dict] = {}

    def give(model, channel, part=1.0):
        own = expected.setdefault(model, {})
        own[channel] = own.get(channel, 0) + part

    paid = [(person, at) for person, at, what in rows if what == "pay"]
    for person, at in paid:
        seen = sorted(
            (when, what)
            for who, when, what in rows
            if who == person and what != "pay" and at - hours * 3_600_000 <= when <= at
        )
        channels = [what for _when, what in seen] or ["*none*"]
        other = [channel for channel in channels if channel != "direct"] or channels
        give("first", channels[0])
        give("last", channels[-1])
        give("last_non_direct", other[-1])
        for channel in channels:
            give("linear", channel, 1 / len(channels))
    source = facts(*((p, at, w) if w == "pay" else visit(p, at, w) for p, at, w in rows))
    found = credits(source, lookback=timedelta(hours=hours))
    assert found == {model: pytest.approx(own) for model, own in expected.items()}
