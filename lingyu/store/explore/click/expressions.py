"""Properties, filters and steps as SQL over `table.facts`: constants say as what a property is compared.

The same rules as `explore.expressions`: a comparison with what is missing is false, also under `not`. Holds
no statement.
"""

from collections.abc import Iterable
from collections.abc import Sequence as Listed
from decimal import Decimal
from typing import NamedTuple

from lingyu.kernel import filters
from lingyu.kernel.questions import ANY, Step
from lingyu.kernel.text import N_

from ...engines.click.sql import literal
from ...log.columns import TEXTS
from .source import Uncompiled


class Read(NamedTuple):
    """A property as text, as number and as flag; an empty expression where that is not compiled."""

    text: str
    number: str = ""
    flag: str = ""


_BUILT_IN = {
    "amount": Read("toString(amount)", "toFloat64(amount)", "amount != 0"),
    "source": Read("toNullable(toString(source))"),
    "bot": Read("toNullable(if(bot, 'true', 'false'))", "toNullable(toFloat64(bot))", "toNullable(bot)"),
    **{name: Read(f"`{name}`") for name in TEXTS},
}


def read(name: str) -> Read:
    """How a property is read. Raises Uncompiled for the moment of a fact, whose text is DuckDB's own."""
    if name == "time":
        raise _uncompiled(name)
    if name in _BUILT_IN:
        return _BUILT_IN[name]
    key = literal(name)
    return Read(
        f"if(mapContains(props, {key}), toNullable(props[{key}].text), NULL)",
        f"props[{key}].number",
        f"props[{key}].flag",
    )


def as_number(name: str) -> str:
    """The property as a number, NULL where it is none."""
    return read(name).number or _refuse(name)


def condition(expr: filters.Expr | None, read=read) -> str:
    """A filter; `read` says how its properties are read."""
    match expr:
        case None:
            return "1"
        case filters.Compare(field, "contains", value):
            return f"ifNull(position({read(field).text}, {literal(str(value))}) > 0, 0)"
        case filters.Compare(field, op, value):
            return f"ifNull({_typed(read(field), field, value)} {op} {_constant(value)}, 0)"
        case filters.In(field, values):
            each = [condition(filters.Compare(field, "=", value), read) for value in values]
            return "(" + " OR ".join(each or ["0"]) + ")"
        case filters.IsNull(field):
            return f"isNull({read(field).text})"
        case filters.Not(item):
            return f"NOT ({condition(item, read)})"
        case filters.All(items):
            return "(" + " AND ".join(condition(item, read) for item in items) + ")"
        case filters.Any(items):
            return "(" + " OR ".join(condition(item, read) for item in items) + ")"
    raise TypeError(f"no filter: {expr!r}")


def of_step(step: Step) -> str:
    """Which events a step means."""
    named = [] if step.event == ANY else [f"event = {literal(step.event)}"]
    filtered = [] if step.bare else [condition(filters.parse(step.where))]
    return "(" + " AND ".join(named + filtered or ["1"]) + ")"


def mask(steps: Listed[Step]) -> str:
    """One bit a step."""
    bits = [f"if({of_step(step)}, {1 << bit}, 0)" for bit, step in enumerate(steps)]
    return f"toUInt32({' + '.join(bits)})"


def events(steps: Iterable[Step]) -> set[str] | None:
    """The events that steps name; None where one takes any."""
    names = {step.event for step in steps}
    return None if ANY in names else names


def _typed(found: Read, field: str, value: filters.Literal) -> str:
    if isinstance(value, bool):
        return found.flag or _refuse(field)
    return found.text if isinstance(value, str) else found.number or _refuse(field)


def _constant(value: filters.Literal) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int() | Decimal():
            return f"toFloat64({float(value)!r})"
    return literal(value)


def _refuse(name: str):
    raise _uncompiled(name)


def _uncompiled(name: str) -> Uncompiled:
    return Uncompiled(
        "where", N_("%(field)s: ClickHouse compares “%(name)s” as text only; journeys can."), name=name
    )
