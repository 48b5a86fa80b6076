"""Cohorts: the triangle of a retention with its mean, and the curve of a survival with its band."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from ..asking import Asked
from ..source import Found
from .parts import COLOURS, Figure, Shown, named

# Cells of a triangle on a page; the files have them all.
CELLS = 3_000


@dataclass(frozen=True)
class Line:
    """One cohort: its first day, how many it has, and each cell's row of the answer."""

    cohort: date
    size: int
    cells: tuple[dict, ...]


@dataclass(frozen=True)
class Triangle:
    """All cohorts, newest last; `heads` name the columns, `mean` are the weighted means."""

    heads: tuple[str, ...]
    lines: tuple[Line, ...]
    mean: tuple[dict, ...]
    size: int
    cut: int = 0


def retention(asked: Asked, found: Found) -> Shown:
    """What to show of a retention: the curve of the means above, the triangle below."""
    answer, unit = found.answer, asked.question.unit
    totals = answer.totals["columns"]
    heads = tuple(_head(total, unit) for total in totals)
    lines = _lines(answer.rows, len(totals))
    most = max(1, CELLS // max(1, len(totals)))
    shown = tuple(line for line in lines if line.size)[-most:]
    shares = [total["share"] for total in totals]
    spec = {
        "type": "line",
        "labels": list(heads),
        "series": [{"name": _("Weighted mean of all cohorts"), "data": shares}],
        "unit": "ratio",
        "most": 1,
    }
    picked = (
        [n for n in (1, 7, 30) if n < len(totals)] if len(totals) > 8 else list(range(1, min(4, len(totals))))
    )
    figures = [Figure(_("Members of all cohorts"), answer.totals["size"])]
    figures += [Figure(heads[n], shares[n], "ratio") for n in picked]
    return Shown(
        figures=tuple(figures),
        spec=spec,
        columns=[],
        rows=[],
        own=Triangle(heads, shown, tuple(totals), answer.totals["size"], len(lines) - len(shown)),
        empty=not answer.totals["size"],
    )


def _head(total: dict, unit: str) -> str:
    number = str(total["n"]) if total["n"] == total["last"] else f"{total['n']}–{total['last']}"
    return {"day": _("Day %(n)s"), "week": _("Week %(n)s"), "month": _("Month %(n)s")}[unit] % {"n": number}


def _lines(rows: list[dict], width: int) -> list[Line]:
    cut = [rows[at : at + width] for at in range(0, len(rows), width)]
    return [Line(date.fromisoformat(cells[0]["cohort"]), cells[0]["size"], tuple(cells)) for cells in cut]


def survival(asked: Asked, found: Found) -> Shown:
    """What to show of a survival: a curve that falls in steps, with its band; a curve a group."""
    answer, by = found.answer, bool(asked.question.by)
    groups: dict[str | None, list[dict]] = {}
    for row in answer.rows:
        groups.setdefault(row.get("group"), []).append(row)
    days = sorted({0} | {row["day"] for row in answer.rows})
    curves = [
        {"name": named(name) if by else _("Still there")} | _curve(rows, days)
        for name, rows in list(groups.items())[:COLOURS]
    ]
    spec = {
        "type": "curve",
        "labels": [str(day) for day in days],
        "at": days,
        "series": curves,
        "unit": "ratio",
        "across": _("Days since the start"),
    }
    totals = answer.totals
    half = totals["median_days"]
    gone = None if half is None else _("%(number)s d") % {"number": half}
    note = _("More than half are still there.") if half is None and totals["people"] else ""
    return Shown(
        figures=(
            Figure(_("People"), totals["people"]),
            Figure(_("Lost"), totals["lost"]),
            Figure(_("Half are gone after"), gone, "text", note=note),
        ),
        spec=spec,
        legend=[(curve["name"], n) for n, curve in enumerate(curves, 1)] if by else [],
        columns=_columns(by),
        rows=[{**row, "group": named(row.get("group"))} for row in answer.rows],
        empty=not totals["people"],
    )  # fmt: skip


def _curve(rows: list[dict], days: list[int]) -> dict[str, list]:
    """The curve at all `days`: between two moments it stays where it was; after its last it is not known."""
    found: dict[str, list] = {"data": [], "low": [], "high": []}
    moments = {row["day"]: row for row in rows}
    level, end = {"survival": 1.0, "low": None, "high": None}, max(moments, default=-1)
    for day in days:
        level = moments.get(day, level)
        known = day <= end
        found["data"].append(level["survival"] if known else None)
        found["low"].append(level["low"] if known else None)
        found["high"].append(level["high"] if known else None)
    return found


def _columns(by: bool) -> list[dict]:
    return [
        *([{"key": "group", "label": _("Broken down")}] if by else []),
        {"key": "day", "label": _("Day"), "format": "number"},
        {"key": "at_risk", "label": _("Still watched"), "format": "number"},
        {"key": "lost", "label": _("Lost"), "format": "number"},
        {"key": "censored", "label": _("Censored"), "format": "number"},
        {"key": "survival", "label": _("Still there"), "format": "ratio"},
        {"key": "low", "label": _("From"), "format": "ratio"},
        {"key": "high", "label": _("To"), "format": "ratio"},
    ]
