"""What drawings are made of: figures, names of groups and nodes, lengths of time, what is not over yet.

Holds no kind of question.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lingyu.kernel.questions import ANY, Answer
from lingyu.kernel.questions.days import day_of, ends, number, unit_of
from lingyu.look import formats

# As many series as there are colours that can be told apart.
COLOURS = 6


@dataclass(frozen=True)
class Figure:
    """One number above a chart: `value` by `format` (number, ratio, text), a note, a relative change."""

    label: str
    value: Any
    format: str = "number"
    note: str = ""
    change: float | None = None
    digits: int = 0


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What is seen of an answer.

    `spec` is a chart's (`lingyu.look.charts`), `legend` what its colours are, `columns`, `rows` and `total`
    a table's. `own` is what only one kind has: a funnel's bars, a retention's triangle. `empty` says that
    nothing was found.
    """

    figures: tuple[Figure, ...]
    columns: list[dict]
    rows: list[dict]
    spec: dict | None = None
    legend: list[tuple[str, int | str]] = field(default_factory=list)
    total: dict | None = None
    own: Any = None
    notes: tuple[str, ...] = ()
    empty: bool = False


def named(value: str | None) -> str:
    """What a group, channel or node is called."""
    special = {
        None: _("(not set)"),
        "": _("(empty)"),
        ANY: _("Any event"),
        "*others*": _("Others"),
        "*none*": _("No touch"),
        "*exit*": _("Leaves"),
        "*entry*": _("Comes in"),
    }
    return special.get(value, value) if value is None or value in special else value


def duration(seconds: float | None) -> str | None:
    """A length of time in its two largest units."""
    if seconds is None:
        return None
    if seconds < 60:
        return _("%(number)s s") % {"number": f"{seconds:.3g}"}
    units = ((86_400, _("%(number)s d")), (3_600, _("%(number)s h")), (60, _("%(number)s min")))
    sizes = [(size, text) for size, text in units if seconds >= size]
    size, text = sizes[0]
    first = text % {"number": int(seconds // size)}
    smaller = units[units.index(sizes[0]) + 1 :]
    if not smaller:
        return first
    rest = int(seconds % size // smaller[0][0])
    return f"{first} {smaller[0][1] % {'number': rest}}" if rest else first


def figures(value: int) -> str:
    """A whole number as the reader writes it."""
    return formats.number(value, get_language() or "en")


def standing(answer: Answer, begins: date, unit: str) -> str:
    """Whether a bucket is `whole`, `partial`, `future`, or from `before` the history."""
    last = day_of(ends(unit_of(number(begins), unit), unit))
    fresh = answer.freshness.astimezone(ZoneInfo(answer.zone)).date() if answer.freshness else last
    if answer.history_from and last < answer.history_from:
        return "before"
    if begins > fresh:
        return "future"
    return "whole" if last < fresh else "partial"


def change(now: float | None, before: float | None) -> float | None:
    """The relative change; None where it has no sense."""
    return (now - before) / abs(before) if before and now is not None else None
