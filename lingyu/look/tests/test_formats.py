"""Numbers, money and moments as readers of either language write them."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from lingyu.look import formats

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 22, 10, 40, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        (0, "0", "0"),
        (9_999, "9,999", "9,999"),
        (48_216, "4.82万", "48.2K"),
        (1_286_400, "128.6万", "1.29M"),
        (-123_456_789, "−1.23亿", "−123.5M"),
        (Fraction(25, 2), "12.5", "12.5"),
        (None, "–", "–"),
    ],
)
def test_a_count_is_short_in_the_readers_own_units(value, zh, en):
    assert formats.compact(value, "zh-hans") == zh
    assert formats.compact(value, "en") == en


@pytest.mark.parametrize(
    ("minor", "currency", "expected"),
    [
        (123_450, "CNY", "¥1,234.50"),
        (-1, "CNY", "−¥0.01"),
        (5, "JPY", "JP¥5"),
        (99_999_999_999_999_999, "CNY", "¥999,999,999,999,999.99"),
        (None, "CNY", "–"),
    ],
)
def test_money_is_told_to_the_last_minor_unit_of_its_currency(minor, currency, expected):
    assert formats.money(minor, currency, "en") == expected


def test_short_money_drops_cents_only_where_they_no_longer_matter():
    assert formats.money(48_216_512, "CNY", "zh-hans", short=True) == "¥48.2万"
    assert formats.money(123_450, "CNY", "zh-hans", short=True) == "¥1,235"
    assert formats.money(14_876, "CNY", "en", short=True) == "¥148.76"


def test_a_ratio_of_whole_numbers_is_not_rounded_before_it_is_written():
    assert formats.percent(Fraction(1, 3), "en", digits=4) == "33.3333%"
    assert formats.percent(Decimal("0.0462"), "zh-hans") == "4.6%"


@pytest.mark.parametrize(
    ("ratio", "expected"),
    [(0.084, "+8.4%"), (-0.003, "−0.3%"), (0, "0.0%"), (-0.0001, "0.0%"), (None, "–")],
)
def test_a_change_carries_its_sign_unless_it_reads_as_zero(ratio, expected):
    assert formats.signed_percent(ratio, "en") == expected


@pytest.mark.parametrize("nothing", [None, float("nan"), float("inf"), Decimal("NaN")])
def test_what_is_no_number_is_a_dash_and_never_a_zero(nothing):
    assert formats.number(nothing, "en") == "–"
    assert formats.money(nothing, "CNY", "en") == "–"
    assert formats.percent(nothing, "en") == "–"
    assert formats.in_unit(nothing, "count", "en") == "–"


def test_a_value_is_written_by_the_unit_of_its_metric():
    assert formats.in_unit(1234, "count", "en") == "1,234"
    assert formats.in_unit(1234, "money", "en", "CNY") == "¥12.34"
    assert formats.in_unit(1234, "GBP", "en") == "£12.34"
    assert formats.in_unit(Fraction(1, 8), "ratio", "en") == "12.5%"


def test_a_moment_is_relative_for_a_week_and_a_day_after_that():
    at = NOW - timedelta(hours=3)
    assert formats.ago(at, "en", SHANGHAI, NOW) == "3 hours ago"
    assert formats.ago(at, "zh-hans", SHANGHAI, NOW) == "3小时前"
    assert formats.ago(NOW - timedelta(days=30), "en", SHANGHAI, NOW) == "Oct 23, 2026"


def test_a_late_evening_in_utc_is_the_next_day_in_shanghai():
    late = datetime(2026, 11, 20, 17, 5, tzinfo=UTC)
    assert formats.day(late, "zh-hans", SHANGHAI) == "2026年11月21日"
    assert formats.clock(late, "en", SHANGHAI) == "Nov 21, 2026 01:05"
    assert formats.day(date(2026, 11, 20), "en", short=True) == "Nov 20"
