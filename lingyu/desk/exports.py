"""The tables behind the panels, as files: what is drawn can be taken along, with its definition.

Holds columns and rows; `lingyu.store.sheets` writes the formats.
"""

from collections.abc import Iterable, Sequence

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lingyu.kernel.metrics import Metric
from lingyu.kernel.operations import Operation, Panel
from lingyu.store.query.present import plain
from lingyu.store.sheets import Column, to_csv, to_xlsx

from . import bridge, panels
from .frame import Frame

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def response(name: str, kind: str, columns: Sequence[Column], rows: Iterable[Sequence], *, title: str, notes):
    """A download of the table as `name`.csv or `name`.xlsx; the notes go onto a sheet of their own."""
    if kind == "xlsx":
        answer = HttpResponse(to_xlsx(columns, rows, title=title, notes=notes), content_type=XLSX)
    else:
        answer = StreamingHttpResponse(to_csv(columns, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return answer


def table(
    operation: Operation, panel: Panel, frame: Frame, chosen: str = ""
) -> tuple[list[Column], list[tuple]]:
    """The columns and all rows of one panel."""
    if panel.kind == "trend":
        return _trend(panels.trend(panel, frame, chosen))
    if panel.kind == "breakdown":
        return _breakdown(panels.breakdown(panel, frame, limit=None))
    return _bridge(bridge.build(operation.drivers, frame))


def notes(panel: Panel, frame: Frame) -> list[tuple[str, str]]:
    """What a reader of the file must know: period, filters, time zone, each metric's definition."""
    lines = [(_("Period"), str(frame.period)), (_("Time zone"), frame.tz)]
    if frame.currency:
        lines.append((_("Currency"), frame.currency))
    lines += [(_("Filter"), f"{name} = {value}") for name, value in frame.chosen.items()]
    for metric in panel.metrics:
        label = f"{metric.label(get_language() or 'en')} ({metric.name}, {metric.definition})"
        lines.append((label, f"{_(metric.about)} {metric.full_formula()}"))
    return lines


def _trend(trend: panels.Trend) -> tuple[list[Column], list[tuple]]:
    result, columns = trend.result, [Column("time", _("Date"), "day")]
    columns.append(_column(trend.metric, result.unit))
    if result.query.compare:
        columns += [
            Column("compare_time", _("Compared date"), "day"),
            _column(trend.metric, result.unit, _("compared")),
            Column("change", _("vs. before"), "percent"),
        ]
    rows = []
    for row in result.rows:
        cells = [row.time, plain(row.value, result.unit)]
        if result.query.compare:
            cells += [row.before_time, plain(row.before, result.unit), row.change]
        rows.append(tuple(cells))
    return columns, rows


def _breakdown(found: panels.Breakdown) -> tuple[list[Column], list[tuple]]:
    metrics = panels.able_metrics(found.panel)
    columns = [
        Column(found.panel.by, found.panel.label(get_language() or "en"), "text"),
        Column("name", _("Name"), "text"),
    ]
    for metric, unit in zip(metrics, found.units, strict=True):
        columns += [_column(metric, unit), _column(metric, unit, _("compared"))]
    rows = []
    for line in found.lines:
        cells: list = [line.key, line.name]
        for (value, before, _change), unit in zip(line.cells, found.units, strict=True):
            cells += [plain(value, unit), plain(before, unit)]
        rows.append(tuple(cells))
    return columns, rows


def _bridge(found: bridge.Bridge | None) -> tuple[list[Column], list[tuple]]:
    if found is None:
        return [Column("factor", _("Factor"), "text")], []
    money = Column("part", _("Contribution"), "money", found.unit)
    columns = [
        Column("factor", _("Factor"), "text"),
        Column("before", _("Before"), "number"),
        Column("after", _("After"), "number"),
        money,
    ]
    language = get_language() or "en"
    rows = [
        (
            step.metric.label(language) if step.metric else _("Not covered"),
            *(_level(step, value, found.unit) for value in (step.before, step.after)),
            plain(step.part, found.unit),
        )
        for step in found.steps
    ]
    rows.append(
        (
            found.of.label(language),
            plain(found.before, found.unit),
            plain(found.after, found.unit),
            plain(found.after - found.before, found.unit),
        )
    )
    return columns, rows


def _level(step: bridge.Step, value, unit: str):
    kind = unit if step.metric is None or step.metric.unit == "money" else step.metric.unit
    return plain(value, kind)


def _column(metric: Metric, unit: str, suffix: str = "") -> Column:
    label = metric.label(get_language() or "en") + (f" ({suffix})" if suffix else "")
    kind = {"money": "money", "ratio": "percent", "count": "count"}.get(metric.unit, "number")
    return Column(
        f"{metric.name}{'_compared' if suffix else ''}", label, kind, unit if kind == "money" else ""
    )
