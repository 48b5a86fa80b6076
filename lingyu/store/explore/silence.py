"""How long somebody has to be silent until a return is unlikely: learned from how people do return.

Every silence between two active days is a spell: it ended by a return, or lasts until the watching ended
(censored). The share of spells that last longer than g days is Kaplan and Meier's; from it follows
P(return within `within` days | silent for g days). A group of few people borrows from all groups: to each
day's returns those of `PRIOR` spells of the pooled curve are added, which weigh little where there are many
of its own. Holds no group and no person.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

# Below this chance of a return within so many days a silent person counts as lost.
UNLIKELY, WITHIN = Fraction(1, 10), 90
# How many spells of the pooled curve a group's own are mixed with.
PRIOR = 20
# Days of silence after which fewer spells than this are left say nothing on their own.
FEWEST = 5


@dataclass(frozen=True)
class Spells:
    """Lengths of silences in days, and which of them ended in a return (the others are censored)."""

    days: np.ndarray
    returned: np.ndarray

    def __len__(self) -> int:
        return len(self.days)


@dataclass(frozen=True)
class Returns:
    """The return curve: `chance[g]` of coming back within `within` days after `g` silent days.

    `at_risk[g]`: spells that lasted g days or more and were seen to; `threshold`: the first day from which
    the chance stays below UNLIKELY, None while that cannot be told. `borrowed`: the share of weight that
    the pooled curve has at the threshold (or at the last day told). `within` is shorter than asked for
    where the history is.
    """

    chance: tuple[float, ...]
    at_risk: tuple[int, ...]
    threshold: int | None
    borrowed: float
    within: int
    complete: bool


def spells(lives: Iterable[tuple[np.ndarray, int]]) -> Spells:
    """The silences of people: of each the ascending active days, and the last day on which they were
    watched.
    """
    days, returned = [np.zeros(0, np.int64)], [np.zeros(0, bool)]
    for active, until in lives:
        if len(active):
            gaps = np.diff(active)
            days += [gaps, np.array([max(0, until - int(active[-1]))])]
            returned += [np.ones(len(gaps), bool), np.zeros(1, bool)]
    return Spells(np.concatenate(days).astype(np.int64), np.concatenate(returned))


def returns(own: Spells, pooled: Spells | None = None, within: int = WITHIN) -> Returns | None:
    """The curve of a group's spells, or None where nobody ever fell silent and came back."""
    everything = pooled if pooled is not None and len(pooled) else own
    longest = int(max(own.days.max(initial=0), everything.days.max(initial=0)))
    if longest < 2 or not everything.returned.any():
        return None
    risk, ended = _table(own, longest)
    prior_risk, prior_ended = _table(everything, longest)
    usual = np.divide(prior_ended, prior_risk, out=np.zeros(longest + 1), where=prior_risk > 0)
    weight = PRIOR if everything is not own else 0
    hazard = np.divide(
        ended + weight * usual, risk + weight, out=np.zeros(longest + 1), where=(risk + weight) > 0
    )
    staying = np.cumprod(1 - hazard)
    # How far ahead can be looked at all: half of what was watched is left to be silent in.
    ahead = min(within, max(1, longest // 2))
    last = longest - ahead
    enough = np.maximum(risk, np.minimum(prior_risk, FEWEST) if weight else risk) >= FEWEST
    chance = tuple(
        float(1 - staying[g + ahead] / staying[g]) if staying[g] > 0 else 0.0 for g in range(last + 1)
    )
    told = [g for g in range(1, last + 1) if enough[g]]
    threshold = _threshold(chance, told)
    at = threshold or (told[-1] if told else 0)
    borrowed = weight / (weight + float(risk[at])) if weight else 0.0
    return Returns(chance, tuple(map(int, risk[: last + 1])), threshold, borrowed, ahead, ahead == within)


def _threshold(chance: tuple[float, ...], told: list[int]) -> int | None:
    """The first day from which the chance stays below UNLIKELY, on the days that can be told."""
    found = None
    for g in reversed(told):
        if chance[g] >= UNLIKELY:
            break
        found = g
    return found


def _table(those: Spells, longest: int) -> tuple[np.ndarray, np.ndarray]:
    """By day of silence: spells that lasted to it at least, and those that ended on it by a return."""
    every = np.bincount(those.days, minlength=longest + 1)[: longest + 1]
    ended = np.bincount(those.days[those.returned], minlength=longest + 1)[: longest + 1]
    return every[::-1].cumsum()[::-1].astype(float), ended.astype(float)
