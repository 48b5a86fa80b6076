"""A trend: a line of the period with the one before beneath, or a line a group."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from ..asking import Asked
from ..source import Found
from .parts import COLOURS, Figure, Shown, change, named, standing

WHOLE = ("events", "people", "sum")


def trend(asked: Asked, found: Found) -> Shown:
    """What to show of a trend. Buckets that are not over are marked; those to come are unknown."""
    answer, question = found.answer, asked.question
    marks = {row["time"]: _standing(answer, row["time"], question.grain) for row in answer.rows}
    labels = list(marks)
    groups = _by_group(answer.rows, marks)
    before = _before(found, marks)
    digits = 0 if question.measure in ("events", "people") else 2
    series = [
        {
            "name": named(name) if question.by else _("This period"),
            "data": list(values.values()),
            "role": None,
        }
        for name, values in groups.items()
    ]
    if before:
        series.append({"name": _("Previous period"), "data": before, "role": "previous"})
    spec = {
        "type": "line",
        "labels": [_label(text) for text in labels],
        "series": [{k: v for k, v in s.items() if v is not None} for s in _drawn(series, bool(question.by))],
        "unit": "count" if digits == 0 else "number",
        "grain": question.grain if question.grain in ("day", "week", "month") else "day",
        "partial": [n for n, mark in enumerate(marks.values()) if mark == "partial"],
    }
    legend = [(s["name"], "dashed" if s.get("role") else n) for n, s in enumerate(spec["series"], 1)]
    columns, rows = _table(labels, marks, series, digits)
    empty = not any(value for values in groups.values() for value in values.values())
    return Shown(
        figures=_figures(asked, found, digits), spec=spec, legend=legend if len(legend) > 1 else [],
        columns=columns, rows=rows, notes=_notes(asked, groups), empty=empty,
    )  # fmt: skip


def _by_group(rows: list[dict], marks: dict[str, str]) -> dict[str | None, dict[str, float | None]]:
    groups: dict[str | None, dict[str, float | None]] = {}
    for row in rows:
        known = marks[row["time"]] in ("whole", "partial")
        groups.setdefault(row.get("group"), {})[row["time"]] = row["value"] if known else None
    return groups


def _before(found: Found, marks: dict[str, str]) -> list[float | None]:
    """The period before, bucket by bucket; not for groups, which may be others then."""
    if found.before is None or "group" in (found.before.rows or [{"group": 1}])[0]:
        return []
    rows = found.before.rows[: len(marks)]
    known = [_standing(found.before, row["time"], found.before.question["grain"]) != "before" for row in rows]
    values = [row["value"] if there else None for row, there in zip(rows, known, strict=True)]
    return [*values, *[None] * (len(marks) - len(values))]


def _drawn(series: list[dict], grouped: bool) -> list[dict]:
    return series[:COLOURS] if grouped else series


def _standing(answer, text: str, grain: str) -> str:
    if grain != "hour":
        return standing(answer, date.fromisoformat(text), grain)
    begins, fresh = datetime.fromisoformat(text), answer.freshness
    if answer.history_from and begins.date() < answer.history_from:
        return "before"
    if begins > fresh:
        return "future"
    return "whole" if (fresh - begins).total_seconds() >= 3600 else "partial"


def _label(text: str) -> date | str:
    return date.fromisoformat(text) if len(text) == 10 else text[5:16].replace("T", " ")


def _figures(asked: Asked, found: Found, digits: int) -> tuple[Figure, ...]:
    total = found.answer.totals.get("value")
    before = found.before.totals.get("value") if found.before else None
    # A period that begins before the history has nothing fair to be compared with.
    fair = (
        found.before and found.before.history_from and asked.before.period.start >= found.before.history_from
    )
    whole = Figure(
        _("In the whole period"), total, digits=digits, change=change(total, before) if fair else None,
        note=_("The period before is not wholly known.") if found.before and not fair else "",
    )  # fmt: skip
    return (whole,)


def _table(labels: list[str], marks: dict, series: list[dict], digits: int) -> tuple[list[dict], list[dict]]:
    columns = [{"key": "time", "label": _("Date")}]
    columns += [
        {"key": f"v{n}", "label": s["name"], "format": "number", "digits": digits}
        for n, s in enumerate(series)
    ]
    rows = []
    for at, text in enumerate(labels):
        name = text if len(text) == 10 else text[:16].replace("T", " ")
        row = {"time": name + (" · " + _("not over yet") if marks[text] == "partial" else "")}
        rows.append(row | {f"v{n}": s["data"][at] for n, s in enumerate(series)})
    return columns, rows


def _notes(asked: Asked, groups: dict) -> tuple[str, ...]:
    if asked.question.by and len(groups) > COLOURS:
        return (
            _("The chart draws the first %(number)s groups; the table has them all.") % {"number": COLOURS},
        )
    return ()
