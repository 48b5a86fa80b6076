"""Conditions on properties as rows of a form (property, comparison, value), and as the filter that they are.

What cannot be said in rows (alternatives, groups) stays text. Holds no form.
"""

import re
from decimal import Decimal
from typing import NamedTuple

from lingyu.kernel import filters

COMPARISONS = ("=", "!=", "<", "<=", ">", ">=", "contains", "lacks", "in", "there", "missing")
_WORD = re.compile(r"\$?\w+(?:\.\w+)*")
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?")
_KEYWORDS = {"and", "or", "not", "in", "is", "null", "contains", "true", "false"}


class Row(NamedTuple):
    """One comparison as it was typed."""

    field: str = ""
    op: str = "="
    value: str = ""


def as_text(rows: list[Row], further: str = "") -> str:
    """The filter that rows and a text make; rows without a property say nothing."""
    said = [_row(row) for row in rows if row.field.strip()]
    if further.strip():
        said.append(f"({further.strip()})" if said else further.strip())
    return " and ".join(said)


def as_rows(where: str) -> tuple[list[Row], str]:
    """A filter as rows; as the text that it is where rows cannot say it."""
    tree = filters.parse(where)
    items = tree.items if isinstance(tree, filters.All) else () if tree is None else (tree,)
    rows = [_read(item) for item in items]
    return ([], where) if None in rows else (rows, "")


def _row(row: Row) -> str:
    field, value = _named(row.field.strip()), row.value.strip()
    match row.op:
        case "there":
            return f"{field} is not null"
        case "missing":
            return f"{field} is null"
        case "in":
            return f"{field} in ({', '.join(_literal(one.strip()) for one in re.split('[,,、]', value))})"
        case "contains":
            return f"{field} contains {_quoted(value)}"
        case "lacks":
            return f"{field} not contains {_quoted(value)}"
        case op if op in COMPARISONS:
            return f"{field} {op} {_literal(value)}"
    raise filters.FilterError("%(op)s", op=row.op)


def _named(field: str) -> str:
    plain = _WORD.fullmatch(field) and field.lower() not in _KEYWORDS
    return field if plain else '"' + field.replace('"', "") + '"'


def _literal(value: str) -> str:
    """A number where it reads as one, else a text: “007” is a text, “7” is both and compared as a number."""
    return value if _NUMBER.fullmatch(value) or value in ("true", "false") else _quoted(value)


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _read(item: filters.Expr) -> Row | None:
    match item:
        case filters.Compare(field, op, value):
            return _faithful(Row(field, op, _shown(value)), item)
        case filters.In(field, values):
            return _faithful(Row(field, "in", ", ".join(map(_shown, values))), item)
        case filters.IsNull(field):
            return _faithful(Row(field, "missing"), item)
        case filters.Not(filters.IsNull(field)):
            return _faithful(Row(field, "there"), item)
        case filters.Not(filters.Compare(field, "contains", value)):
            return _faithful(Row(field, "lacks", _shown(value)), item)
    return None


def _faithful(row: Row, item: filters.Expr) -> Row | None:
    """The row, if it is read back as what it came from: the text '7' is not, it would become a number."""
    try:
        return row if filters.parse(_row(row)) == item else None
    except filters.FilterError:
        return None


def _shown(value: filters.Literal) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int | Decimal | str) else ""
