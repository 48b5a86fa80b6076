"""Numbers, money, shares, dates and moments as a reader of one language writes them.

Pure functions: the language (any tag), and where it matters the zone, are arguments. Nothing is a
number here that is not one: None and NaN read as an en dash. Knows no request and no template.
"""

from datetime import date, datetime, timedelta, tzinfo
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from functools import lru_cache
from math import isfinite, isnan

from babel import Locale, dates, numbers

Number = int | float | Decimal | Fraction | None

NOTHING = "–"
MINUS = "−"
# Recent enough to be told as "3 hours ago"; anything older reads better as its date.
RELATIVE_FOR = timedelta(days=7)


@lru_cache(maxsize=8)
def locale_of(language: str) -> Locale:
    """Babel's locale for a language tag; everything that is not Chinese reads English."""
    return Locale.parse("zh_Hans_CN" if language.lower().startswith("zh") else "en")


def exact(value: Number) -> Decimal | None:
    """`value` as a Decimal, or None when it is no finite number."""
    if value is None:
        return None
    if isinstance(value, Fraction):
        return Decimal(value.numerator) / Decimal(value.denominator)
    if isinstance(value, float) and (isnan(value) or not isfinite(value)):
        return None
    value = Decimal(str(value)) if isinstance(value, float) else Decimal(value)
    return value if value.is_finite() else None


def number(value: Number, language: str, digits: int = 0) -> str:
    """Grouped digits with exactly `digits` decimals: 1,286."""
    if (found := exact(value)) is None:
        return NOTHING
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    return _minus(numbers.format_decimal(_rounded(found, digits), format=pattern, locale=locale_of(language)))


def compact(value: Number, language: str) -> str:
    """A count short enough for a tile or an axis: 128.6万, 1.29M; below ten thousand in full."""
    if (found := exact(value)) is None:
        return NOTHING
    if abs(found) < 10_000:
        return number(found, language, 0 if found == found.to_integral_value() else 1)
    digits = 2 if abs(_mantissa(found, language)) < 10 else 1
    return _minus(numbers.format_compact_decimal(found, locale=locale_of(language), fraction_digits=digits))


def money(minor: Number, currency: str, language: str, *, short: bool = False) -> str:
    """An amount given in minor units: ¥1,234.50; `short` for tiles and axes: ¥12.35万."""
    if (found := major(minor, currency)) is None:
        return NOTHING
    symbol = symbol_of(currency, language)
    sign = MINUS if found < 0 else ""
    if short and abs(found) >= 10_000:
        return f"{sign}{symbol}{compact(abs(found), language)}"
    digits = 0 if short and abs(found) >= 1_000 else numbers.get_currency_precision(currency)
    return f"{sign}{symbol}{number(abs(found), language, digits)}"


def major(minor: Number, currency: str) -> Decimal | None:
    """Minor units as the currency's major unit: 12345 fen are 123.45 yuan."""
    found = exact(minor)
    return None if found is None else found.scaleb(-numbers.get_currency_precision(currency))


def symbol_of(currency: str, language: str) -> str:
    """The currency's sign; the yuan is a plain ¥ in either language, the yen says JP¥."""
    if currency in {"CNY", "JPY"}:
        return "¥" if currency == "CNY" else "JP¥"
    symbol = numbers.get_currency_symbol(currency, locale=locale_of(language))
    return symbol + ("\xa0" if symbol == currency else "")


def percent(ratio: Number, language: str, digits: int = 1) -> str:
    """A ratio as a percentage: 0.0462 reads 4.6%."""
    found = exact(ratio)
    return NOTHING if found is None else f"{number(found * 100, language, digits)}%"


def signed_percent(ratio: Number, language: str, digits: int = 1) -> str:
    """A relative change with its sign: +8.4%, −0.3%, and 0.0% without one."""
    return signed(percent(ratio, language, digits))


def signed(text: str) -> str:
    """A formatted number with its sign in front; nothing and zero keep none."""
    if text == NOTHING:
        return text
    if not any(c in "123456789" for c in text):
        return text.removeprefix(MINUS)
    return text if text.startswith(MINUS) else f"+{text}"


def in_unit(value: Number, unit: str, language: str, currency: str = "CNY", *, short: bool = False) -> str:
    """A metric's value by its unit: count, number, money (minor units; or a currency code), ratio."""
    if unit == "money":
        return money(value, currency, language, short=short)
    if unit in {"ratio", "percent"}:
        return percent(value, language)
    if unit in {"count", "number"}:
        decimals = 0 if unit == "count" else 2
        return compact(value, language) if short else number(value, language, decimals)
    return money(value, unit, language, short=short)


def day(value: date | None, language: str, zone: tzinfo | None = None, *, short: bool = False) -> str:
    """A date, or the day a moment falls on in `zone`: 2026年11月20日; `short` leaves out the year."""
    if value is None:
        return NOTHING
    if isinstance(value, datetime):
        value = (value.astimezone(zone) if zone is not None else value).date()
    return _day(value, language, short)


# A page of a year's comments has few different days.
@lru_cache(maxsize=4096)
def _day(value: date, language: str, short: bool) -> str:
    if short:
        return dates.format_skeleton("MMMd", value, locale=locale_of(language), fuzzy=False)
    return dates.format_date(value, format="medium", locale=locale_of(language))


def clock(value: datetime | None, language: str, zone: tzinfo) -> str:
    """A moment in full, to the minute, in `zone`: 2026年11月20日 18:40."""
    if value is None:
        return NOTHING
    there = value.astimezone(zone)
    return f"{day(there, language)} {there:%H:%M}"


def ago(value: datetime | None, language: str, zone: tzinfo, now: datetime) -> str:
    """A moment as its distance from `now` while that is short, otherwise as its day."""
    if value is None:
        return NOTHING
    passed = now - value
    if abs(passed) >= RELATIVE_FOR:
        return day(value, language, zone)
    return dates.format_timedelta(-passed, add_direction=True, threshold=1.2, locale=locale_of(language))


def _rounded(found: Decimal, digits: int) -> Decimal:
    # Halves away from zero, as people do: Babel's own half-even writes 1234.50 as 1,234.
    with localcontext(prec=60):
        return found.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def _mantissa(found: Decimal, language: str) -> Decimal:
    steps = (8, 4) if language.lower().startswith("zh") else (9, 6, 3)
    for step in steps:
        if abs(found) >= Decimal(10) ** step:
            return found.scaleb(-step)
    return found


def _minus(text: str) -> str:
    return text.replace("-", MINUS, 1)
