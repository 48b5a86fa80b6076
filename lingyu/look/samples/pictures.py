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
    gap = _("Import visitor counts to see it.")
    return [
        _tile(
            _("Paid amount"),
            48_216_500,
            "badge-japanese-yen",
            0.084,
            7,
            unit="money",
            final=True,
            define=about,
        ),
        _tile(_("Paid orders"), 3907, "shopping-bag", 0.121, 3, series=2),
        _tile(_("Refund rate"), 0.0462, "undo-2", 0.031, 5, unit="ratio", good="down", series=3),
        _tile(_("Average per buyer"), 14_876, "user-round", -0.004, 1, unit="money", series=4),
        {"label": _("Conversion"), "value": None, "unit": "ratio", "icon_name": "funnel", "empty": gap},
    ]


def _tile(label: str, value: float, icon_name: str, delta: float, phase: int, **more) -> dict:
    named = {"label": label, "value": value, "icon_name": icon_name, "delta": delta, "trend": wave(phase)}
    return named | more


def chart_samples() -> dict[str, dict]:
    """One spec of each kind, and one without data."""
    days = [today() - timedelta(days=DAYS - 1 - i) for i in range(DAYS)]
    shops = [_("Flagship"), _("Outlet"), _("Live stream"), _("Partners")]
    orders = [{"name": _("Paid orders"), "data": [1486, 1024, 873, 524]}]
    steps = bridge_samples()
    amounts = [{"name": _("Paid amount"), "data": [step["amount"] for step in steps]}]
    nothing = [{"name": _("This period"), "data": [None] * DAYS}]
    return {
        "line": _line(days),
        "bar": {"type": "bar", "labels": shops, "horizontal": True, "series": orders},
        "stacked": {"type": "stacked", "labels": days[-12:], "unit": "money", "series": _parts(shops)},
        "waterfall": {
            "type": "waterfall",
            "labels": [s["label"] for s in steps],
            "unit": "money",
            "series": amounts,
        },
        "donut": {"type": "donut", "labels": shops, "series": orders},
        "nothing": {"type": "line", "labels": days, "series": nothing},
    }


def _line(days: list) -> dict:
    now = [round(1_200_000 + 420_000 * v) for v in wave(7)]
    before = [round(1_050_000 + 300_000 * v) for v in wave(4)]
    return {
        "type": "line",
        "labels": days,
        "unit": "money",
        "marks": [{"at": 17, "text": _("Autumn sale")}],
        "series": [
            {"name": _("This period"), "data": now, "role": "current"},
            {"name": _("Previous period"), "data": before, "role": "previous"},
        ],
    }


def _parts(shops: list[str]) -> list[dict]:
    sizes = [260_000 - 52_000 * k for k in range(len(shops))]
    return [
        {"name": shop, "data": [round(size * (1 + v / 3)) for v in wave(k + 2, 12)]}
        for k, (shop, size) in enumerate(zip(shops, sizes, strict=True))
    ]


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
