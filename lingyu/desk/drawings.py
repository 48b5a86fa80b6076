"""What a panel's data looks like to the components of the look: chart specs, columns, rows, steps.

Holds no numbers of its own and no markup.
"""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lingyu.kernel.metrics import Metric
from lingyu.look import formats

from . import panels
from .bridge import Bridge, Step
from .frame import Frame


def trend(found: panels.Trend, asked: Frame) -> dict:
    """A line of the period, with the compared one dashed beneath."""
    rows, unit = found.result.rows, found.result.unit
    money = found.metric.unit == "money"
    series = [{"name": _("This period"), "data": [r.value for r in rows], "role": "current"}]
    if asked.compare:
        name = _("Previous period") if asked.compare == "previous" else _("Same period last year")
        series.append({"name": name, "data": [r.before for r in rows], "role": "previous"})
    return {
        "type": "line",
        "labels": [r.time for r in rows],
        "series": [] if found.empty else series,
        "unit": "money" if money else unit,
        "currency": unit if money else None,
        "grain": asked.grain,
    }


def definition(metric: Metric) -> dict:
    """What stands behind the ⓘ of a metric."""
    return {
        "text": _(metric.about),
        "formula": metric.formula(),
        "href": reverse("desk_metric", args=[metric.name]),
    }


def options(metrics: Iterable[Metric]) -> list[tuple[str, str]]:
    """Metrics as a form offers them."""
    return [(m.name, m.label(_language())) for m in metrics]


def breakdown(found: panels.Breakdown) -> tuple[list[dict], list[dict]]:
    """Columns and rows of a breakdown: the name, its share, then each metric, the first with its change."""
    metrics = panels.able_metrics(found.panel)
    columns = [{"key": "name", "label": _("Name"), "dots": True}]
    if any(line.share is not None for line in found.lines):
        columns.append({"key": "share", "label": _("Share"), "format": "bar", "of": 1})
    for index, (metric, unit) in enumerate(zip(metrics, found.units, strict=True)):
        head = {"key": f"m{index}", "label": metric.label(_language()), "define": definition(metric)}
        columns.append(head | _format(metric, unit))
        if index == 0:
            columns.append(
                {"key": "change", "label": _("vs. before"), "format": "change", "good": metric.good}
            )
    return columns, [_row(line) for line in found.lines]


def bridge(found: Bridge) -> list[dict]:
    """The two totals and, between them, what each factor did; a note tells how the factor itself moved."""
    steps = [{"label": _("Before"), "amount": found.before, "kind": "total"}]
    for step in found.steps:
        label = step.metric.label(_language()) if step.metric else _("Not covered by the factors")
        steps.append({"label": label, "amount": step.part, "kind": "change", "note": _moved(step)})
    return [*steps, {"label": _("This period"), "amount": found.after, "kind": "total"}]


def _moved(step: Step) -> str:
    """How a factor changed, relative to what it was."""
    if not step.before or step.after is None:
        return ""
    return formats.signed_percent((step.after - step.before) / abs(step.before), _language())


def _row(line: panels.Line) -> dict:
    row = {"name": line.name or _("Not known"), "share": line.share, "change": line.cells[0][2]}
    return row | {f"m{index}": value for index, (value, _before, _change) in enumerate(line.cells)}


def _format(metric: Metric, unit: str) -> dict:
    if metric.unit == "money":
        return {"format": "money", "currency": unit}
    if metric.unit == "ratio":
        return {"format": "ratio"}
    return {"format": "number", "digits": 0 if metric.unit == "count" else 2}


def _language() -> str:
    return get_language() or "en"
