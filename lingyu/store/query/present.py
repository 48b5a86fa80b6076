"""Values as people and programs read them: money in major units, ratios as fractions of one.

Holds the one conversion from exact numbers; languages and thousands separators are the look's.
"""

from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

from babel.numbers import get_currency_precision

from lingyu.kernel.aggregates import Value
from lingyu.kernel.query import Result, Row

Plain = int | float | Decimal | None


def plain(value: Value, unit: str) -> Plain:
    """A metric's value outside the house.

    `unit` is a currency code for money (minor units in, a decimal with the currency's places
    out), "count", "number" or "ratio" (a fraction of one, as a float).
    """
    if value is None:
        return None
    if unit in {"count", "number", "ratio"}:
        return value if isinstance(value, int) else float(value)
    places = get_currency_precision(unit)
    exact = Fraction(value)
    cents = Decimal(round(exact))  # Fraction rounds half to even
    return (cents / 10**places).quantize(Decimal(1).scaleb(-places), ROUND_HALF_EVEN)


def time_of(result: Result, row: Row) -> str:
    """The bucket: its first day, or the whole period as an ISO 8601 interval for a total."""
    if result.query.grain == "total":
        return str(result.period)
    return row.time.isoformat()


def records(result: Result) -> list[dict[str, object]]:
    """One dictionary a row: the dimensions, `time`, `value`, and the comparison if one was asked for."""
    found = []
    for row in result.rows:
        record: dict[str, object] = dict(zip(result.query.by, row.dims, strict=True))
        record |= {"time": time_of(result, row), "value": plain(row.value, result.unit)}
        if result.query.compare:
            record |= {
                "compare_time": row.before_time.isoformat() if row.before_time else None,
                "compare_value": plain(row.before, result.unit),
                "change": row.change,
            }
        found.append(record)
    return found
