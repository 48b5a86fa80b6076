"""Small tables reckoned by hand: where engines differ without a word, ClickHouse says what is right."""

from datetime import date, timedelta

import pytest

from lingyu.kernel import questions as q
from lingyu.kernel.query import Period
from lingyu.store.log.tests.making import days, fact, hours, user

pytestmark = pytest.mark.one_database
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
VIEW, CART, PAY = q.Step("view"), q.Step("cart"), q.Step("pay")


def clicked(both, asked, saved=None) -> tuple[list, dict]:
    """ClickHouse's rows and totals, after the log was sent; the journeys' are the same."""
    both.send()
    journeys, clickhouse = both.told(asked, saved)
    assert clickhouse == journeys
    return clickhouse[:2]


def column(rows: list[dict], name: str) -> list:
    return [row[name] for row in rows]


def test_a_steps_tie_goes_by_the_order_of_steps_and_the_windows_end_belongs_to_it(both):
    both.take(
        # At one moment, told in the wrong order.
        fact("pay", user("tie")),
        fact("view", user("tie")),
        fact("view", user("edge")),
        fact("pay", user("edge"), at=HOUR),
        fact("view", user("beyond")),
        fact("pay", user("beyond"), at=HOUR + timedelta(milliseconds=1)),
    )
    rows, totals = clicked(both, q.Funnel(steps=(VIEW, PAY), within=HOUR))
    assert column(rows, "count") == [3, 2]
    assert totals["median_seconds"] == totals["mean_seconds"] == 1800


def test_a_step_counts_from_the_latest_start_and_each_start_is_an_entry(both):
    both.take(
        *[fact("view", user("xi"), at=hours(n)) for n in (0, 1, 5)],
        *[fact("pay", user("xi"), at=hours(n)) for n in (2, 6)],
    )
    by_people, _ = clicked(both, q.Funnel(steps=(VIEW, PAY), within=DAY))
    assert (column(by_people, "count"), by_people[1]["mean_seconds"]) == ([1, 1], 3600)
    entries, _ = clicked(both, q.Funnel(steps=(VIEW, PAY), within=DAY, counting="entries"))
    assert column(entries, "count") == [3, 2]


def test_what_lies_between_breaks_an_attempt_only_where_it_is_excluded(both):
    both.take(
        *[fact(name, user("a"), at=hours(n)) for n, name in enumerate(["view", "chat", "pay"])],
        *[fact(name, user("b"), at=hours(n)) for n, name in enumerate(["chat", "view", "pay", "chat"])],
    )
    steps = {"steps": (VIEW, PAY), "within": DAY}
    assert column(clicked(both, q.Funnel(**steps))[0], "count") == [2, 2]
    assert column(clicked(both, q.Funnel(**steps, order="strict"))[0], "count") == [2, 1]
    without = (q.Exclusion(q.Step("chat")),)
    assert column(clicked(both, q.Funnel(**steps, exclusions=without))[0], "count") == [2, 1]
    assert column(clicked(both, q.Funnel(**steps, order="any"))[0], "count") == [2, 2]


def test_a_cell_of_retention_that_is_not_over_is_empty_and_a_return_before_the_start_is_none(both):
    both.take(
        fact("pay", user("xi")),
        fact("view", user("xi"), at=hours(1)),
        fact("pay", user("xi"), at=days(1)),
        fact("view", user("peng"), at=days(1)),
        fact("pay", user("peng"), at=days(1) + HOUR),
    )
    asked = q.Retention(start=VIEW, back=PAY, count=1, period=Period(date(2026, 3, 2), date(2026, 3, 3)))
    rows, _ = clicked(both, asked)
    assert column(rows, "size") == [1, 1, 1, 1]
    # Of 大鹏 nobody can know yet: the history ends with the day on which he came.
    assert column(rows, "retained") == [0, 1, 1, None]


def test_touches_at_the_moment_of_a_conversion_and_at_the_look_backs_end_count(both):
    both.take(
        fact("view", user("xi"), channel="early", at=-DAY),
        fact("view", user("xi"), channel="direct", at=-HOUR),
        fact("view", user("xi"), channel="same"),
        fact("pay", user("xi"), worth=12),
        fact("pay", user("peng"), worth=5),
    )
    rows, totals = clicked(both, q.Attribution(conversion=PAY, touch=VIEW, value="worth", lookback=DAY))
    credit = {(row["model"], row["channel"]): row["value"] for row in rows}
    assert credit["first", "early"] == credit["last", "same"] == credit["last_non_direct", "same"] == 12
    assert credit["linear", "direct"] == 4
    assert credit["linear", "*none*"] == 5
    assert totals == {"conversions": 2, "value": 17}


def test_values_are_told_apart_as_they_are_written_and_missing_is_not_empty(both):
    said = [5, 5.0, "5", "", None, True, [1, "a"], 1e20, "O'Brien\\", "朋友"]
    both.take(*[fact("view", user(f"p{n}"), x=value) for n, value in enumerate(said)])
    both.take(fact("view", user("nothing")))
    rows, totals = clicked(both, q.Trend(by="x", top=20))
    assert {row["group"]: row["value"] for row in rows} == {
        None: 2, "": 1, "5": 2, "5.0": 1, "true": 1, "[1, a]": 1, "1e+20": 1, "O'Brien\\": 1, "朋友": 1,
    }  # fmt: skip
    for where, count in {"x = 5": 3, "x = '5'": 2, "x > 1": 4, "x = true": 4, "not x = 5": 8}.items():
        assert clicked(both, q.Trend(step=q.Step("view", where)))[1] == {"value": count}, where


def test_a_median_lies_between_its_neighbours_and_nothing_has_no_mean(both):
    both.take(*[fact("pay", user("xi"), worth=n) for n in (1, 2, 4, 100)], fact("view", user("xi")))
    answers = {
        measure: clicked(both, q.Trend(measure=measure, property="worth", step=PAY))[1]["value"]
        for measure in ("median", "p90", "mean", "sum")
    }
    assert answers == {"median": 3, "p90": pytest.approx(71.2), "mean": 26.75, "sum": 107}
    assert clicked(both, q.Trend(measure="mean", property="worth", step=VIEW))[1] == {"value": None}


def test_every_bucket_of_the_life_cycle_balances_where_somebody_was_long_before(both):
    both.take(
        *[fact("view", user("xi"), at=days(n)) for n in (0, 1, 4)], fact("view", user("peng"), at=days(1))
    )
    rows, _ = clicked(both, q.Lifecycle(period=Period(date(2026, 3, 3), date(2026, 3, 6))))
    assert column(rows, "active") == [2, 0, 0, 1]
    assert column(rows, "new") == [1, 0, 0, 0]
    assert column(rows, "dormant") == [0, 2, 0, 0]
    assert column(rows, "resurrecting") == [0, 0, 0, 1]


def test_a_path_ends_where_the_gap_is_longer_and_not_where_it_just_holds(both):
    both.take(
        *[
            fact(name, user("xi"), at=at)
            for name, at in [("view", 0 * HOUR), ("cart", HOUR), ("pay", 2.5 * HOUR)]
        ]
    )
    rows, _ = clicked(both, q.Paths(step=VIEW, gap=HOUR, depth=3))
    assert [(row["stage"], row["source"], row["target"]) for row in rows] == [
        (1, "view", "cart"),
        (2, "cart", "*exit*"),
    ]
    rows, _ = clicked(both, q.Paths(step=PAY, gap=2 * HOUR, depth=3, direction="before"))
    assert [(row["source"], row["target"]) for row in rows] == [
        ("cart", "pay"),
        ("view", "cart"),
        ("*entry*", "view"),
    ]


def test_a_segment_of_saved_and_nested_conditions(both):
    both.take(
        *[fact("pay", user("xi"), at=hours(n), plan="b") for n in range(3)],
        fact("view", user("xi"), plan="a", at=-HOUR),
        fact("pay", user("peng")),
        fact("view", user("lu")),
    )
    often = q.Did(step=PAY, at_least=2)
    rows, totals = clicked(both, q.Segment(condition=q.Not(item=q.Saved(name="often"))), lambda name: often)
    assert (column(rows, "person"), totals["people"]) == (["peng", "lu"], 2)
    for condition, count in [
        (q.Latest(where="plan = 'b'"), 1),
        (q.Latest(where="plan = 'a'"), 0),
        (q.Sequence(steps=(VIEW, PAY, PAY), within=3 * HOUR), 1),
        (q.Did(step=PAY, at_least=0, at_most=2), 2),
        (q.And(items=()), 3),
        (q.Or(items=()), 0),
    ]:
        assert clicked(both, q.Segment(condition=condition))[1]["people"] == count


def test_nothing_at_all_is_an_empty_answer(both):
    for asked in (
        q.Trend(), q.Funnel(steps=(VIEW,)), q.Retention(), q.Lifecycle(), q.Stickiness(), q.Paths(),
        q.Survival(), q.Attribution(conversion=PAY), q.Segment(condition=q.Did(step=VIEW)),
    ):  # fmt: skip
        clicked(both, asked)
