"""What feathers really cost the house, in money: told by the rooms that deliver something for them.

Holds the registry and its values; knows no shop. Rooms declare a source where they declare their purposes.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from lingyu.kernel.text import Named


@dataclass(frozen=True)
class Incurred:
    """What one thing cost in a time: `minor` units of `currency`, for so many `feathers` and `times`."""

    what: str
    currency: str
    minor: int
    feathers: int
    times: int


# From the beginning of one moment until before another.
Read = Callable[[datetime, datetime], Iterable[Incurred]]


@dataclass(frozen=True)
class Source(Named):
    """A room that pays for what feathers are spent on."""

    code: str
    zh: str
    en: str
    read: Read


SOURCES: dict[str, Source] = {}


def cost_source(code: str, *, zh: str, en: str) -> Callable[[Read], Read]:
    """Declare that a room knows what was paid: over a function of a start and an end."""

    def declare(read: Read) -> Read:
        SOURCES[code] = Source(code, zh, en, read)
        return read

    return declare


def incurred(start: datetime, end: datetime) -> list[tuple[Source, Incurred]]:
    """What all rooms paid from `start` until before `end`."""
    return [(source, cost) for source in SOURCES.values() for cost in source.read(start, end)]
