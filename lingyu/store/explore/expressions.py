"""Filters and steps as SQL over a relation: constants say as what a property is compared.

Outside properties have no declared type: compared with a number a property is read as a number, with a text
as text. A comparison with what is missing is false, also under `not`. Holds no query.
"""

from decimal import Decimal

from lingyu.kernel import filters
from lingyu.kernel.questions import ANY, Step

from .sequences import Sequences


def text(value: str) -> str:
    """A text constant; DuckDB knows no backslash escapes."""
    return "'" + value.replace("'", "''") + "'"


def as_text(source: Sequences, name: str) -> str:
    """The property as text, NULL where the event has none."""
    return f"TRY_CAST({source.property(name).sql} AS VARCHAR)"


def as_number(source: Sequences, name: str) -> str:
    """The property as a number, NULL where it is none."""
    return f"TRY_CAST({source.property(name).sql} AS DOUBLE)"


def columns_of(source: Sequences, where: str) -> set[str]:
    """The relation's columns that a filter reads."""
    return {source.property(name).column for name in filters.fields_of(filters.parse(where))}


def condition(source: Sequences, expr: filters.Expr | None) -> str:
    """A filter."""
    match expr:
        case None:
            return "TRUE"
        case filters.Compare(field, "contains", value):
            return f"coalesce(contains({as_text(source, field)}, {text(str(value))}), FALSE)"
        case filters.Compare(field, op, value):
            return f"coalesce({_typed(source, field, value)} {op} {_literal(value)}, FALSE)"
        case filters.In(field, values):
            each = [condition(source, filters.Compare(field, "=", value)) for value in values]
            return "(" + " OR ".join(each or ["FALSE"]) + ")"
        case filters.IsNull(field):
            return f"{as_text(source, field)} IS NULL"
        case filters.Not(item):
            return f"NOT ({condition(source, item)})"
        case filters.All(items):
            return "(" + " AND ".join(condition(source, item) for item in items) + ")"
        case filters.Any(items):
            return "(" + " OR ".join(condition(source, item) for item in items) + ")"
    raise TypeError(f"no filter: {expr!r}")


def of_step(source: Sequences, step: Step) -> str:
    """Which events a step means."""
    named = [] if step.event == ANY else [f"event = {text(step.event)}"]
    filtered = [] if step.bare else [condition(source, filters.parse(step.where))]
    return "(" + " AND ".join(named + filtered or ["TRUE"]) + ")"


def _typed(source: Sequences, field: str, value: filters.Literal) -> str:
    if isinstance(value, bool):
        return f"TRY_CAST({source.property(field).sql} AS BOOLEAN)"
    return as_text(source, field) if isinstance(value, str) else as_number(source, field)


def _literal(value: filters.Literal) -> str:
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case int() | Decimal():
            return f"{value}::DOUBLE"
    return text(value)
