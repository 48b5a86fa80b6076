"""The panels of a desk as data: tiles, trends, breakdowns, ready to draw or to export.

Holds what each shows; templates hold how. All numbers of a desk come from one `ask_all` a shape,
so that the store is read a few times and not once a number.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from lingyu.kernel.aggregates import Value
from lingyu.kernel.metrics import Metric
from lingyu.kernel.operations import Operation, Panel
from lingyu.kernel.query import Result, Row
from lingyu.store.query import ask_all

from .frame import Frame, quoted

# Rows of a breakdown shown on the desk; an export has them all.
SHOWN = 12


@dataclass(frozen=True)
class Tile:
    """One metric's total over the period, its comparison, and its course."""

    metric: Metric
    unit: str
    value: Value
    before: Value
    change: float | None
    course: tuple[Value, ...]
    unfiltered: tuple[str, ...]
    definition: str


@dataclass(frozen=True)
class Trend:
    """One metric over time, with the compared period beneath."""

    panel: Panel
    metric: Metric
    result: Result

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not any(r.value or r.before for r in self.result.rows)


@dataclass(frozen=True)
class Line:
    """One value of a dimension with every metric of the panel: (value, before, change) each."""

    key: str | None
    name: str
    cells: tuple[tuple[Value, Value, float | None], ...]
    share: float | None


@dataclass(frozen=True)
class Breakdown:
    """The panel's metrics by one dimension, the largest first."""

    panel: Panel
    units: tuple[str, ...]
    lines: tuple[Line, ...]
    total: int


def tiles(operation: Operation, frame: Frame) -> list[Tile]:
    """The operation's tiles, its final KPI first."""
    metrics = operation.tiles
    totals = ask_all([frame.query(m) for m in metrics])
    courses = ask_all([frame.query(m, grain=frame.grain, compare=False) for m in metrics])
    return [
        Tile(
            metric=m,
            unit=t.unit,
            value=t.total,
            before=t.rows[0].before if t.rows else None,
            change=t.rows[0].change if t.rows else None,
            course=tuple(r.value for r in c.rows),
            unfiltered=tuple(frame.unfiltered(m)),
            definition=t.definition,
        )
        for m, t, c in zip(metrics, totals, courses, strict=True)
    ]


def trend(panel: Panel, frame: Frame, chosen: str = "") -> Trend:
    """The course of the panel's metric called `chosen`, else of its first."""
    metric = next((m for m in panel.metrics if m.name == chosen), panel.metrics[0])
    return Trend(panel, metric, ask_all([frame.query(metric, grain=frame.grain)])[0])


def breakdown(panel: Panel, frame: Frame, limit: int | None = SHOWN) -> Breakdown:
    """Every metric of the panel by its dimension; at most `limit` lines, the largest first.

    The first metric decides which lines are shown, so the others are asked for those lines only.
    """
    first, *others = able_metrics(panel)
    leading = ask_all([frame.query(first, by=(panel.by,))])[0]
    rows = sorted(leading.rows, key=lambda row: (-(row.value or 0), str(row.dims[0])))
    kept = rows[:limit]
    extra = "" if limit is None or len(rows) <= limit else _only(panel.by, [row.dims[0] for row in kept])
    results = ask_all([frame.query(m, by=(panel.by,), extra=extra) for m in others])
    if limit is None:
        kept = _with_rows_of(kept, results, first)
    table = {row.dims[0]: [(row.value, row.before, row.change)] for row in kept}
    for metric, result in zip(others, results, strict=True):
        found = {row.dims[0]: (row.value, row.before, row.change) for row in result.rows}
        for key, cells in table.items():
            cells.append(found.get(key, (metric.empty, metric.empty, None)))
    whole = sum(row.value or 0 for row in rows) if first.additive else 0
    names = panel.names([str(key) for key in table if key is not None]) if panel.names else {}
    lines = tuple(
        Line(
            key=None if key is None else str(key),
            name=names.get(str(key)) or ("" if key is None else str(key)),
            cells=tuple(cells),
            share=float(Fraction(cells[0][0] or 0) / whole) if whole > 0 else None,
        )
        for key, cells in table.items()
    )
    return Breakdown(panel, (leading.unit, *(r.unit for r in results)), lines, max(len(rows), len(lines)))


def _only(field: str, keys: list) -> str:
    """A filter that passes these values of a dimension, among them perhaps the unknown one."""
    known = ", ".join(quoted(str(key)) for key in keys if key is not None)
    parts = [f"{field} in ({known})"] if known else []
    return " or ".join([*parts, *([f"{field} is null"] if None in keys else [])])


def _with_rows_of(kept: list[Row], results: Sequence[Result], first: Metric) -> list[Row]:
    """The kept rows, then those values that only another metric knows: a product refunded, not sold."""
    seen = {row.dims[0] for row in kept}
    late = {row.dims[0]: row for result in results for row in result.rows if row.dims[0] not in seen}
    return [*kept, *(replace(row, value=first.empty, before=first.empty) for row in late.values())]


def able_metrics(panel: Panel) -> Sequence[Metric]:
    """The panel's metrics that can be broken down by its dimension."""
    return [m for m in panel.metrics if panel.by in m.dimensions()]
