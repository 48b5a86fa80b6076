"""Segments: who meets a nested condition, as one bitmap of people.

What names alone decide comes from the bitmaps and journeys, what properties decide from SQL. Everybody, of
whom "not" takes away, is whoever has any event. Holds no reasons for one person: `why` does.
"""

from collections.abc import Callable

import numpy as np
from numba import njit
from pyroaring import BitMap

from lingyu.kernel import filters
from lingyu.kernel.questions import (
    And,
    Answer,
    Condition,
    Did,
    Funnel,
    Latest,
    Not,
    Or,
    QuestionError,
    Saved,
    Segment,
    Sequence,
    Step,
)
from lingyu.kernel.questions.days import number
from lingyu.kernel.text import N_

from .bitmaps import bitmap_of
from .expressions import as_text, columns_of, condition, of_step
from .framing import answer, columns, share
from .funnels import walk
from .matching import Doers, matched
from .sequences import Property, Sequences

SAMPLE = 20
# From the name of a saved segment to its condition; None where there is none.
Shelf = Callable[[str], Condition | None]


def nothing_saved(name: str) -> None:
    """The shelf of who has no saved segments."""


def segment(asked: Segment, source: Sequences, saved: Shelf = nothing_saved) -> Answer:
    """The answer to a segment: how many people it has, and a sample of them spread over all."""
    found = people(asked.condition, source, saved)
    everybody = len(all_people(source))
    spread = np.unique(np.linspace(0, len(found) - 1, SAMPLE).astype(np.int64)) if found else []
    sample = [{"person": key} for key in source.keys([found[int(place)] for place in spread])]
    totals = {"people": len(found), "everybody": everybody, "share": share(len(found), everybody)}
    return answer(asked, source, columns(person="text"), sample, totals)


def people(asked: Condition, source: Sequences, saved: Shelf = nothing_saved, within=()) -> BitMap:
    """Who meets `asked`. Raises QuestionError for a saved segment that is not there or stands on itself."""
    match asked:
        case Did():
            return did(asked, source)
        case Sequence():
            return sequence(asked, source)
        case Latest():
            return latest(asked, source)
        case Saved(name=name):
            return people(opened(name, saved, within), source, saved, (*within, name))
        case Not(item=item):
            return all_people(source) - people(item, source, saved, within)
        case And(items=items):
            found = [people(item, source, saved, within) for item in items]
            return BitMap.intersection(*found) if found else all_people(source)
        case Or(items=items):
            return (
                BitMap.union(*[people(item, source, saved, within) for item in items]) if items else BitMap()
            )
    raise TypeError(f"no condition: {asked!r}")


def opened(name: str, saved: Shelf, within: tuple[str, ...]) -> Condition:
    """The condition of a saved segment."""
    if name in within:
        raise QuestionError("name", N_("%(field)s: the segment “%(name)s” refers to itself."), name=name)
    found = saved(name)
    if found is None:
        raise QuestionError("name", N_("%(field)s: no segment “%(name)s” is saved."), name=name)
    return found


def all_people(source: Sequences) -> BitMap:
    """Whoever has any event."""
    if source.first_day is None:
        return BitMap()
    return Doers(source, Step(), source.first_day, source.last_day).during(source.first_day, source.last_day)


def window(asked: Did | Sequence, source: Sequences) -> tuple[int, int]:
    """The days that a condition is about."""
    first, last = source.first_day or 0, -1 if source.last_day is None else source.last_day
    if asked.period:
        return number(asked.period.start), number(asked.period.end)
    return (last - asked.last + 1, last) if asked.last else (first, last)


def did(asked: Did, source: Sequences) -> BitMap:
    """Who did it as often as asked."""
    first, last = window(asked, source)
    if asked.at_least <= 1 and not asked.at_most:
        doers = Doers(source, asked.step, first, last).during(first, last)
        if asked.at_most == 0:
            return all_people(source) - doers
        return all_people(source) if asked.at_least == 0 else doers
    times = _times(asked.step, source, first, last)
    most = np.iinfo(np.int64).max if asked.at_most is None else asked.at_most
    found = bitmap_of(np.flatnonzero((times >= asked.at_least) & (times <= most)))
    return found & all_people(source)


def _times(step: Step, source: Sequences, first: int, last: int) -> np.ndarray:
    """How often each person did `step`."""
    times = np.zeros(source.people, np.int64)
    if step.bare:
        found = matched(source, [step], first, last)
        for day in found.days:
            _count(day.people, day.offsets, day.events, found.masks, times)
        return times
    needed = {"event", "person", "day"} | columns_of(source, step.where)
    rows = source.arrays(
        f"SELECT person, count(*) AS times FROM {source.relation(needed, first, last)} "
        f"WHERE person IS NOT NULL AND {of_step(source, step)} GROUP BY person"
    )
    times[rows["person"]] = rows["times"]
    return times


@njit(cache=True, nogil=True)
def _count(people, offsets, codes, masks, times):
    """Add how many of a day's events are the step."""
    for p in range(len(people)):
        found = 0
        for i in range(offsets[p], offsets[p + 1]):
            found += masks[codes[i]] & np.uint32(1)
        times[people[p]] += found


def sequence(asked: Sequence, source: Sequences) -> BitMap:
    """Who did the steps in this order within the window."""
    first, last = window(asked, source)
    found = matched(source, asked.steps, first, last)
    funnel = Funnel(steps=asked.steps, within=asked.within)
    return walk(funnel, found, found.days, source.people).arrived(len(asked.steps) - 1)


class Known:
    """The latest known values of properties, as a source whose properties are columns of a query."""

    def __init__(self, fields: set[str]):
        self.columns = {name: f"field{place}" for place, name in enumerate(sorted(fields))}

    def property(self, name: str) -> Property:
        """A column."""
        return Property(self.columns[name], self.columns[name])

    def query(self, source: Sequences, only: str = "") -> str:
        """One row a person, with the value of each field by the last event that carries it."""
        values = ", ".join(
            f"arg_max({as_text(source, name)}, (time, event)) AS {column}"
            for name, column in self.columns.items()
        )
        needed = {"event", "person", "time", *(source.property(name).column for name in self.columns)}
        facts = source.relation(needed, source.first_day or 0, source.last_day or 0)
        return f"(SELECT person, {values} FROM {facts} {only} GROUP BY person HAVING person IS NOT NULL)"


def latest(asked: Latest, source: Sequences) -> BitMap:
    """Of whom the latest known values are so."""
    where = filters.parse(asked.where)
    known = Known(filters.fields_of(where))
    rows = source.arrays(f"SELECT person FROM {known.query(source)} WHERE {condition(known, where)}")
    return bitmap_of(rows["person"])
