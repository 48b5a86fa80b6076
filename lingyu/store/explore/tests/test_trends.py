"""Trends: events in, number out, for each measure, grain and breakdown."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from lingyu.kernel.query import Period
from lingyu.kernel.questions import Did, Step, Trend
from lingyu.store.explore import answer

from .making import facts

pytestmark = pytest.mark.one_database

SOLD = facts(
    ("xi", "06-01 09:30", "pay", {"amount": 10, "city": "沪"}),
    ("xi", "06-01 09:45", "pay", {"amount": 20, "city": "沪"}),
    ("peng", "06-01 10:00", "pay", {"amount": 60, "city": "京"}),
    ("que", "06-03 10:00", "pay", {"amount": "free", "city": "蓉"}),
    ("que", "06-08 10:00", "see"),
)
PAY = Step("pay")


def values(**asked) -> list:
    return [row["value"] for row in answer(Trend(step=PAY, **asked), SOLD).rows][:3]


@pytest.mark.parametrize(
    ("measure", "expected", "total"),
    [
        ("events", [3, 0, 1], 4),
        ("people", [2, 0, 1], 3),
        ("per_person", [1.5, None, 1], 4 / 3),
        ("sum", [90, 0, None], 90),
        ("mean", [30, None, None], 30),
        ("median", [20, None, None], 20),
        ("min", [10, None, None], 10),
        ("max", [60, None, None], 60),
        ("p50", [20, None, None], 20),
        ("p75", [40, None, None], 40),
    ],
)
def test_each_measure_has_its_number_and_its_nothing(measure, expected, total):
    asked = Trend(step=PAY, measure=measure, property="amount")
    found = answer(asked, SOLD)
    assert [row["value"] for row in found.rows][:3] == expected
    assert found.totals["value"] == pytest.approx(total)


def test_the_total_of_people_is_not_the_sum_of_days():
    assert answer(Trend(measure="people"), SOLD).totals["value"] == 3
    assert sum(row["value"] for row in answer(Trend(measure="people"), SOLD).rows) == 4


def test_a_bucket_without_anything_is_there_with_its_day():
    found = answer(Trend(step=PAY, period=Period(date(2026, 5, 31), date(2026, 6, 2))), SOLD).rows
    assert found == [
        {"time": "2026-05-31", "value": 0},
        {"time": "2026-06-01", "value": 3},
        {"time": "2026-06-02", "value": 0},
    ]


def test_weeks_months_and_hours_are_those_of_the_zone():
    assert [r["time"] for r in answer(Trend(grain="week"), SOLD).rows] == ["2026-06-01", "2026-06-08"]
    assert [(r["time"], r["value"]) for r in answer(Trend(grain="month"), SOLD).rows] == [("2026-06-01", 5)]
    hours = {r["time"]: r["value"] for r in answer(Trend(grain="hour"), SOLD).rows if r["value"]}
    assert hours["2026-06-01T09:00+08:00"] == 2
    assert len(answer(Trend(grain="hour"), SOLD).rows) == 8 * 24


def test_where_the_zone_is_half_an_hour_off_so_are_its_hours():
    kolkata = ZoneInfo("Asia/Kolkata")
    source = facts(("xi", "06-01 09:15", "pay"), ("xi", "06-01 09:45", "pay"), zone=kolkata)
    hours = answer(Trend(grain="hour"), source).rows
    assert [r for r in hours if r["value"]] == [{"time": "2026-06-01T09:00+05:30", "value": 2}]
    assert len(hours) == 24


def test_a_day_of_25_hours_has_them():
    berlin = ZoneInfo("Europe/Berlin")
    source = facts(("xi", "10-25 01:30", "pay"), zone=berlin)
    assert len(answer(Trend(grain="hour"), source).rows) == 25


def test_a_breakdown_tells_the_greatest_apart_and_the_others_are_one():
    found = answer(Trend(step=PAY, by="city", grain="month", measure="people", top=2), SOLD)
    assert [(r["group"], r["value"]) for r in found.rows] == [("京", 1), ("沪", 1), ("*others*", 1)]
    assert found.totals["value"] == 3
    everything = answer(Trend(by="city", grain="month"), SOLD)
    assert {g["group"]: g["value"] for g in everything.totals["groups"]} == {
        "沪": 2,
        "京": 1,
        "蓉": 1,
        None: 1,
    }


def test_a_name_that_would_be_sql_is_only_a_name():
    source = facts(("o'x", "06-01", "it's", {'a"b': "c'd"}))
    found = answer(Trend(step=Step("it's", '"a\'b" is null'), by='a"b'), source)
    assert found.totals["groups"] == [{"group": "c'd", "value": 1}]


def test_only_the_people_asked_for_are_counted():
    twice = Did(step=PAY, at_least=2)
    for measure in ("events", "people"):
        for by in ("", "city"):
            found = answer(Trend(among=twice, measure=measure, by=by), SOLD)
            assert found.totals["value"] == {"events": 2, "people": 1}[measure]


def test_every_answer_says_what_it_rests_on():
    found = answer(Trend(step=PAY), SOLD)
    assert (found.kind, found.zone) == ("trend", "Asia/Shanghai")
    assert (found.history_from, found.history_to) == (date(2026, 6, 1), date(2026, 6, 8))
    assert found.question["measure"] == "events" and len(found.hash) == 64
    assert found.hash == answer(Trend(step=PAY), facts(("a", "01-01", "b"))).hash
