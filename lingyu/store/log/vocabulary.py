"""What the log's facts are called: events by how often they came lately, their properties, values.

Holds what a form offers to choose from. Events are counted exactly; properties and values are those of the
first facts that are found, which is enough to offer them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from .columns import COLUMNS
from .reading import LogSequences
from .segments import literal

LATELY, NEWEST = 30, 7
# Facts of each event that are looked at for its properties, and how many events are.
LOOKED_AT, EVENTS = 1_000, 8
# Values of a property beyond this many are no choice but a text of one's own; longer ones neither.
VALUES, LONG = 12, 60
# Columns of their own that people ask by; what remains names the page, or is the same for everybody.
_UNASKED = ("event", "person", "time", "bot", "props", "title", "agent", "session")
OFFERED = tuple(n for n in COLUMNS if n not in _UNASKED)


class Named(NamedTuple):
    """A name and how many facts have it."""

    name: str
    count: int


class Property(NamedTuple):
    """A property: how many of the facts looked at have it, its commonest values, whether all are numbers."""

    name: str
    count: int
    values: tuple[str, ...]
    numeric: bool


def events(seen: LogSequences, days: int = LATELY) -> list[Named]:
    """The events of the last days that there are, the commonest first."""
    if seen.last_day is None:
        return []
    counts = np.zeros(max(len(seen.names), 1), np.int64)
    for day in seen.days(seen.last_day - days + 1, seen.last_day):
        counts += np.bincount(day.events, minlength=len(counts))
    found = [Named(seen.names[n], int(counts[n])) for n in np.flatnonzero(counts)]
    return sorted(found, key=lambda named: (-named.count, named.name))


def entrance(seen: LogSequences) -> str:
    """The event with which most people begin their last day; nothing where there is none."""
    for day in seen.days(seen.last_day, seen.last_day) if seen.last_day is not None else ():
        begun = np.bincount(day.events[day.offsets[:-1]])
        return seen.names[int(begun.argmax())]
    return ""


def properties(seen: LogSequences, names: Iterable[str], days: int = NEWEST) -> list[Property]:
    """The properties of these events, the commonest first."""
    wanted = list(dict.fromkeys(names))[:EVENTS]
    if seen.last_day is None or not wanted:
        return []
    facts = seen.relation({*OFFERED, "props"}, seen.last_day - days + 1, seen.last_day)
    columns = ", ".join(f'"{name}"::VARCHAR AS "{name}"' for name in OFFERED)
    some = " UNION ALL ".join(
        f"(SELECT {columns}, props::JSON::MAP(VARCHAR, VARCHAR) AS props FROM {facts} "
        f"WHERE event = {literal(name)} LIMIT {LOOKED_AT})"
        for name in wanted
    )
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for *given, props in seen.ask(some):
        for name, value in [*zip(OFFERED, given, strict=True), *(props or {}).items()]:
            if value not in (None, ""):
                counted[name][value] += 1
    found = [_property(name, values) for name, values in counted.items()]
    return sorted(found, key=lambda p: (-p.count, p.name))


def _property(name: str, values: Counter[str]) -> Property:
    chosen = [v for v, _count in values.most_common(VALUES) if len(v) <= LONG]
    return Property(name, values.total(), tuple(chosen), all(map(_is_number, values)))


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
