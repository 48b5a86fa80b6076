"""Judging: what an attempt earns under given terms. Pure, so that a preview judges as earning does.

Holds the order of the questions: switched on, allowed to earn, conditions, cool-down, caps.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Protocol

from .conditions import CONDITIONS
from .rules import Terms


@dataclass(frozen=True)
class Attempt:
    """What somebody did: on which civil day of the site, about what, with what facts."""

    at: datetime
    day: date
    subject: str
    facts: dict = field(default_factory=dict)


class History(Protocol):
    """What the member has earned by the rule before."""

    def used(self, scope: str, value: str) -> int:
        """Feathers counted in a `day`, for a `subject`, or in a `life`."""

    def last(self) -> datetime | None:
        """When the last one was earned."""


@dataclass(frozen=True)
class Verdict:
    """What comes of an attempt: `amount` of what the rule gives, and why not all of it.

    `left` is what the caps leave after it, by scope; for a condition that was not met, the value `needed`.
    """

    amount: int
    reason: str = ""
    left: dict[str, int] = field(default_factory=dict)

    @property
    def whole(self) -> bool:
        """Whether nothing was cut."""
        return not self.reason


def judge(terms: Terms, attempt: Attempt, history: History) -> Verdict:
    """What the attempt earns: the whole, the remainder that a cap leaves, or nothing, and why."""
    if not terms.on or terms.amount <= 0:
        return Verdict(0, "off")
    for code, value in terms.conditions:
        # A version may ask for what the code has stopped to declare: nobody can show that it is met.
        if code not in CONDITIONS:
            return Verdict(0, "unknown_condition")
        if not CONDITIONS[code].holds(attempt.facts, value):
            return Verdict(0, f"condition.{code}", {"needed": value})
    last = history.last() if terms.cool_down else None
    if last and attempt.at - last < timedelta(seconds=terms.cool_down):
        return Verdict(0, "cooling")
    return capped(terms, attempt, history)


def capped(terms: Terms, attempt: Attempt, history: History) -> Verdict:
    """The whole of what the terms give, or what their caps leave of it."""
    caps = {
        "day": (terms.per_day, attempt.day.isoformat()),
        "subject": (terms.per_subject, attempt.subject),
        "life": (terms.per_life, ""),
    }
    room = {
        scope: max(0, cap - history.used(scope, value))
        for scope, (cap, value) in caps.items()
        if cap is not None
    }
    amount = min([terms.amount, *room.values()])
    reason = ""
    if amount < terms.amount:
        reason = "cap." + min(room, key=room.get)
    return Verdict(amount, reason, {scope: left - amount for scope, left in room.items()})


class Memory:
    """A history kept in memory, for a preview."""

    def __init__(self):
        self._used: dict = defaultdict(int)
        self._last: datetime | None = None

    def used(self, scope: str, value: str) -> int:
        """As `History.used`."""
        return self._used[scope, value]

    def last(self) -> datetime | None:
        """As `History.last`."""
        return self._last

    def count(self, scope: str, value: str, amount: int) -> None:
        """Count what was earned before, or, below nought, what gave its room back."""
        self._used[scope, value] += amount

    def note(self, last: datetime | None) -> None:
        """When the last one was earned before."""
        self._last = last

    def add(self, attempt: Attempt, amount: int) -> None:
        """Count what an attempt earned."""
        if amount:
            self._last = attempt.at
            for scope, value in (
                ("day", attempt.day.isoformat()),
                ("subject", attempt.subject),
                ("life", ""),
            ):
                self._used[scope, value] += amount
