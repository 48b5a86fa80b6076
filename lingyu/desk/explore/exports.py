"""An answer as a file: all its rows, what its columns mean, and the hash of its definition in every row.

Holds columns and rows; `lingyu.store.sheets` writes the formats.
"""

from collections.abc import Iterator
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from lingyu.kernel.operations import Operation
from lingyu.kernel.questions import Answer
from lingyu.kernel.text import N_
from lingyu.store.sheets import Column

from ..exports import response
from . import words
from .asking import Asked
from .drawings.parts import named
from .source import Found

# What stands over the columns of answers; a name that is not here stands there as it is.
HEADS = {
    "group": N_("Broken down"), "time": N_("Date"), "value": N_("Value"), "step": N_("Step"),
    "label": N_("Event"),
    "count": N_("Reached"), "share": N_("Share"), "share_of_previous": N_("Of the one before"),
    "lost": N_("Lost"), "median_seconds": N_("Median time, seconds"),
    "mean_seconds": N_("Mean time, seconds"),
    "p90_seconds": N_("90 % are faster than, seconds"), "cohort": N_("Cohort"), "size": N_("People in it"),
    "n": N_("First unit"), "last": N_("Last unit"), "retained": N_("Came back"), "complete": N_("Over"),
    "active": N_("Active"), "new": N_("New"), "returning": N_("Returning"),
    "resurrecting": N_("Resurrecting"), "dormant": N_("Dormant"), "active_before": N_("Active before"),
    "units": N_("Units"), "people": N_("People"),
    "at_least": N_("On so many or more"), "share_at_least": N_("Share of these"), "stage": N_("Step"),
    "source": N_("From"), "target": N_("To"), "sessions": N_("Sessions"), "day": N_("Day"),
    "at_risk": N_("Still watched"), "censored": N_("Censored"), "survival": N_("Still there"),
    "error": N_("Standard error"), "low": N_("From"), "high": N_("To"), "model": N_("Model"),
    "channel": N_("Channel"), "conversions": N_("Conversions"),
}  # fmt: skip
_KINDS = {"whole": "count", "number": "number", "share": "percent", "seconds": "number"}


def file(operation: Operation, asked: Asked, found: Found, kind: str):
    """The download. Its name and each of its rows carry the hash of the definition."""
    answer = found.answer
    days = f"{asked.period.start}-{asked.period.end}"
    name = f"{slugify(operation.code)}-{asked.kind.code}-{days}-{answer.hash[:12]}"
    return response(
        name, kind, list(columns(answer, found)), rows(answer, found), title=_(asked.kind.title),
        notes=notes(asked, answer),
    )  # fmt: skip


def columns(answer: Answer, found: Found) -> Iterator[Column]:
    """The answer's columns, that of the period before, and the definition's hash."""
    for column in answer.columns:
        yield Column(column.name, _(HEADS.get(column.name, column.name)), _KINDS.get(column.kind, "text"))
    if _compared(answer, found):
        yield Column("before_time", _("Compared date"), "text")
        yield Column("before", _("compared"), "number")
    yield Column("definition", _("Definition hash"), "text")


def rows(answer: Answer, found: Found) -> Iterator[tuple]:
    """The answer's rows in that order."""
    before = found.before.rows if _compared(answer, found) else None
    for at, row in enumerate(answer.rows):
        cells: list[Any] = [_cell(row[column.name], column.kind) for column in answer.columns]
        if before is not None:
            other = before[at] if at < len(before) else {"time": None, "value": None}
            cells += [other["time"], other["value"]]
        yield (*cells, answer.hash)


def notes(asked: Asked, answer: Answer) -> list[tuple[str, str]]:
    """What a reader of the file must know."""
    lines = [
        (_("What is asked"), _(asked.kind.about)),
        (_("Period"), str(asked.period)),
        (_("Time zone"), answer.zone),
        (_("Counted up to"), answer.freshness.isoformat(timespec="seconds") if answer.freshness else ""),
        (_("History available from"), str(answer.history_from or "")),
        *words.meanings(asked.question),
        *((_("Beware"), _(caveat.message) % caveat.params) for caveat in answer.caveats),
        (_("Definition hash"), answer.hash),
    ]
    return lines


def _compared(answer: Answer, found: Found) -> bool:
    return found.before is not None and "group" not in {column.name for column in answer.columns}


def _cell(value: Any, kind: str) -> Any:
    if kind == "text":
        return (_("yes") if value else _("no")) if isinstance(value, bool) else named(value)
    return value
