"""What the templates of the desks are given."""

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lingyu.kernel.operations import Operation, Panel, in_order
from lingyu.store import freshness

from . import bridge, drawings, frame, goals, panels
from .frame import Frame
from .levers import effects


def shell() -> dict:
    """What the shell of every desk page needs."""
    return {"desks": in_order(), "waiting": freshness.waiting(), "fresh": freshness.as_of()}


def overview() -> dict:
    """The final KPI of every operation over its last thirty days."""
    cards = []
    for operation in in_order():
        asked = frame.read(QueryDict(), operation)
        tile = panels.tiles(operation, asked)[0]
        cards.append(
            {
                "operation": operation,
                "tile": tile,
                "frame": asked,
                "progress": goals.progress(operation.final, asked.currency),
            }
        )
    return shell() | {"cards": cards}


def desk(operation: Operation, asked: Frame, *, trend: str = "") -> dict:
    """One desk: tiles, then each panel with what it draws."""
    tiles = panels.tiles(operation, asked)
    return shell() | {
        "operation": operation,
        "frame": asked,
        "tiles": tiles,
        "panels": [_panel(operation, panel, asked, trend) for panel in operation.panels],
        "choices": frame.choices(operation),
        "presets": [(code, _preset(code)) for code in frame.PRESETS],
        "progress": goals.progress(operation.final, asked.currency),
        "nothing": not any(t.value or t.before for t in tiles),
        "ever": frame.last_day(operation),
        "pulls": effects.lately(operation),
    }


def _panel(operation: Operation, panel: Panel, asked: Frame, trend: str) -> dict:
    shown = {"panel": panel, "metrics": panel.metrics, "query": asked.params(trend=trend or None)}
    if panel.kind == "trend":
        data = panels.trend(panel, asked, trend)
        options = drawings.options(panel.metrics)
        return shown | {"data": data, "spec": drawings.trend(data, asked), "options": options}
    if panel.kind == "breakdown":
        data = panels.breakdown(panel, asked)
        columns, rows = drawings.breakdown(data)
        return shown | {"data": data, "columns": columns, "rows": rows, "metrics": panels.able_metrics(panel)}
    data = bridge.build(operation.drivers, asked)
    return shown | {"data": data, "steps": drawings.bridge(data) if data else []}


def _preset(code: str) -> str:
    """A preset's name: days, or the calendar month."""
    days = frame.PRESETS[code]
    return (
        _("This month") if days is None else ngettext("%(days)d day", "%(days)d days", days) % {"days": days}
    )
