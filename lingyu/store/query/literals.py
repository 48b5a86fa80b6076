"""Filters made to fit: the constants of an expression as values of the types of their fields.

Engines get no constant of the wrong type, so they compare alike and none fails on a reader's
words. Holds no grammar; `lingyu.kernel.filters` reads expressions.
"""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

from lingyu.kernel import filters
from lingyu.kernel.events import all_fields
from lingyu.kernel.filters import FilterError
from lingyu.kernel.text import N_

_BASE = {"id": UUID, "occurred_at": datetime, "person": str, "actor": str}


def fitted(expr: filters.Expr | None, tz: str) -> filters.Expr | None:
    """`expr` with every constant in its field's type; moments without a zone are read in `tz`.

    Raises FilterError for a constant that is none of its field's.
    """
    match expr:
        case None | filters.IsNull():
            return expr
        case filters.Not(item):
            return filters.Not(fitted(item, tz))
        case filters.All(items):
            return filters.All(tuple(fitted(i, tz) for i in items))
        case filters.Any(items):
            return filters.Any(tuple(fitted(i, tz) for i in items))
        case filters.In(field, values):
            return replace(expr, values=tuple(_constant(field, v, tz) for v in values))
    kind = _kind(expr.field)
    if expr.op == "contains" and kind is not str:
        raise FilterError(
            N_("Filter: “contains” asks for text, and “%(field)s” holds none."), field=expr.field
        )
    if expr.op not in ("=", "!=") and kind in (bool, UUID):
        raise FilterError(
            N_("Filter: “%(field)s” has no order; use = or != instead of “%(op)s”."),
            field=expr.field,
            op=expr.op,
        )
    return replace(expr, value=_constant(expr.field, expr.value, tz))


def _kind(field: str) -> type:
    return _BASE.get(field) or all_fields()[field]


def _constant(field: str, value: filters.Literal, tz: str):
    """One constant in the type of `field`."""
    kind = _kind(field)
    if kind is str and not isinstance(value, bool):
        return str(value)
    if kind in (int, float) and isinstance(value, int | Decimal) and not isinstance(value, bool):
        return value
    if kind is bool and isinstance(value, bool):
        return value
    if kind in (date, datetime, UUID) and isinstance(value, str):
        try:
            return _read(kind, value.strip(), tz)
        except ValueError:
            pass
    raise FilterError(_WANTED[kind], field=field, value=value)


def _read(kind: type, text: str, tz: str) -> date | datetime | UUID:
    if kind is datetime:
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(tz))).astimezone(UTC)
    return UUID(text) if kind is UUID else date.fromisoformat(text)


_WANTED = {
    str: N_("Filter: “%(field)s” holds text; write '%(value)s' in single quotes."),
    int: N_("Filter: “%(field)s” holds numbers; “%(value)s” is none."),
    float: N_("Filter: “%(field)s” holds numbers; “%(value)s” is none."),
    bool: N_("Filter: “%(field)s” is true or false; “%(value)s” is neither."),
    date: N_("Filter: “%(field)s” holds days such as '2024-06-01'; “%(value)s” is none."),
    datetime: N_("Filter: “%(field)s” holds moments such as '2024-06-01 09:30'; “%(value)s” is none."),
    UUID: N_("Filter: “%(field)s” holds identifiers (UUID); “%(value)s” is none."),
}
