"""What a form offers to choose from: the source's events, and the properties of those that are asked about.

Holds lists for the browser's own pick lists; whatever is typed is taken as well.
"""

import re
from typing import NamedTuple

from ..segments import shelf
from .asking import Asked
from .source import Source

_PLAIN = re.compile(r"\$?\w+(?:\.\w+)*")


class Offers(NamedTuple):
    """Events and properties with how often they came; numeric properties; filters ready to pick; segments."""

    events: list[tuple[str, int]]
    properties: list[tuple[str, int]]
    numbers: list[tuple[str, int]]
    filters: list[str]
    segments: list[tuple[str, str]]


def offers(asked: Asked, source: Source) -> Offers:
    """What this question's form offers."""
    found = source.properties(asked.steps())
    return Offers(
        [(named.name, named.count) for named in source.known.events[:200]],
        [(p.name, p.count) for p in found],
        [(p.name, p.count) for p in found if p.numeric],
        [f"{field(p.name)} = {literal(value, p.numeric)}" for p in found for value in p.values][:120],
        [(str(segment.pk), segment.title) for segment in shelf.everything()],
    )


def field(name: str) -> str:
    """A property as a filter names it."""
    return name if _PLAIN.fullmatch(name) else f'"{name}"'


def literal(value: str, numeric: bool) -> str:
    """A value as a filter compares with it."""
    return value if numeric else "'" + value.replace("'", "''") + "'"
