"""The fields of a question's form: how each is read from an address and written into one.

A field turns parameters into a part of the question's JSON, and back. Holds no markup and no kind of
question: `kinds` puts them together, the templates draw them by `shape`.
"""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar

import msgspec
from django.http import QueryDict

from lingyu.kernel import filters
from lingyu.kernel.questions import ANY, QuestionError, span, span_text
from lingyu.kernel.text import N_

Pairs = list[tuple[str, str]]
_RANGE = re.compile(r"(\d+)(?:\s*[-–~]\s*(\d+))?")


@dataclass(frozen=True, kw_only=True)
class Field:
    """One field: `name` in the address and in the question, what people call it, what helps; `more` hides it at first."""

    name: str
    label: str
    help: str = ""
    more: bool = False
    shape: ClassVar[str] = "text"

    def read(self, params: QueryDict) -> dict[str, Any]:
        """Its part of the question; nothing where nothing is given. Raises QuestionError, FilterError."""
        text = params.get(self.name, "").strip()
        return {self.name: self.parsed(text)} if text else {}

    def parsed(self, text: str) -> Any:
        """What the text means."""
        return text

    def write(self, data: dict[str, Any]) -> Pairs:
        """It as parameters of an address, from the question's JSON."""
        return [(self.name, self.written(data.get(self.name)))]

    def written(self, value: Any) -> str:
        """A value as text."""
        return "" if value is None else str(value)


@dataclass(frozen=True, kw_only=True)
class Choice(Field):
    """One of few: (value, what people call it)."""

    options: tuple[tuple[str, str], ...]
    shape: ClassVar[str] = "choice"


@dataclass(frozen=True, kw_only=True)
class YesNo(Choice):
    """Yes or no; yes unless said otherwise."""

    options: tuple[tuple[str, str], ...] = (("yes", N_("yes")), ("no", N_("no")))

    def parsed(self, text: str) -> bool:
        """Whether it is yes."""
        return text != "no"

    def written(self, value: Any) -> str:
        """The word for it."""
        return "yes" if value else "no"


@dataclass(frozen=True, kw_only=True)
class Number(Field):
    """A number between two; `share` is told in percent and asked as a part of 1."""

    low: int = 1
    high: int = 1_000
    share: bool = False
    shape: ClassVar[str] = "number"

    def parsed(self, text: str) -> int | float:
        """The number. Raises QuestionError."""
        try:
            return float(text.rstrip("%")) / 100 if self.share else int(text)
        except ValueError:
            raise QuestionError(self.name, N_("“%(text)s” is no number."), text=text[:20]) from None

    def written(self, value: Any) -> str:
        """The figures."""
        return f"{value * 100:g}" if self.share else str(value)


@dataclass(frozen=True, kw_only=True)
class Length(Field):
    """A length of time: 30m, 36h, 7d."""

    shape: ClassVar[str] = "length"

    def parsed(self, text: str) -> timedelta:
        """The length. Raises QuestionError."""
        return span(text, self.name)

    def written(self, value: Any) -> str:
        """In the largest unit that goes into it, up to days."""
        length = msgspec.convert(value, timedelta)
        return f"{length.days}d" if length == timedelta(length.days) else span_text(length)


@dataclass(frozen=True, kw_only=True)
class Property(Field):
    """The name of a property; `numeric` offers those that are numbers."""

    numeric: bool = False
    shape: ClassVar[str] = "property"


@dataclass(frozen=True, kw_only=True)
class Words(Field):
    """Several texts, parted by commas."""

    def parsed(self, text: str) -> list[str]:
        """The texts."""
        return [word for part in re.split("[,，]", text) if (word := part.strip())]

    def written(self, value: Any) -> str:
        """One line of them."""
        return ", ".join(value)


@dataclass(frozen=True, kw_only=True)
class Windows(Field):
    """Spans of units: 1-7, 8-14."""

    def parsed(self, text: str) -> list[dict[str, int]]:
        """First and last unit of each. Raises QuestionError."""
        return [self._span(part.strip()) for part in re.split("[,，]", text) if part.strip()]

    def _span(self, part: str) -> dict[str, int]:
        if not (match := _RANGE.fullmatch(part)):
            raise QuestionError(self.name, N_("“%(text)s” is no span; write 1-7, 8-14."), text=part[:20])
        return {"first": int(match[1]), "last": int(match[2] or match[1])}

    def written(self, value: Any) -> str:
        """One line of them."""
        return ", ".join(f"{w['first']}-{w['last']}" for w in value or ())


@dataclass(frozen=True, kw_only=True)
class Several(Field):
    """Any of few."""

    options: tuple[tuple[str, str], ...]
    shape: ClassVar[str] = "several"

    def read(self, params: QueryDict) -> dict[str, Any]:
        """Those that are given."""
        return {self.name: params.getlist(self.name)} if params.getlist(self.name) else {}

    def write(self, data: dict[str, Any]) -> Pairs:
        """One parameter each."""
        return [(self.name, value) for value in data.get(self.name) or ()]


@dataclass(frozen=True, kw_only=True)
class Among(Field):
    """A saved segment: only its people count."""

    shape: ClassVar[str] = "segment"

    def parsed(self, text: str) -> dict[str, str]:
        """The condition to be in it."""
        return {"is": "saved", "name": text}

    def written(self, value: Any) -> str:
        """Its id."""
        return value["name"] if value else ""


@dataclass(frozen=True, kw_only=True)
class OneStep(Field):
    """An event with a filter; without one any event, or, where it is `optional`, no step at all."""

    optional: bool = False
    shape: ClassVar[str] = "step"

    def read(self, params: QueryDict) -> dict[str, Any]:
        """The step. Raises FilterError."""
        event, where = params.get(self.name, "").strip(), params.get(f"{self.name}_where", "").strip()
        if self.optional and not event and not where:
            return {}
        return {self.name: step(event, where, f"{self.name}_where")}

    def write(self, data: dict[str, Any]) -> Pairs:
        """Event and filter."""
        return [(self.name, _event(data.get(self.name))), (f"{self.name}_where", _where(data.get(self.name)))]


@dataclass(frozen=True, kw_only=True)
class Steps(Field):
    """Events in an order, each with a filter; rows without an event are not there yet."""

    most: int = 20
    shape: ClassVar[str] = "steps"

    def read(self, params: QueryDict) -> dict[str, Any]:
        """The steps. Raises FilterError, whose place is `step_where.N`."""
        return {
            "steps": [
                step(event, where, f"step_where.{number}")
                for number, (event, where) in enumerate(rows(params, "step", "step_where"))
                if event
            ]
        }

    def write(self, data: dict[str, Any]) -> Pairs:
        """A pair of parameters each; filters only where there is any."""
        steps = data.get("steps") or ()
        filtered = any(_where(s) for s in steps)
        pairs: Pairs = []
        for s in steps:
            pairs += [("step", s.get("event", ANY))] + ([("step_where", _where(s))] if filtered else [])
        return pairs


@dataclass(frozen=True, kw_only=True)
class Exclusions(Field):
    """What must not happen between two steps: event, after which, before which."""

    shape: ClassVar[str] = "exclusions"

    def read(self, params: QueryDict) -> dict[str, Any]:
        """The exclusions. Raises QuestionError."""
        found = []
        for event, after, before in rows(params, "not", "not_after", "not_before"):
            if event:
                numbers = [int(text) if text.isdigit() else None for text in (after or "1", before or "0")]
                if None in numbers:
                    raise QuestionError("exclusions", N_("Say after and before which step, in figures."))
                found.append({"step": {"event": event}, "after": numbers[0], "before": numbers[1]})
        return {"exclusions": found} if found else {}

    def write(self, data: dict[str, Any]) -> Pairs:
        """Three parameters each."""
        pairs: Pairs = []
        for one in data.get("exclusions") or ():
            pairs += [("not", _event(one["step"]) or ANY), ("not_after", str(one.get("after", 1)))]
            pairs.append(("not_before", str(one.get("before", 0))))
        return pairs


def rows(params: QueryDict, *names: str) -> list[tuple[str, ...]]:
    """Parameters that come in lists side by side, as rows; what is missing is empty."""
    lists = [params.getlist(name) for name in names]
    return [
        tuple(values[number].strip() if number < len(values) else "" for values in lists)
        for number in range(len(lists[0]))
    ]


class WhereError(QuestionError):
    """A filter that can't be read: the place of it, and what the filter's reader said."""


def step(event: str, where: str, place: str) -> dict[str, str]:
    """A step's JSON. Raises WhereError."""
    try:
        filters.parse(where)
    except filters.FilterError as error:
        raise WhereError(place, error.message, **error.params) from None
    return {"event": event or ANY, "where": where}


def _event(data: dict[str, Any] | None) -> str:
    name = (data or {}).get("event", ANY)
    return "" if name == ANY else name


def _where(data: dict[str, Any] | None) -> str:
    return (data or {}).get("where", "")
