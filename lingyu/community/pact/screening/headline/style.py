"""How much a title sounds like bait, whatever stands below it.

Holds no comparison with a text.
"""

import re
from dataclasses import dataclass
from math import exp

from .cues import CALLS, DOUBTED, QUOTED, SHOUTS

# Log-odds of a title without any cue, and what marks add.
START, SHOUT, CALL, MOST_CALLS = -3.4, 1.4, 0.5, 2
# Talk about bait: what is quoted does not count, and of the rest this much is taken off.
DOUBT = 1.2
LONGEST = 400


@dataclass(frozen=True, slots=True)
class Heard:
    """A probability 0…1, and the half-open range of the title in which the heaviest cue stands."""

    probability: float
    span: tuple[int, int] | None


def heard(title: str, cues: tuple[tuple[float, re.Pattern[str]], ...]) -> Heard:
    """What these cues amount to in a folded title; each expression counts once."""
    title = title[:LONGEST]
    plain = QUOTED.sub(lambda found: " " * len(found[0]), title)
    odds, heaviest, span = START, 0.0, None
    for weight, expression in cues:
        found = expression.search(plain)
        if found is None:
            continue
        odds += weight
        if weight > heaviest:
            heaviest, span = weight, found.span()
    if span is not None:
        odds += SHOUT if SHOUTS.search(plain) else 0.0
        odds += CALL * min(MOST_CALLS, len(CALLS.findall(plain)))
        odds -= DOUBT if DOUBTED.search(title) else 0.0
    return Heard(1 / (1 + exp(-odds)), span)
