"""Periods: their buckets, and what they are compared with."""

from datetime import date

import pytest

from lingyu.kernel.query import Period, Query, QueryError


@pytest.mark.parametrize(
    ("period", "previous"),
    [
        (Period(date(2026, 11, 8), date(2026, 11, 14)), Period(date(2026, 11, 1), date(2026, 11, 7))),
        (Period(date(2026, 3, 1), date(2026, 3, 31)), Period(date(2026, 2, 1), date(2026, 2, 28))),
        (Period(date(2026, 1, 1), date(2026, 3, 31)), Period(date(2025, 10, 1), date(2025, 12, 31))),
        (Period(date(2026, 3, 1), date(2026, 3, 30)), Period(date(2026, 1, 30), date(2026, 2, 28))),
    ],
)
def test_whole_months_go_back_by_months_and_other_periods_by_their_days(period, previous):
    assert period.previous() == previous


def test_the_year_before_the_leap_day_is_the_28th():
    leap = Period(date(2024, 2, 29), date(2024, 2, 29))
    assert leap.year_before() == Period(date(2023, 2, 28), date(2023, 2, 28))


def test_week_and_month_buckets_start_with_the_period_and_then_with_the_calendar():
    period = Period(date(2026, 11, 19), date(2026, 12, 2))  # a Thursday to a Wednesday
    assert period.buckets("week") == [date(2026, 11, 19), date(2026, 11, 23), date(2026, 11, 30)]
    assert period.buckets("month") == [date(2026, 11, 19), date(2026, 12, 1)]
    assert len(period.buckets("day")) == period.days == 14
    assert period.buckets("total") == [date(2026, 11, 19)]


def test_a_period_that_ends_before_it_starts_is_refused():
    with pytest.raises(QueryError, match="before it starts"):
        Period(date(2026, 2, 2), date(2026, 2, 1))


def test_an_unknown_grain_or_comparison_is_refused_with_the_known_ones():
    with pytest.raises(QueryError, match="day, week, month, total"):
        Query(metric="gmv", grain="hour")
    with pytest.raises(QueryError, match="previous, year"):
        Query(metric="gmv", compare="last")
