"""Figures of a question: how hard it is, whether it tells readers from guessers, and whether it leaked.

Holds reading and pure arithmetic. Difficulty p is the share of right answers; discrimination is the
point-biserial correlation of this answer with the share of right ones among the member's others
(Lord & Novick, Statistical Theories of Mental Test Scores, 1968, ch. 15): negative means that those
who know more fail it.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from math import sqrt
from statistics import fmean, median

from lingyu.kernel.text import N_

from .models import Asking, Question

# Fewer answers say nothing.
ENOUGH, ENOUGH_TO_CORRELATE, LATELY = 30, 50, 20
TOO_EASY, ABOVE_CHANCE, LEAKED_FROM, LEAKED_TO, AGAINST = 0.97, 1.15, 0.75, 0.95, -0.05

REASONS = {
    "by_hand": N_("Taken out by hand."),
    "too_easy": N_("Nearly everybody knows it, read or not: it tells nothing."),
    "guessing": N_("It is answered no better than by guessing."),
    "against": N_("Those who know more get it wrong: it may be worded wrongly."),
    "leaked": N_("It was hard, and suddenly everybody knows it: the answer seems to go round."),
}


@dataclass(frozen=True)
class Figures:
    """`difficulty` p and `lately` of the last answers, None without any; `discrimination` in −1 … 1."""

    answers: int
    difficulty: float | None
    lately: float | None
    discrimination: float | None
    typical_time: timedelta | None
    chance: float

    @property
    def verdict(self) -> str:
        """Why the question should be asked no more, or nothing."""
        if self.answers < ENOUGH:
            return ""
        if self._leaked():
            return "leaked"
        if self.difficulty >= TOO_EASY:
            return "too_easy"
        if self.difficulty <= self.chance * ABOVE_CHANCE:
            return "guessing"
        poor = self.discrimination is not None and self.discrimination < AGAINST
        return "against" if poor and self.answers >= ENOUGH_TO_CORRELATE else ""

    def _leaked(self) -> bool:
        before = self.answers - LATELY
        if before < ENOUGH or self.lately < LEAKED_TO:
            return False
        earlier = (self.difficulty * self.answers - self.lately * LATELY) / before
        return earlier <= LEAKED_FROM


def figures(question: Question) -> Figures:
    """The figures of one question since it was last judged anew."""
    rows = Asking.objects.filter(question=question).answered().order_by("answered_at")
    if question.judged_since:
        rows = rows.filter(answered_at__gt=question.judged_since)
    listed = list(rows.values_list("member", "right", "opened_at", "answered_at"))
    right = [float(r) for _, r, _, _ in listed]
    times = [done - opened for _, _, opened, done in listed]
    return Figures(
        answers=len(right),
        difficulty=fmean(right) if right else None,
        lately=fmean(right[-LATELY:]) if right else None,
        discrimination=point_biserial(right, _abilities(question, [m for m, *_ in listed])),
        typical_time=median(times) if times else None,
        chance=1 / len(question.options),
    )


def _abilities(question: Question, members: list) -> list[float | None]:
    """Each member's share of right answers to other questions; None without any."""
    rows = Asking.objects.filter(member__in=set(members)).answered().exclude(question=question)
    found = defaultdict(list)
    for member, right in rows.values_list("member", "right"):
        found[member].append(float(right))
    return [fmean(found[m]) if m in found else None for m in members]


def point_biserial(right: list[float], abilities: list[float | None]) -> float | None:
    """The correlation of answers (0 or 1) with abilities; None when either does not vary."""
    pairs = [(r, a) for r, a in zip(right, abilities, strict=True) if a is not None]
    if len(pairs) < 3:
        return None
    mean_r, mean_a = fmean(r for r, _ in pairs), fmean(a for _, a in pairs)
    together = sum((r - mean_r) * (a - mean_a) for r, a in pairs)
    spread = sqrt(sum((r - mean_r) ** 2 for r, _ in pairs) * sum((a - mean_a) ** 2 for _, a in pairs))
    return together / spread if spread else None
