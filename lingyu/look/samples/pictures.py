"""Made-up tiles, charts and things to see to."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from .rows import bridge_samples
from .series import DAYS, today, wave


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
            "trend": wave(7),
            "define": about,
            "icon_name": "badge-japanese-yen",
        },
        {
            "label": _("Paid orders"),
            "value": 3907,
            "delta": 0.121,
            "trend": wave(3),
            "series": 2,
            "icon_name": "shopping-bag",
        },
        {
            "label": _("Refund rate"),
            "value": 0.0462,
            "unit": "ratio",
            "delta": 0.031,
            "good": "down",
            "trend": wave(5),
            "series": 3,
            "icon_name": "undo-2",
        },
        {
            "label": _("Average per buyer"),
            "value": 14_876,
            "unit": "money",
            "delta": -0.004,
            "trend": wave(1),
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
    days = [today() - timedelta(days=DAYS - 1 - i) for i in range(DAYS)]
    now = [round(1_200_000 + 420_000 * v) for v in wave(7)]
    before = [round(1_050_000 + 300_000 * v) for v in wave(4)]
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
                    "data": [round((260_000 - 52_000 * k) * (1 + v / 3)) for v in wave(k + 2, 12)],
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


def todo_samples() -> list[dict]:
    """Things to see to, one of each tone."""
    now = timezone.now()
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
