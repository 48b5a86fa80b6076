"""What the templates of the desks are given."""

from django.http import QueryDict

from lingyu.kernel.operations import Operation, in_order
from lingyu.store import freshness

from . import bridge, frame, goals, panels
from .frame import Frame


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
    """One desk: tiles, then each panel with its data."""
    drawn = []
    for panel in operation.panels:
        if panel.kind == "trend":
            data = panels.trend(panel, asked, trend)
        elif panel.kind == "breakdown":
            data = panels.breakdown(panel, asked)
        else:
            data = bridge.build(operation.drivers, asked)
        drawn.append(
            {
                "panel": panel,
                "data": data,
                "metrics": panels.able_metrics(panel) if panel.by else panel.metrics,
            }
        )
    tiles = panels.tiles(operation, asked)
    return shell() | {
        "operation": operation,
        "frame": asked,
        "tiles": tiles,
        "panels": drawn,
        "choices": frame.choices(operation),
        "presets": frame.PRESETS,
        "progress": goals.progress(operation.final, asked.currency),
        "nothing": not any(t.value or t.before for t in tiles),
        "ever": frame.last_day(operation),
    }
