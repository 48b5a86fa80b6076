"""Conversions: ordered, within a window, by person."""

from fractions import Fraction

from .. import samples as s
from ..samples import paid, signed_up
from .base import Case, ask_for, d

_DAY = d("2024-03-04")


def _of(says: str, facts: tuple, share, **rest) -> Case:
    return Case(says, facts, ask_for(s.ACTIVATION, "2024-03-04", **rest), [(_DAY, share)])


CASES = [
    _of("nobody started, so there is no share", (), None),
    _of("nobody finished", (signed_up("2024-03-04", "a"),), Fraction(0)),
    # a paid, b did not.
    _of(
        "one of two",
        (signed_up("2024-03-04", "a"), signed_up("2024-03-04", "b"), paid("2024-03-05", 1, "a")),
        Fraction(1, 2),
    ),
    _of(
        "what came before the start does not count",
        (paid("2024-03-03", 1, "a"), signed_up("2024-03-04", "a")),
        Fraction(0),
    ),
    _of("the same instant counts", (paid("2024-03-04", 1, "a"), signed_up("2024-03-04", "a")), Fraction(1)),
    # Seven days to the microsecond.
    _of(
        "the window's last instant counts",
        (signed_up("2024-03-04 01:00", "a"), paid("2024-03-11 01:00", 1, "a")),
        Fraction(1),
    ),
    _of(
        "the instant after it does not",
        (signed_up("2024-03-04 01:00", "a"), paid("2024-03-11 01:00:00.000001", 1, "a")),
        Fraction(0),
    ),
    # The finish lies after the period, and follows a start within it.
    _of(
        "a finish after the period's end counts",
        (signed_up("2024-03-04 15:59", "a"), paid("2024-03-10", 1, "a")),
        Fraction(1),
    ),
    _of(
        "facts without a person are nobody's",
        (signed_up("2024-03-04", None), paid("2024-03-04", 1, None)),
        None,
    ),
    # One person who signs up twice is one; the second start is followed in time though the first is not.
    _of(
        "a person counts once, by any of their starts",
        (
            signed_up("2024-03-03 17:00", "a"),
            signed_up("2024-03-04 01:00", "a"),
            paid("2024-03-11 00:30", 1, "a"),
        ),
        Fraction(1),
    ),
    _of(
        "what finishes must pass its filter",
        (signed_up("2024-03-04", "a"), paid("2024-03-05", -1, "a")),
        Fraction(0),
    ),
    # The first finish fails the filter; the next one counts.
    _of(
        "a later finish may be the one that passes",
        (signed_up("2024-03-04", "a"), paid("2024-03-05", -1, "a"), paid("2024-03-06", 1, "a")),
        Fraction(1),
    ),
    _of(
        "a filter is asked of the start",
        (
            signed_up("2024-03-04", "a", country="FR"),
            signed_up("2024-03-04", "b", country="UK"),
            paid("2024-03-05", 1, "a", country="UK"),
        ),
        Fraction(1),
        where="country = 'FR'",
    ),
    Case(
        "people are counted under what they started with",
        (
            signed_up("2024-03-04", "a", country="FR"),
            signed_up("2024-03-04", "b", country="FR"),
            signed_up("2024-03-04", "c"),
            paid("2024-03-05", 1, "a", country="UK"),
            paid("2024-03-05", 1, "c", country="FR"),
        ),
        ask_for(s.ACTIVATION, "2024-03-04", by=("country",)),
        [(_DAY, "FR", Fraction(1, 2)), (_DAY, None, Fraction(1))],
    ),
    # By the day of the start, in Shanghai: 16:30 UTC is the next day.
    Case(
        "people are counted in the bucket of their start",
        (signed_up("2024-03-04 16:30", "a"), signed_up("2024-03-04 01:00", "b"), paid("2024-03-06", 1, "a")),
        ask_for(s.ACTIVATION, "2024-03-04", "2024-03-06", grain="day"),
        [(_DAY, Fraction(0)), (d("2024-03-05"), Fraction(1)), (d("2024-03-06"), None)],
    ),
    # A start is also a finish at its own instant, so with the same event and no time everybody finishes.
    Case(
        "a window of no time holds the instant itself",
        (paid("2024-03-04", 1, "a"), paid("2024-03-05", 1, "a"), paid("2024-03-04", 1, "b")),
        ask_for(s.REPEAT, "2024-03-04"),
        [(_DAY, Fraction(1))],
    ),
    Case(
        "all history",
        (signed_up("2024-03-04", "a"), paid("2024-03-05", 1, "a")),
        ask_for(s.ACTIVATION),
        [(_DAY, Fraction(1))],
    ),
]
