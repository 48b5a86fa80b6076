"""The fields of a question's form: how each is read from an address and written into one.

A field turns parameters into a part of the question's JSON, and back. Holds no markup and no kind of
question: `kinds` puts them together, the templates draw them by `shape`; those of events are `steps`.
"""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar

import msgspec
from django.http import QueryDict

from lingyu.kernel.questions import QuestionError, span, span_text
from lingyu.kernel.text import N_

Pairs = list[tuple[str, str]]
_RANGE = re.compile(r"(\d+)(?:\s*[-–~]\s*(\d+))?")


@dataclass(frozen=True, kw_only=True)
class Field:
    """One field: `name` in the address and the question, its label, what helps; `more` folds it away."""

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
