"""Replaying: who would have earned what under other terms, from the receipts of the last days.

Holds reading and judging; writes nothing. Members are replayed one after another, so that memory does
not grow with the number of receipts; where there are too many for a request, those whom `drawing` draws.
What receipts do not tell is counted, and not guessed.
"""

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import groupby
from time import monotonic
from uuid import UUID

from django.db.models import Count, QuerySet
from django.utils import timezone

from .drawing import Estimate, drawn, estimate
from .judging import Attempt
from .models import Receipt
from .rules import Rule, Terms
from .sides import Before, Side

EXAMPLES = 6
CHUNK = 2_000
# What a request has time for: receipts, and, on a machine that is busy, seconds.
MOST, SECONDS = 20_000, 1.2
COUNTED = 2_000_000
# Of one member; who has more is not judged, so that nobody makes the preview slow.
LONGEST = 5_000
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

    All figures are of the members judged, which are the `share` of all: `whole()` and `difference` speak of
    all. `left_out` are those of them who tried too often to be judged.
    """

    days: int
    share: float = 1.0
    left_out: int = 0
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
    squares: int = 0

    def whole(self, number: int) -> int:
        """What a figure of those judged comes to for all."""
        return round(number / self.share)

    @property
    def difference(self) -> Estimate:
        """How many feathers more, or fewer, the proposed terms would have cost for all."""
        return estimate(self.extra, self.squares, self.share)

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


def replay(
    rule: Rule, now: Terms, then: Terms, *, days: int, at: datetime | None = None, most: int = MOST
) -> Replay:
    """Judge the attempts of the last `days` civil days under both terms: all of them, or about `most`."""
    first = timezone.localdate(at or timezone.now()) - timedelta(days=days - 1)
    rows = Receipt.objects.filter(cause=rule.code)
    window = rows.filter(day__gte=first, outcome__in=OUTCOMES)
    found, read, ends = Replay(days), 0, monotonic() + SECONDS
    # By its moment a receipt is found in the index alone; beyond some number it does not matter how many.
    there = rows.told(since=first).order_by()[:COUNTED].count()
    for ids, share in drawn(rows.filter(day__gte=first), there, most):
        found.share = share
        read += _members(found, window, Before(rows.filter(day__lt=first), now, then), ids)
        if read > most or monotonic() > ends:
            break
    found.by_day = dict(sorted(found.by_day.items()))
    return found


def _members(found: Replay, window: QuerySet, before: Before, ids: list[UUID]) -> int:
    """Judge all attempts of these members; how many there were."""
    some = window.filter(member__in=ids)
    counted = dict(some.order_by().values_list("member").annotate(all=Count("id")))
    short = [member for member, number in counted.items() if number <= LONGEST]
    found.left_out += len(counted) - len(short)
    before.read(short)
    rows = window.filter(member__in=short).order_by("member_id", "at", "id")
    stream = rows.values(*FIELDS).iterator(chunk_size=CHUNK)
    for member, group in groupby(stream, key=lambda row: row["member_id"]):
        _member(found, member, group, *before.sides(member))
    return sum(counted[member] for member in short)


def _member(found: Replay, member, rows: Iterator[dict], now: Side, then: Side) -> None:
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
    found.squares += (total[1] - total[0]) ** 2
    _affected(found, Example(str(member), str(widest[1]), *total, widest[2]))


def _attempt(found: Replay, row: dict, now: Side, then: Side) -> tuple[list[int], str]:
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
