"""Made-up data for the page that shows the design language; none of it is measured anywhere.

`style_samples()` gives the context of `/desk/style`. The texts go through gettext like any other.
"""

from datetime import date, datetime, timedelta
from math import sin

from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.translation import gettext as _

from . import contrast

DAYS = 30
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
        "tiles": tile_samples(),
        "charts": chart_samples(),
        "columns": column_samples(),
        "rows": row_samples(),
        "total": {
            "name": _("Total"),
            "visitors": 50189,
            "orders": 3241,
            "amount": 48_216_500,
            "share": 48_216_500,
            "change": 0.061,
        },
        "steps": bridge_samples(),
        "matrix": matrix_samples(),
        "todo": todo_samples(),
        "page": Paginator(range(240), 20).page(5),
        "start": _today() - timedelta(days=DAYS - 1),
        "end": _today(),
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


def tile_samples() -> list[dict]:
    """A row of tiles: the final KPI, a good and a bad change, a share, one without data."""
    about = {
        "text": _("Everything buyers paid in the period, refunds not yet taken off."),
        "formula": "sum(order_paid.amount)",
    }
    return [
        {
            "label": _("Paid amount"),
            "value": 48_216_500,
            "unit": "money",
            "delta": 0.084,
            "final": True,
            "trend": _wave(7),
            "define": about,
            "icon_name": "badge-japanese-yen",
        },
        {
            "label": _("Paid orders"),
            "value": 3907,
            "delta": 0.121,
            "trend": _wave(3),
            "series": 2,
            "icon_name": "shopping-bag",
        },
        {
            "label": _("Refund rate"),
            "value": 0.0462,
            "unit": "ratio",
            "delta": 0.031,
            "good": "down",
            "trend": _wave(5),
            "series": 3,
            "icon_name": "undo-2",
        },
        {
            "label": _("Average per buyer"),
            "value": 14_876,
            "unit": "money",
            "delta": -0.004,
            "trend": _wave(1),
            "series": 4,
            "icon_name": "user-round",
        },
        {
            "label": _("Conversion"),
            "value": None,
            "unit": "ratio",
            "icon_name": "funnel",
            "empty": _("Import visitor counts to see it."),
        },
    ]


def chart_samples() -> dict[str, dict]:
    """One spec of each kind, and one without data."""
    days = [_today() - timedelta(days=DAYS - 1 - i) for i in range(DAYS)]
    now = [round(1_200_000 + 420_000 * v) for v in _wave(7)]
    before = [round(1_050_000 + 300_000 * v) for v in _wave(4)]
    shops = [_("Flagship"), _("Outlet"), _("Live stream"), _("Partners")]
    return {
        "line": {
            "type": "line",
            "labels": days,
            "unit": "money",
            "marks": [{"at": 17, "text": _("Autumn sale")}],
            "series": [
                {"name": _("This period"), "data": now, "role": "current"},
                {"name": _("Previous period"), "data": before, "role": "previous"},
            ],
        },
        "bar": {
            "type": "bar",
            "labels": shops,
            "horizontal": True,
            "series": [{"name": _("Paid orders"), "data": [1486, 1024, 873, 524]}],
        },
        "stacked": {
            "type": "stacked",
            "labels": days[-12:],
            "unit": "money",
            "series": [
                {
                    "name": shop,
                    "data": [round((260_000 - 52_000 * k) * (1 + v / 3)) for v in _wave(k + 2, 12)],
                }
                for k, shop in enumerate(shops)
            ],
        },
        "waterfall": {
            "type": "waterfall",
            "unit": "money",
            "labels": [s["label"] for s in bridge_samples()],
            "series": [{"name": _("Paid amount"), "data": [s["amount"] for s in bridge_samples()]}],
        },
        "donut": {
            "type": "donut",
            "labels": shops,
            "series": [{"name": _("Paid orders"), "data": [1486, 1024, 873, 524]}],
        },
        "nothing": {
            "type": "line",
            "labels": days,
            "series": [{"name": _("This period"), "data": [None] * DAYS}],
        },
    }


def column_samples() -> list[dict]:
    """Columns of every kind of number."""
    return [
        {"key": "name", "label": _("Shop"), "dots": True, "href": "href"},
        {"key": "visitors", "label": _("Visitors"), "format": "number"},
        {"key": "orders", "label": _("Orders"), "format": "number"},
        {"key": "amount", "label": _("Paid amount"), "format": "money", "currency": "CNY"},
        {"key": "share", "label": _("Share"), "format": "bar", "of": 48_216_500},
        {"key": "change", "label": _("Against before"), "format": "change"},
        {
            "key": "state",
            "label": _("State"),
            "format": "tag",
            "tones": {_("Running"): "good", _("Due"): "warn", _("Closed"): ""},
        },
    ]


def row_samples() -> list[dict]:
    """Rows for those columns."""
    made = [
        (_("Flagship"), 18_420, 1486, 20_614_300, 0.062, _("Running")),
        (_("Outlet"), 14_877, 1024, 13_987_200, 0.148, _("Running")),
        (_("Live stream"), 9_310, 473, 9_115_000, 0.031, _("Running")),
        (_("Partners"), 6_204, 224, 3_980_000, -0.024, _("Due")),
        (_("Pop-up stand"), 1_378, 34, 520_000, None, _("Closed")),
    ]
    return [
        {
            "name": n,
            "href": "#tables",
            "visitors": v,
            "orders": o,
            "amount": a,
            "share": a,
            "change": c,
            "state": s,
        }
        for n, v, o, a, c, s in made
    ]


def bridge_samples() -> list[dict]:
    """Visitors x conversion x value, from one period to the next."""
    return [
        {"label": _("Previous period"), "amount": 44_480_000, "kind": "total"},
        {"label": _("Visitors"), "amount": 5_210_400, "kind": "change", "note": "+11.2%"},
        {"label": _("Conversion"), "amount": -2_684_900, "kind": "change", "note": "−5.6%"},
        {"label": _("Average per order"), "amount": 1_211_000, "kind": "change", "note": "+2.6%"},
        {"label": _("This period"), "amount": 48_216_500, "kind": "total"},
    ]


def matrix_samples() -> list[tuple]:
    """Retention of four weeks: the week, how many, and their shares."""
    kept = (
        [1, 0.462, 0.381, 0.33, 0.304],
        [1, 0.479, 0.396, 0.348, None],
        [1, 0.495, 0.412, None, None],
        [1, 0.523, None, None, None],
    )
    monday = _today() - timedelta(days=_today().weekday() + 28)
    return [(monday + timedelta(weeks=i), 4120 + 298 * i, shares) for i, shares in enumerate(kept)]


def todo_samples() -> list[dict]:
    """Things to see to, one of each tone."""
    now: datetime = timezone.now()
    return [
        {
            "title": _("Refund rate rose three days in a row"),
            "text": _("Mostly the outlet; sizes run small."),
            "icon": "triangle-alert",
            "tone": "bad",
            "at": now - timedelta(hours=2),
        },
        {
            "title": _("Goal of the quarter: 80% reached"),
            "text": _("Six weeks are left."),
            "icon": "trophy",
            "tone": "good",
            "at": now - timedelta(days=1),
        },
        {
            "title": _("37 comments are waiting"),
            "text": _("The oldest for eighteen minutes."),
            "icon": "shield-check",
            "tone": "warn",
            "at": now - timedelta(minutes=18),
        },
    ]


def _wave(phase: int, length: int = DAYS) -> list[float]:
    return [
        round(i / length * 0.9 + 0.35 * sin(i / 2.3 + phase) + 0.2 * sin(i * 1.7 + phase * 2), 3)
        for i in range(length)
    ]


def _today() -> date:
    return timezone.localdate()
