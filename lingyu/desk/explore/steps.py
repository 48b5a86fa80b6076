"""The fields of a form that are events: one with a filter, several in an order, those that must not happen.

Rows come as parameters side by side: the first event with the first filter, and so on. Holds no markup.
"""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.http import QueryDict

from lingyu.kernel import filters
from lingyu.kernel.questions import ANY, QuestionError
from lingyu.kernel.text import N_

from .fields import Field, Pairs


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
