"""A table of SQL as pages and files show it: cells in words, columns by kind, a chart where it has one."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from lingyu.store.log.sandbox import Table
from lingyu.store.sheets import Column

NUMBERS = ("INT", "DOUBLE", "FLOAT", "DECIMAL", "REAL")
# More points than this are no chart.
POINTS = 400


def columns(table: Table) -> list[Column]:
    """As files head them."""
    return [Column(name, name, "number" if _is_number(kind) else "text") for name, kind in table.columns]


def rows(table: Table) -> list[tuple]:
    """As files and pages show them: numbers as they are, all else as text."""
    return [tuple(_plain(value) for value in row) for row in table.rows]


def chart(table: Table) -> dict[str, Any] | None:
    """A chart of two columns, the second of numbers: a line over days, else bars; None of anything else."""
    if len(table.columns) != 2 or not 1 < len(table.rows) <= POINTS or not _is_number(table.columns[1][1]):
        return None
    labels, data = zip(*table.rows, strict=True)
    days = all(isinstance(label, date) for label in labels)
    labels = [label.date() if isinstance(label, datetime) else label for label in labels]
    return {
        "type": "line" if days else "bar",
        "labels": labels if days else [str(_plain(label)) for label in labels],
        "series": [{"name": table.columns[1][0], "data": list(data)}],
        "unit": "number",
    }


def _is_number(kind: str) -> bool:
    return "[" not in kind and any(word in kind for word in NUMBERS) and "INTERVAL" not in kind


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value).lower()
    if isinstance(value, int | float | Decimal):
        return value
    if isinstance(value, datetime):
        return value.isoformat(" ", "milliseconds")
    return str(value)
