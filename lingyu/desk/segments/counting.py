"""What is shown of a condition and of the facts: how many, who for instance, page by page, by name.

Holds no condition's meaning.
"""

from collections.abc import Iterator
from datetime import date, datetime

import msgspec
import numpy as np

from lingyu.kernel.questions import Condition
from lingyu.kernel.questions.days import day_of
from lingyu.store.explore import segments
from lingyu.store.explore.sequences import Sequences

from . import shelf

SAMPLE = 20
BLOCK = 1_000


class Look(msgspec.Struct, frozen=True):
    """How many meet a condition, of how many, and some of them, spread over all: (number, name)."""

    people: int
    everybody: int
    sample: list[tuple[int, str]]

    @property
    def share(self) -> float | None:
        """Of everybody; None where there is nobody."""
        return self.people / self.everybody if self.everybody else None


class Person(msgspec.Struct, frozen=True):
    """One of a segment, by the name that is surest."""

    person: str


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """Some people of a segment in a fixed order; `next` is what the following page is asked `after`."""

    total: int
    people: list[Person]
    next: int | None


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """What happened so often, by so many, and on which days first and last."""

    event: str
    times: int
    people: int
    first: date
    last: date


class Happened(msgspec.Struct, frozen=True, kw_only=True):
    """All names of events, the most frequent first; machines are left out."""

    events: list[Event]
    freshness: datetime


def look(condition: Condition, source: Sequences, sample: bool = True) -> Look:
    """How many, and some of them. Raises QuestionError and EngineError."""
    found = segments.people(condition, source, shelf.condition_of)
    numbers: list[int] = []
    if sample and found:
        spread = np.unique(np.linspace(0, len(found) - 1, SAMPLE).astype(np.int64))
        numbers = [found[int(place)] for place in spread]
    names = source.keys(numbers)
    return Look(len(found), len(segments.all_people(source)), list(zip(numbers, names, strict=True)))


def page(condition: Condition, source: Sequences, limit: int, after: int) -> Page:
    """Up to `limit` people whose number comes after `after`."""
    found = segments.people(condition, source, shelf.condition_of)
    begins = found.rank(after) if after >= 0 else 0
    numbers = [int(number) for number in found[begins : begins + limit]]
    more = begins + len(numbers) < len(found)
    people = [Person(key) for key in source.keys(numbers)]
    return Page(total=len(found), people=people, next=numbers[-1] if numbers and more else None)


def names(condition: Condition, source: Sequences) -> Iterator[str]:
    """What everybody of a segment is called, in blocks."""
    found = segments.people(condition, source, shelf.condition_of)
    for begins in range(0, len(found), BLOCK):
        yield from source.keys([int(number) for number in found[begins : begins + BLOCK]])


def events(source: Sequences) -> Happened:
    """What has happened."""
    if source.first_day is None:
        return Happened(events=[], freshness=source.freshness)
    rows = source.ask(
        "SELECT event, count(*), count(DISTINCT person) FILTER (person > 0), min(day), max(day) "
        f"FROM {source.relation({'event', 'person', 'day'}, source.first_day, source.last_day)} "
        "GROUP BY event ORDER BY 2 DESC, event"
    )
    found = [
        Event(event=name, times=times, people=people, first=day_of(int(first)), last=day_of(int(last)))
        for name, times, people, first, last in rows
    ]
    return Happened(events=found, freshness=source.freshness)
