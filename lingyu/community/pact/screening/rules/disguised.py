"""Advertising that only shows when a disguise is taken off. Stands on what was found before it."""

import unicodedata
from collections.abc import Iterator

from ..steps import Scene, Signal

_ADVERTS = frozenset({"3.1", "3.4", "3.6", "3.7"})
# Ways of writing that are disguises for certain; a space between characters may be style.
_WAYS = frozenset(
    {
        "disguised",
        "pictured",
        "split",
        "pinyin",
        "homophone",
        "lookalike",
        "initial",
        "repeated",
        "reversed",
        "spaced",
    }
)
_SIGNS = ("Cf", "Mn", "Me", "No")


def find(scene: Scene) -> Iterator[Signal]:
    """The same place again as an advert in disguise, for each that needed more than folding to be seen."""
    seen: set[tuple[str, tuple[int, int]]] = set()
    for signal in scene.signals:
        if signal.clause not in _ADVERTS or signal.strength == "hint":
            continue
        place = (signal.field, signal.span)
        if place in seen or not (signal.way in _WAYS or _odd(scene.evidence(signal))):
            continue
        seen.add(place)
        yield Signal(
            "3.8", signal.span, signal.score * 0.9, "rule:disguised", "review", signal.field, signal.way
        )


def _odd(evidence: str) -> bool:
    """Whether there are signs that only stand for plain letters and digits, or for nothing."""
    return any(unicodedata.category(c) in _SIGNS or "\U0001d400" <= c <= "\U0001f1ff" for c in evidence)
