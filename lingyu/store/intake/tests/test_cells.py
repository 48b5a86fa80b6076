"""Cell parsers: what each reads, what each refuses and why."""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from lingyu.store.intake import cells
from lingyu.store.intake.errors import CellError

SHANGHAI = ZoneInfo("Asia/Shanghai")


def reason(parse, *arguments, **options) -> str:
    """The code with which `parse` refuses."""
    with pytest.raises(CellError) as caught:
        parse(*arguments, **options)
    assert caught.value.message
    return caught.value.code


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ('="1001"', "1001"),
        ("'1001", "1001"),
        ("1001\t", "1001"),
        ("\xa0 a b \u3000", "a b"),
        ('="say ""hi"""', 'say "hi"'),
        ("+U size", "+U size"),
        ("@home", "@home"),
        ("-5 ℃", "-5 ℃"),
        ("'-5 ℃", "-5 ℃"),
        ("'Tis", "'Tis"),
        ("- | -", "- | -"),
        ("-30% | now!", "-30% | now!"),
        ("'=1+1", "'=1+1"),
    ],
)
def test_a_text_is_unwrapped_and_ordinary_signs_pass(raw, value):
    assert cells.text(raw) == value


@pytest.mark.parametrize(
    "raw",
    [
        "=1+1",
        '="=1+1"',
        " =cmd()",
        "@SUM(1,2)",
        '-HYPERLINK("http://x")',
        "+cmd|' /C calc'!A0",
        "-2+3+cmd|' /C calc'!D2",
        "@SUM(1+1)*cmd|' /C calc'!A0",
        "+DDE|x!_",
    ],
)
def test_a_formula_is_refused(raw):
    assert reason(cells.text, raw) == reason(cells.identifier, raw) == "formula"


def test_a_null_byte_is_refused():
    assert reason(cells.text, "a\0b") == "null_byte"


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("17850.0", "17850"),
        ("C536379", "C536379"),
        ('="00123"', "00123"),
        ("1E5", "1E5"),
        ("230101-123\t", "230101-123"),
        ("'4812345678901234567", "4812345678901234567"),
        ("1.5", "1.5"),
    ],
)
def test_an_identifier_is_the_same_however_it_was_written(raw, value):
    assert cells.identifier(raw) == value


@pytest.mark.parametrize("raw", ["1.23457E+17", "4.81235e18", "1E+17", "1.23456789012346e+18"])
def test_an_identifier_that_a_spreadsheet_has_rounded_is_refused(raw):
    assert reason(cells.identifier, raw) == "destroyed_id"


@pytest.mark.parametrize(
    ("raw", "minor"),
    [
        ("12.5", 1250),
        ("￥1,234.50", 123450),
        ("¥ 12", 1200),
        ("１２．５", 1250),
        ("12.50元", 1250),
        ("CNY 3", 300),
        (".5", 50),
        ('="9.90"', 990),
        ("1.20000", 120),
        ("0", 0),
        ("1e2", 10000),
        ("90000000000000", 9_000_000_000_000_000),
    ],
)
def test_an_amount_is_read_in_minor_units(raw, minor):
    assert cells.money(raw, currency="CNY") == minor


@pytest.mark.parametrize(
    ("raw", "minor"),
    [
        ("-5", -500),
        ("(5.00)", -500),
        ("−5", -500),
        ("-￥5", -500),
        ("¥-5", -500),
        ("+5", 500),
    ],
)
def test_a_negative_amount_is_read_only_where_it_is_allowed(raw, minor):
    assert cells.money(raw, signed=True) == minor
    if minor < 0:
        assert reason(cells.money, raw) == "negative"


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("nan", "not_finite"),
        ("NaN", "not_finite"),
        ("-inf", "not_finite"),
        ("Infinity", "not_finite"),
        ("#DIV/0!", "not_finite"),
        ("1e400", "overflow"),
        ("1e16", "overflow"),
        ("90000000000000.01", "overflow"),
        ("9" * 400, "overflow"),
        ("1,23", "not_a_number"),
        ("12,34,567", "not_a_number"),
        ("abc", "not_a_number"),
        ("1.2.3", "not_a_number"),
        ("+-3", "not_a_number"),
        (".", "not_a_number"),
        ("٣", "not_a_number"),
        ("1_000", "not_a_number"),
        ("0x10", "not_a_number"),
        ("=1+1", "formula"),
        ("1.234", "too_precise"),
        ("$5", "other_currency"),
        ("USD 5", "other_currency"),
        ("€5", "other_currency"),
    ],
)
def test_an_amount_that_is_none_is_refused(raw, code):
    assert reason(cells.money, raw, signed=True, currency="CNY") == code


def test_more_decimals_are_rounded_half_to_even_where_that_is_allowed():
    assert [cells.money(x, rounding=True) for x in ("0.125", "0.135", "0.1250001")] == [12, 14, 13]
    assert cells.money("500", 0, currency="JPY") == 500
    assert reason(cells.money, "500.5", 0) == "too_precise"


def test_whole_and_decimal_numbers():
    assert cells.integer("1,200") == cells.integer("1200.0") == 1200
    assert reason(cells.integer, "1.5") == "not_whole"
    assert reason(cells.integer, "-1") == "negative"
    assert cells.decimal_("0.001") == Decimal("0.001")


@pytest.mark.parametrize(
    ("raw", "utc"),
    [
        ("2024-01-05 12:30:45", (2024, 1, 5, 4, 30, 45)),
        ("2020/2/21 0:00", (2020, 2, 20, 16)),
        ("2024年1月5日 12:30", (2024, 1, 5, 4, 30)),
        ("20240105", (2024, 1, 4, 16)),
        ("20240105123045", (2024, 1, 5, 4, 30, 45)),
        ("2024-01-05T12:30:45Z", (2024, 1, 5, 12, 30, 45)),
        ("2024-01-05T12:30:45.5+08:00", (2024, 1, 5, 4, 30, 45, 500000)),
        ("\t2024.1.5\t", (2024, 1, 4, 16)),
    ],
)
def test_a_moment_is_read_in_the_files_time_zone_and_kept_in_utc(raw, utc):
    assert cells.moment(raw, SHANGHAI) == datetime(*utc, tzinfo=UTC)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("2024-02-30", "impossible_date"),
        ("0000-00-00", "impossible_date"),
        ("2023-02-29 10:00", "impossible_date"),
        ("2024-01-05 25:00", "impossible_date"),
        ("2024-01-05 10:00+25:00", "impossible_date"),
        ("1989-12-31", "too_early"),
        ("2999-01-01", "in_future"),
        ("soon", "not_a_date"),
        ("45296.52", "not_a_date"),
        ("05/01/2024", "ambiguous_date"),
        ("2024-13-01", "impossible_date"),
        ("=NOW()", "formula"),
        ("9999-12-31 23:59:59", "in_future"),
    ],
)
def test_a_date_that_no_calendar_knows_is_refused(raw, code):
    assert reason(cells.moment, raw, SHANGHAI) == code
    assert reason(cells.day, raw) == code


def test_the_order_of_day_and_month_can_be_said():
    assert cells.day("05/01/2024", order="dmy") == date(2024, 1, 5)
    assert cells.day("05/01/2024", order="mdy") == date(2024, 5, 1)


def test_a_time_that_the_clocks_skipped_is_refused_and_a_repeated_one_is_the_first():
    new_york = ZoneInfo("America/New_York")
    assert reason(cells.moment, "2024-03-10 02:30", new_york) == "impossible_date"
    assert cells.moment("2024-11-03 01:30", new_york) == datetime(2024, 11, 3, 5, 30, tzinfo=UTC)


def test_a_day_ahead_is_still_today_somewhere():
    now = datetime(2024, 1, 5, 12, tzinfo=UTC)
    assert cells.moment("2024-01-06 10:00", SHANGHAI, now=now)
    assert reason(cells.moment, "2024-01-07 10:00", SHANGHAI, now=now) == "in_future"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "There is no such date or time: 2024-02-30."),
        ("zh-hans", "不存在这样的日期或时间：2024-02-30。"),
    ],
)
def test_a_bad_cell_is_explained_in_the_readers_language(language, words):
    with override(language), pytest.raises(CellError, match=words):
        cells.day("2024-02-30")
