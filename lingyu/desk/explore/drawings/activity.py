"""Activity: the life-cycle in stacked bars with the dormant below zero, and the histogram of stickiness."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..asking import Asked
from ..source import Found
from .parts import Figure, Shown, figures, standing

# Parts of the life-cycle and their colours, from zero upwards.
COLOURS = {"returning": 1, "resurrecting": 4, "new": 2, "dormant": 3}


def lifecycle(asked: Asked, found: Found) -> Shown:
    """What to show of a life-cycle. Buckets to come and those before the history are unknown, not nought."""
    answer, grain = found.answer, asked.question.grain
    marks = [standing(answer, date.fromisoformat(row["time"]), grain) for row in answer.rows]
    names = {
        "returning": _("Returning"),
        "resurrecting": _("Resurrecting"),
        "new": _("New"),
        "dormant": _("Dormant"),
    }
    rows = [row for row, mark in zip(answer.rows, marks, strict=True) if mark in ("whole", "partial")]
    known = [mark for mark in marks if mark in ("whole", "partial")]
    spec = {
        "type": "stacked",
        "labels": [date.fromisoformat(row["time"]) for row in rows],
        "series": [
            {
                "name": name,
                "colour": COLOURS[key],
                "data": [(-1 if key == "dormant" else 1) * row[key] for row in rows],
            }
            for key, name in names.items()
        ],
        "unit": "count",
        "grain": grain,
        "partial": [n for n, mark in enumerate(known) if mark == "partial"],
    }
    totals = answer.totals
    last = next(
        (row for row, mark in zip(reversed(rows), reversed(known), strict=True) if mark == "whole"), None
    )
    return Shown(
        figures=(
            Figure(_("Active in the last whole bucket"), last["active"] if last else None),
            Figure(_("New"), totals.get("new")),
            Figure(_("Resurrecting"), totals.get("resurrecting")),
            Figure(_("Dormant"), totals.get("dormant")),
        ),
        spec=spec,
        legend=[(name, COLOURS[key]) for key, name in names.items()],
        columns=_columns(names),
        rows=[_row(row, mark) for row, mark in zip(rows, known, strict=True)],
        notes=(_balance(rows, totals),) if rows else (),
        empty=not any(row["active"] or row["active_before"] for row in rows),
    )


def _balance(rows: list[dict], totals: dict) -> str:
    """The life-cycle's balance over the whole period, in figures."""
    return _(
        "Active at the end %(ended)s = %(begun)s at the beginning + %(new)s new + %(back)s resurrecting "
        "− %(gone)s dormant."
    ) % {
        "ended": figures(rows[-1]["active"]),
        "begun": figures(rows[0]["active_before"]),
        "new": figures(totals.get("new", 0)),
        "back": figures(totals.get("resurrecting", 0)),
        "gone": figures(totals.get("dormant", 0)),
    }


def _columns(names: dict[str, str]) -> list[dict]:
    return [
        {"key": "time", "label": _("Date")},
        {"key": "active_before", "label": _("Active before"), "format": "number"},
        *(
            {"key": key, "label": names[key], "format": "number"}
            for key in ("new", "resurrecting", "dormant")
        ),
        {"key": "active", "label": _("Active"), "format": "number"},
        {"key": "returning", "label": names["returning"], "format": "number"},
    ]


def _row(row: dict, mark: str) -> dict:
    return row | {"time": row["time"] + (" · " + _("not over yet") if mark == "partial" else "")}


def stickiness(asked: Asked, found: Found) -> Shown:
    """What to show of stickiness: how many people came on exactly so many of the units."""
    answer, grain = found.answer, asked.question.grain
    rows, totals = answer.rows, answer.totals
    spec = {
        "type": "bar",
        "labels": [str(row["units"]) for row in rows],
        "series": [{"name": _("People"), "data": [row["people"] for row in rows]}],
        "unit": "count",
        "across": {"day": _("Days with it"), "week": _("Weeks with it"), "month": _("Months with it")}[grain],
    }
    half = next((row for row in reversed(rows) if (row["share_at_least"] or 0) >= 0.5), None)
    of = ngettext("of %(number)s", "of %(number)s", totals["units"]) % {"number": totals["units"]}
    return Shown(
        figures=(
            Figure(_("People"), totals["people"]),
            Figure(_("On average on"), totals["mean_units"], digits=1, note=of),
            Figure(_("Half come on at least"), half["units"] if half else None, note=of),
        ),
        spec=spec,
        columns=[
            {"key": "units", "label": spec["across"], "format": "number"},
            {"key": "people", "label": _("People"), "format": "number"},
            {"key": "share", "label": _("Share"), "format": "bar", "of": 1},
            {"key": "at_least", "label": _("On so many or more"), "format": "number"},
            {"key": "share_at_least", "label": _("Share of these"), "format": "ratio"},
        ],
        rows=rows,
        empty=not totals["people"],
    )
