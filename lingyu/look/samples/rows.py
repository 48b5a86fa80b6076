"""Made-up tables, bridges and matrices."""

from datetime import timedelta

from django.utils.translation import gettext as _

from .series import today


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
    monday = today() - timedelta(days=today().weekday() + 28)
    return [(monday + timedelta(weeks=i), 4120 + 298 * i, shares) for i, shares in enumerate(kept)]


def network_sample() -> dict:
    """Five accounts, and how surely each pair belongs together."""
    names = {key: _("Account %(letter)s") % {"letter": key.upper()} for key in "abcde"}
    edges = [("a", "b", 0.9), ("b", "c", 0.75), ("a", "c", 0.6), ("c", "d", 0.8), ("d", "e", 0.3)]
    return {"names": names, "edges": edges}
