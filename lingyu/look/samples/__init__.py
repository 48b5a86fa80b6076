"""Made-up data for the page that shows the design language; none of it is measured anywhere.

`style_samples()` gives the context of `/desk/style`. The texts go through gettext like any other.
"""

from datetime import timedelta

from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import contrast
from . import pictures, rows
from .series import DAYS, today

ICONS = (
    "layout-dashboard",
    "shopping-bag",
    "users",
    "newspaper",
    "radio-tower",
    "package",
    "megaphone",
    "route",
    "chart-line",
    "funnel",
    "download",
    "upload",
    "search",
    "calendar-days",
    "pen-line",
    "trash-2",
    "circle-check",
    "triangle-alert",
    "circle-alert",
    "info",
)
SPACES = (("s1", 4), ("s2", 8), ("s3", 12), ("s4", 16), ("s5", 20), ("s6", 24), ("s8", 32), ("s12", 48))


def style_samples() -> dict:
    """Everything `/desk/style` shows, by name."""
    return {
        "colours": colour_samples(),
        "spaces": SPACES,
        "icon_names": ICONS,
        "tiles": pictures.tile_samples(),
        "charts": pictures.chart_samples(),
        "columns": rows.column_samples(),
        "rows": rows.row_samples(),
        "total": {
            "name": _("Total"),
            "visitors": 50189,
            "orders": 3241,
            "amount": 48_216_500,
            "share": 48_216_500,
            "change": 0.061,
        },
        "steps": rows.bridge_samples(),
        "matrix": rows.matrix_samples(),
        "network": rows.network_sample(),
        "todo": pictures.todo_samples(),
        "page": Paginator(range(240), 20).page(5),
        "start": today() - timedelta(days=DAYS - 1),
        "end": today(),
        "moment": timezone.now() - timedelta(minutes=12),
    }


def colour_samples() -> list[dict]:
    """Each ground of the house with the inks used on it and their contrast in both themes."""
    known = contrast.tokens()
    return [
        {
            "ink": ink,
            "ground": ground,
            "least": least,
            "light": contrast.ratio(known[ink][0], known[ground][0]),
            "dark": contrast.ratio(known[ink][1], known[ground][1]),
        }
        for ink, ground, least in contrast.PAIRS
        if ground in {"card", "brand", "bad"} or ground.endswith("-soft")
    ]
