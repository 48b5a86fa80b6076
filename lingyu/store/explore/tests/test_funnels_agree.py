"""The funnel's kernels count what trying everything counts, and what ClickHouse's windowFunnel does."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lingyu.kernel.questions import Exclusion, Funnel, Step
from lingyu.store.explore import answer

from . import brute
from .making import facts, random_facts

pytestmark = pytest.mark.one_database

START = 1_780_250_000_000
# Few people and moments, so that ties and windows that just hold or break are common; two days and midnight.
ROWS = st.lists(
    st.tuples(
        st.sampled_from("xy"),
        st.integers(0, 12).map(lambda n: START + n * 10_000_000),
        st.sampled_from("abcd"),
    ),
    min_size=1,
    max_size=14,
)
STEPS = st.lists(st.sampled_from("abc"), min_size=1, max_size=4)
WITHIN = st.sampled_from([1, 9_999_999, 10_000_000, 35_000_000, 10**9])
PROFILE = settings(max_examples=150, deadline=None)


def counted(rows, steps, within, **options) -> list[int]:
    asked = Funnel(steps=tuple(map(Step, steps)), within=timedelta(milliseconds=within), **options)
    return [row["count"] for row in answer(asked, facts(*rows)).rows]


@PROFILE
@given(ROWS, STEPS, WITHIN)
def test_ordered_funnels_count_what_trying_everything_counts(rows, steps, within):
    levels = [brute.level(events, steps, within) for events in brute.by_person(rows).values()]
    assert counted(rows, steps, within) == brute.reached(levels, len(steps))


@PROFILE
@given(ROWS, STEPS.filter(lambda s: len(s) > 1), WITHIN, st.data())
def test_excluded_attempts_are_those_that_trying_everything_excludes(rows, steps, within, data):
    after = data.draw(st.integers(1, len(steps) - 1))
    before = data.draw(st.integers(after + 1, len(steps)))
    levels = [
        brute.level(events, steps, within, [("d", after, before)])
        for events in brute.by_person(rows).values()
    ]
    exclusion = Exclusion(Step("d"), after=after, before=before)
    assert counted(rows, steps, within, exclusions=(exclusion,)) == brute.reached(levels, len(steps))


@PROFILE
@given(ROWS, STEPS.filter(lambda s: len(set(s)) == len(s)), WITHIN)
def test_strict_and_any_order_count_what_trying_everything_counts(rows, steps, within):
    people = brute.by_person(rows).values()
    strict = [brute.strict_level(events, steps, within) for events in people]
    assert counted(rows, steps, within, order="strict") == brute.reached(strict, len(steps))
    loose = [brute.any_level(events, steps, within) for events in people]
    assert counted(rows, steps, within, order="any") == brute.reached(loose, len(steps))


@PROFILE
@given(ROWS, STEPS, WITHIN)
def test_filtered_steps_go_the_same_way_as_bare_ones(rows, steps, within):
    asked = Funnel(
        steps=tuple(Step(step, "none_such is null") for step in steps), within=timedelta(milliseconds=within)
    )
    assert [row["count"] for row in answer(asked, facts(*rows)).rows] == counted(rows, steps, within)


@pytest.mark.parametrize("grain", [1, 3_600_000], ids=["few ties", "many ties"])
@pytest.mark.parametrize("steps", ["abc", "edcba", "aab"])
@pytest.mark.parametrize("hours", [2, 24])
def test_people_are_where_clickhouses_window_funnel_puts_them(clickhouse, tmp_path, grain, steps, hours):
    rows = random_facts(300, 12_000, grain=grain, seed=len(steps) + hours)
    within = hours * 3_600_000
    file = tmp_path / "facts.csv"
    file.write_text("".join(f"{person},{at},{event}\n" for person, at, event in rows))
    conditions = ", ".join(f"event = '{step}'" for step in steps)
    found = clickhouse().query(
        f"SELECT level, count() FROM (SELECT person, windowFunnel({within})(at, {conditions}) AS level "
        f"FROM file('{file}', CSV, 'person String, at UInt64, event String') GROUP BY person) GROUP BY level"
    )
    levels = [level for level, count in found.result_rows for _ in range(count)]
    assert counted(rows, steps, within) == brute.reached(levels, len(steps))
