"""The panels of a desk as data: tiles, trends, breakdowns, ready to draw or to export.

Holds what each shows; templates hold how. All numbers of a desk come from one `ask_all` a shape,
so that the store is read a few times and not once a number.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from lingyu.kernel.metrics import Metric, Value
from lingyu.kernel.operations import Operation, Panel
from lingyu.kernel.query import Result
from lingyu.store.query import ask_all

from .frame import Frame

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
    """Every metric of the panel by its dimension; at most `limit` lines, the largest first."""
    able = [m for m in panel.metrics if panel.by in m.dimensions()]
    results = ask_all([frame.query(m, by=(panel.by,)) for m in able])
    table: dict[object, list] = {}
    for index, result in enumerate(results):
        for row in result.rows:
            cells = table.setdefault(row.dims[0], [(m.empty, m.empty, None) for m in able])
            cells[index] = (row.value, row.before, row.change)
    ordered = sorted(table.items(), key=lambda item: (-(item[1][0][0] or 0), str(item[0])))
    whole = sum((cells[0][0] or 0) for _, cells in ordered) if able[0].additive else 0
    kept = ordered[:limit]
    names = panel.names([key for key, _ in kept if key is not None]) if panel.names else {}
    lines = tuple(
        Line(
            key=None if key is None else str(key),
            name=names.get(key) or ("" if key is None else str(key)),
            cells=tuple(cells),
            share=float(Fraction(cells[0][0] or 0) / whole) if whole > 0 else None,
        )
        for key, cells in kept
    )
    return Breakdown(panel, tuple(r.unit for r in results), lines, len(ordered))


def able_metrics(panel: Panel) -> Sequence[Metric]:
    """The panel's metrics that can be broken down by its dimension."""
    return [m for m in panel.metrics if panel.by in m.dimensions()]
