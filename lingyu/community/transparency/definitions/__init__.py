"""Every public number with its definition: what it counts, and what it leaves out.

`counting` counts; a number that it gives and nobody defines here fails a test.
"""

from .. import dimensions
from . import after, before
from .numbers import Group, Number

__all__ = ["GROUPS", "NUMBERS", "TABLES", "Group", "Number", "name_of", "number_of"]

GROUPS = (*before.GROUPS, *after.GROUPS)
NUMBERS = {number.code: number for group in GROUPS for number in group.numbers}
# What is broken down by what, dimension by dimension, as tables show it.
TABLES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("clause", ("violations", "screened_blocked", "reports", "appeals")),
    ("kind", ("screened", "cases", "decisions", "violations")),
    ("origin", ("cases", "decisions", "violations")),
    ("deadline", ("timed", "time", "in_time")),
    ("rung", ("rungs",)),
    ("outcome", ("rulings",)),
    ("side", ("appeals",)),
    ("found", ("violations",)),
    ("decider", ("decisions",)),
    ("restriction", ("decisions",)),
    ("way", ("reversals",)),
)


def number_of(code: str) -> Number:
    """The number that a code belongs to (“violations” of “violations/clause/2.6”); KeyError for others."""
    return NUMBERS[code.partition("/")[0]]


def name_of(code: str, language: str) -> str:
    """A code in words: “Found to break the pact, clause: 2.6 Abusive language”; as it is, where unknown."""
    base, *rest = code.split("/")
    if base not in NUMBERS:
        return code
    bound = f" [{rest.pop()}]" if rest and rest[-1] in ("low", "high") else ""
    name = NUMBERS[base].label(language)
    if len(rest) == 2 and rest[0] in dimensions.DIMENSIONS:
        dimension, value = rest
        of = dimensions.DIMENSIONS[dimension].label(language)
        name += f" · {of}: {dimensions.name_of(dimension, value, language)}"
    return name + bound
