"""Replaying: who would have earned what under other terms, from the receipts of the last days.

Holds reading and judging; writes nothing. Members are replayed one after another, so that memory does
not grow with the number of receipts. What receipts do not tell is counted, and not guessed.
"""

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import groupby

from django.db.models import QuerySet, Sum
from django.utils import timezone

from .judging import Attempt, Memory, judge
from .models import Receipt
from .rules import Rule, Terms

EXAMPLES = 6
CHUNK = 2_000
# What somebody tried, the promises that a review broke later, and those that were kept after all.
OUTCOMES = ("granted", "pending", "capped", "refused", "declined", "restored")
# Reasons that the rule itself gives: other terms may decide otherwise. Those of rooms stand.
OWN = ("off", "cooling", "unknown_condition")
FIELDS = ("id", "member_id", "at", "day", "key", "subject", "outcome", "reason", "amount", "counts", "facts")


@dataclass(frozen=True)
class Example:
    """A member whose feathers would differ, the receipt that shows it best, and what stood against it."""

    member: str
    receipt: str
    now: int
    then: int
    reason: str

    @property
    def change(self) -> int:
        """How many feathers more, or fewer."""
        return self.then - self.now


@dataclass
class Replay:
    """What the terms in force (`now`) and the proposed ones (`then`) make of the same attempts.

    `paid` is what was really granted, under whatever versions were in force. `refused` and `granted` are
    attempts that newly earn nothing, by the reason that stands against them, or newly earn, by the reason
    that stood; `cut` and `raised` those that earn otherwise. `unknown` attempts lack facts that the proposed
    conditions ask for: they are judged as not met, and could bring `unknown_feathers` more.
    """

    days: int
    attempts: int = 0
    members: int = 0
    paid: int = 0
    now: int = 0
    then: int = 0
    up: int = 0
    down: int = 0
    refused: Counter = field(default_factory=Counter)
    granted: Counter = field(default_factory=Counter)
    cut: int = 0
    raised: int = 0
    unknown: int = 0
    unknown_feathers: int = 0
    foreign: int = 0
    by_day: dict[date, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    most: list = field(default_factory=list)
    least: list = field(default_factory=list)

    @property
    def extra(self) -> int:
        """What the proposed terms would have cost more, in feathers."""
        return self.then - self.now

    @property
    def gained(self) -> list[Example]:
        """Members who would have had most more."""
        return [example for _change, _tie, example in sorted(self.most, reverse=True)]

    @property
    def lost(self) -> list[Example]:
        """Members who would have had most less."""
        return [example for _change, _tie, example in sorted(self.least, reverse=True)]


class _Side:
    """One member under one set of terms."""

    def __init__(self, terms: Terms):
        self.terms = terms
        self.history = Memory()
        self.earned: dict[str, int] = {}
        self.broken: dict[str, int] = {}

    def begin(self, prior: list[dict], last: datetime | None) -> None:
        """What counted before the first day of the replay."""
        for row in prior:
            self.history.count("subject", row.get("subject", ""), row["all"])
            self.history.count("life", "", row["all"])
        self.history.note(last)

    def judge(self, row: dict, attempt: Attempt, foreign: bool) -> tuple[int, str]:
        """Feathers and reason; a key that earned is not judged again, a refusal by a room stands."""
        if row["key"] in self.earned:
            return 0, "again"
        if foreign:
            return 0, row["reason"]
        verdict = judge(self.terms, attempt, self.history)
        if verdict.amount:
            self.history.add(attempt, verdict.amount)
            self.earned[row["key"]] = verdict.amount
        return verdict.amount, verdict.reason

    def decline(self, row: dict) -> int:
        """A review broke the promise: what it had earned, which gives its room under the caps back."""
        amount = self.earned.get(row["key"], 0)
        self.earned[row["key"]], self.broken[row["key"]] = 0, amount
        self._move(row, -amount)
        return -amount

    def restore(self, row: dict) -> int:
        """The promise was kept after all: what it had earned."""
        amount = self.broken.pop(row["key"], 0)
        self.earned[row["key"]] = amount
        self._move(row, amount)
        return amount

    def _move(self, row: dict, amount: int) -> None:
        for scope, value in (("day", row["day"].isoformat()), ("subject", row["subject"]), ("life", "")):
            self.history.count(scope, value, amount)


def replay(rule: Rule, now: Terms, then: Terms, *, days: int, at: datetime | None = None) -> Replay:
    """Judge the attempts of the last `days` civil days under both terms."""
    first = timezone.localdate(at or timezone.now()) - timedelta(days=days - 1)
    rows = Receipt.objects.filter(cause=rule.code)
    window = rows.filter(day__gte=first, outcome__in=OUTCOMES).order_by("member_id", "at", "id")
    found = Replay(days)
    before = _Before(rows.filter(day__lt=first), now, then)
    stream = window.values(*FIELDS).iterator(chunk_size=CHUNK)
    for member, group in groupby(stream, key=lambda row: row["member_id"]):
        sides = (_Side(now), _Side(then))
        prior, last = before.of(member)
        for side in sides:
            side.begin(prior, last)
        _member(found, member, group, *sides)
    found.by_day = dict(sorted(found.by_day.items()))
    return found


class _Before:
    """What members had earned by the rule before the replay, read beside it in the order of members."""

    def __init__(self, rows: QuerySet, *sides: Terms):
        self._cooling = any(terms.cool_down for terms in sides)
        self._rows = rows.filter(outcome__in=("granted", "pending"))
        # Only limits that reach back before the first day need what was earned then: a day's does not.
        by_subject = any(terms.per_subject for terms in sides)
        by = ("member_id", "subject") if by_subject else ("member_id",)
        sums = rows.order_by(*by).values(*by).annotate(all=Sum("counts"))
        needed = by_subject or any(terms.per_life for terms in sides)
        read = sums.iterator(chunk_size=CHUNK) if needed else iter(())
        self._sums = groupby(read, key=lambda row: row["member_id"])
        self._head = next(self._sums, None)

    def of(self, member) -> tuple[list[dict], datetime | None]:
        """Sums by subject, and when the last one was earned."""
        while self._head is not None and self._head[0] < member:
            self._head = next(self._sums, None)
        last = self._last(member) if self._cooling else None
        if self._head is None or self._head[0] != member:
            return [], last
        return [row for row in self._head[1] if row["all"]], last

    def _last(self, member) -> datetime | None:
        return self._rows.filter(member_id=member).order_by("-at").values_list("at", flat=True).first()


def _member(found: Replay, member, rows: Iterator[dict], now: _Side, then: _Side) -> None:
    """All attempts of one member, in their order."""
    total, widest = [0, 0], (0, None, "")
    for row in rows:
        if row["outcome"] == "declined":
            pair = [now.decline(row), then.decline(row)]
            found.paid -= row["amount"]
        elif row["outcome"] == "restored":
            # What was taken back had been posted, and stays counted: only a broken promise comes back.
            pair = [now.restore(row), then.restore(row)]
            found.paid += row["counts"]
        else:
            pair, reason = _attempt(found, row, now, then)
            if abs(pair[1] - pair[0]) > widest[0] or widest[1] is None:
                widest = (abs(pair[1] - pair[0]), row["id"], reason)
        for at in (0, 1):
            total[at] += pair[at]
            found.by_day[row["day"]][at] += pair[at]
    found.members += 1
    found.now += total[0]
    found.then += total[1]
    _affected(found, Example(str(member), str(widest[1]), *total, widest[2]))


def _attempt(found: Replay, row: dict, now: _Side, then: _Side) -> tuple[list[int], str]:
    """What one attempt earns on both sides, and the reason of the side that earns less."""
    found.attempts += 1
    found.paid += row["amount"]
    attempt = Attempt(row["at"], row["day"], row["subject"], row["facts"])
    foreign = _foreign(row)
    found.foreign += foreign
    before, stood = now.judge(row, attempt, foreign)
    after, reason = then.judge(row, attempt, foreign)
    if reason.startswith("condition.") and reason.removeprefix("condition.") not in row["facts"]:
        found.unknown += 1
        found.unknown_feathers += then.terms.amount
    if before and not after:
        found.refused[reason] += 1
    elif after and not before:
        found.granted[stood] += 1
    found.cut += before > after > 0
    found.raised += after > before > 0
    return [before, after], reason if after < before else stood


def _foreign(row: dict) -> bool:
    """Whether a room refused, which no terms change."""
    reason = row["reason"]
    own = reason in OWN or reason.startswith(("cap.", "condition."))
    return row["outcome"] in ("capped", "refused") and not own


def _affected(found: Replay, example: Example) -> None:
    if not example.change:
        return
    gains = example.change > 0
    found.up += gains
    found.down += not gains
    heap = found.most if gains else found.least
    heapq.heappush(heap, (abs(example.change), example.member, example))
    if len(heap) > EXAMPLES:
        heapq.heappop(heap)
