"""What questions are made of: steps, exclusions, spans of time, and the error of a question that makes no
sense.

Holds no whole question.
"""

import re
from datetime import timedelta
from typing import Literal

import msgspec

from .. import filters
from ..query import QueryError
from ..text import N_

ANY = "*any*"
Grain = Literal["hour", "day", "week", "month"]
Unit = Literal["day", "week", "month"]

_MILLISECOND = timedelta(milliseconds=1)
_UNITS = {
    "ms": _MILLISECOND,
    "s": timedelta(seconds=1),
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
}
_SPAN = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(ms|s|m|h|d|w)\s*")


class QuestionError(QueryError):
    """The question makes no sense: `field` says which part of it; `message` is a msgid, `params` fill it."""

    def __init__(self, field: str, message: str, **params):
        self.field = field
        super().__init__(message, field=field, **params)


class Span(msgspec.Struct, frozen=True):
    """Units from `first` to `last`, both included, counted from the start: 1 to 7 is the first week after
    it.
    """

    first: int
    last: int

    def __post_init__(self):
        if not 0 <= self.first <= self.last:
            raise QuestionError(
                "windows",
                N_("%(field)s: %(first)s–%(last)s is no span; use 0 ≤ first ≤ last."),
                first=self.first,
                last=self.last,
            )


class Step(msgspec.Struct, frozen=True, omit_defaults=True):
    """An event by name (`ANY`: whatever it is), of which only those count that the filter `where` lets
    through.

    `where` is an expression of `lingyu.kernel.filters` over the event's properties.
    """

    event: str = ANY
    where: str = ""
    label: str = ""

    def __post_init__(self):
        if not self.event:
            raise QuestionError("event", N_("%(field)s: name an event, or %(any)s."), any=ANY)
        filters.parse(self.where)

    @property
    def name(self) -> str:
        """What to call it in a chart."""
        return self.label or (f"{self.event} ({self.where})" if self.where else self.event)

    @property
    def bare(self) -> bool:
        """Whether its name alone decides, so that no property has to be read."""
        return not self.where.strip()


class Exclusion(msgspec.Struct, frozen=True, omit_defaults=True):
    """What must not happen after step `after` and before step `before` (counted from 1; 0: to the last step).

    It breaks the attempt if it lies strictly between the two; a later attempt may still succeed.
    """

    step: Step
    after: int = 1
    before: int = 0


def span(text: str, field: str = "within") -> timedelta:
    """`7d`, `36h`, `30m`, `45s`, `500ms`, `2w` or ISO's `P7D` as a length of time. Raises QuestionError."""
    if match := _SPAN.fullmatch(text.lower()):
        return float(match[1]) * _UNITS[match[2]] if "." in match[1] else int(match[1]) * _UNITS[match[2]]
    try:
        return msgspec.convert(text.strip(), timedelta)
    except msgspec.ValidationError:
        raise QuestionError(
            field, N_("%(field)s: “%(text)s” is no length of time; write 30m, 36h, 7d or 2w."), text=text
        ) from None


def span_text(length: timedelta) -> str:
    """The same as it is read: in the largest unit that goes into it without rest."""
    for name in ("w", "d", "h", "m", "s", "ms"):
        if not length % _UNITS[name]:
            return f"{length // _UNITS[name]}{name}"
    return f"{length // _MILLISECOND}ms"


def whole(field: str, length: timedelta) -> None:
    """Raise QuestionError unless `length` is positive and whole milliseconds."""
    if length <= timedelta(0) or length % _MILLISECOND:
        raise QuestionError(field, N_("%(field)s: has to be longer than nothing, in whole milliseconds."))


def within(field: str, value: int, low: int, high: int) -> None:
    """Raise QuestionError unless `low` ≤ `value` ≤ `high`."""
    if not low <= value <= high:
        raise QuestionError(
            field,
            N_("%(field)s: %(value)s is out of bounds; use %(low)s to %(high)s."),
            value=value,
            low=low,
            high=high,
        )


def needed(field: str, value: object) -> None:
    """Raise QuestionError if nothing is given."""
    if not value:
        raise QuestionError(field, N_("%(field)s: has to be given."))
