"""Retention: who came back when, worked by hand; the modes, the cohorts, what is not known yet."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lingyu.kernel.query import Period
from lingyu.kernel.questions import Did, Retention, Span, Step
from lingyu.store.explore import answer

from .making import facts, ms

pytestmark = pytest.mark.one_database

SIGN, PAY = Step("sign"), Step("pay")


def triangle(source, **asked) -> dict[str, list]:
    """Size and what is retained, by cohort; None where it is not known."""
    found: dict[str, list] = {}
    for row in answer(Retention(**asked), source).rows:
        found.setdefault(row["cohort"][5:], [row["size"]]).append(row["retained"])
    return {cohort: cells for cohort, cells in found.items() if cells[0]}


def june(first: int, last: int) -> Period:
    return Period(date(2026, 6, first), date(2026, 6, last))


COMING = facts(
    ("xi", "06-01", "see"), ("xi", "06-02", "see"), ("xi", "06-04", "see"),
    ("peng", "06-01", "see"), ("peng", "06-03", "see"),
    ("que", "06-02", "see"), ("que", "06-04", "see"),
)  # fmt: skip


def test_exact_days_count_who_came_on_that_very_day():
    assert triangle(COMING, count=3) == {"06-01": [2, 2, 1, 1, 1], "06-02": [1, 1, 0, 1, None]}


def test_rolling_days_count_who_came_then_or_later():
    assert triangle(COMING, count=3, mode="rolling") == {
        "06-01": [2, 2, 2, 2, 1],
        "06-02": [1, 1, 1, 1, None],
    }


def test_bounded_days_count_who_came_from_the_first_up_to_then():
    assert triangle(COMING, count=3, mode="bounded") == {
        "06-01": [2, 2, 1, 2, 2],
        "06-02": [1, 1, 0, 1, None],
    }


def test_bounded_retention_takes_windows_of_its_own():
    windows = (Span(1, 2), Span(2, 3), Span(3, 9))
    assert triangle(COMING, mode="bounded", windows=windows) == {
        "06-01": [2, 2, 2, None],
        "06-02": [1, 1, None, None],
    }


def test_a_window_of_two_days_makes_no_newcomer_of_who_came_ten_days_before():
    # The golden negative F2: the first time is looked for in all history, not in the window.
    source = facts(
        ("old", "06-01", "see"), ("old", "06-11", "see"), ("new", "06-11", "see"), ("new", "06-12", "see")
    )
    window = june(11, 12)
    assert triangle(source, period=window, count=1) == {"06-11": [1, 1, 1]}
    assert triangle(source, period=window, count=1, cohort="in_window") == {"06-11": [2, 2, 1]}


def test_every_start_makes_a_member_where_that_is_asked_for():
    found = triangle(COMING, count=1, cohort="every")
    assert found == {"06-01": [2, 2, 1], "06-02": [2, 2, 0], "06-03": [1, 1, 0], "06-04": [2, 2, None]}


def test_what_is_not_over_is_unknown_and_left_out_of_the_totals_on_both_sides():
    found = answer(Retention(count=3), COMING)
    assert [(c["size"], c["retained"]) for c in found.totals["columns"]] == [(3, 3), (3, 1), (3, 2), (2, 1)]
    assert {caveat.code for caveat in found.caveats} == {"left_truncated", "incomplete"}


def test_a_day_in_progress_is_unknown_too():
    noon = datetime.fromtimestamp(ms("06-04 12:30") / 1000, UTC)
    source = facts(("xi", "06-03", "see"), ("xi", "06-04", "see"), freshness=noon)
    assert triangle(source, count=1) == {"06-03": [1, 1, None]}


def test_on_the_day_itself_only_a_return_after_the_start_counts():
    source = facts(
        ("xi", "06-01 10:00", "sign"), ("xi", "06-01 11:00", "pay"),
        ("peng", "06-01 10:00", "pay"), ("peng", "06-01 11:00", "sign"),
        ("que", "06-01 10:00", "pay"), ("que", "06-01 10:00", "sign"),  # at the same moment: not before
        ("lu", "06-01 10:00", "sign"), ("lu", "06-02 10:00", "pay"),
    )  # fmt: skip
    assert triangle(source, start=SIGN, back=PAY, count=1) == {"06-01": [4, 2, 1]}
    assert triangle(source, start=SIGN, back=PAY, count=1, mode="rolling") == {"06-01": [4, 3, 1]}


def test_steps_may_be_filtered():
    source = facts(
        ("xi", "06-01", "sign", {"from": "ad"}), ("xi", "06-02", "pay", {"amount": 5}),
        ("peng", "06-01", "sign"), ("peng", "06-02", "pay", {"amount": 500}),
        ("que", "06-01", "sign", {"from": "ad"}), ("que", "06-02", "pay", {"amount": 50}),
    )  # fmt: skip
    start, back = Step("sign", "from = 'ad'"), Step("pay", "amount > 10")
    assert triangle(source, start=start, back=back, count=1) == {"06-01": [2, 0, 1]}


def test_weeks_begin_on_monday_and_months_on_the_first():
    source = facts(
        ("xi", "06-05", "see"), ("xi", "06-08", "see"), ("xi", "07-31", "see"), ("peng", "06-07", "see")
    )
    assert triangle(source, unit="week", count=1) == {"06-01": [2, 2, 1]}
    assert triangle(source, unit="month", count=1) == {"06-01": [2, 2, 1]}


def test_only_the_people_asked_for_are_in_it():
    assert triangle(COMING, count=1, among=Did(step=Step(), at_least=3)) == {"06-01": [1, 1, 1]}


MODES = st.sampled_from(["exact", "bounded", "rolling"])
COHORTS = st.sampled_from(["first_ever", "in_window", "every"])
VISITS = st.lists(st.tuples(st.sampled_from("xyz"), st.integers(1, 9)), min_size=1, max_size=20)


@settings(max_examples=100, deadline=None)
@given(
    VISITS,
    st.sampled_from(["exact", "bounded", "rolling"]),
    st.sampled_from(["first_ever", "in_window", "every"]),
)
def test_cells_are_what_counting_by_hand_gives(visits, mode, cohort):
    days: dict[str, set[int]] = {}
    for person, day in visits:
        days.setdefault(person, set()).add(day)
    last, period = max(day for _person, day in visits), june(3, 7)

    def member(own: set[int], day: int) -> bool:
        first = {"first_ever": min(own), "in_window": min(own - {1, 2}, default=0)}.get(cohort, day)
        return first == day in own

    def back(own: set[int], day: int, n: int) -> bool:
        spans = {"exact": [n], "bounded": range(min(n, 1), n + 1), "rolling": range(n, 99)}
        return any(day + k in own for k in spans[mode])

    expected = {}
    for day in range(3, 8):
        members = [own for own in days.values() if member(own, day)]
        if members:
            cells = [sum(back(own, day, n) for own in members) if day + n <= last else None for n in range(4)]
            expected[f"06-{day:02d}"] = [len(members), *cells]
    source = facts(*((person, f"06-{day:02d}", "see") for person, day in visits))
    assert triangle(source, period=period, count=3, mode=mode, cohort=cohort) == expected
