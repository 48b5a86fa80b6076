"""The function itself: `standing(ladder, findings, now)`.

The level of a finding follows from its severity and from the highest earlier finding that it was done in
spite of: acts before a notice do not stack, so a burst, or ten old posts found at once, raise nobody
twice. In other words the level grows along the longest chain in which each act came after the notice of
the one before it. A maximum over chains does not depend on the order in which findings arrived, and one
more finding never lowers it (both are tested over random histories).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from .findings import Finding
from .rules import BANNED, BEFORE_PERMANENT, CLEAR, MUTED, RUNGS, Ladder, Rung


@dataclass(frozen=True)
class Penalty:
    """What one finding costs: its level, the one it was raised from, and the time it covers.

    `until` is None for ever. `asked` is the level before a second person has confirmed a permanent one.
    `raised_from` is the finding before it in the chain, None for a first.
    """

    finding: Finding
    level: int
    asked: int
    since: datetime
    until: datetime | None
    raised_from: Finding | None

    def holds(self, moment: datetime) -> bool:
        """Whether it is in force at `moment`: told, not over, not resting."""
        told = self.since <= moment and (self.until is None or moment < self.until)
        return told and not any(relief.covers(moment) for relief in self.finding.reliefs)


@dataclass(frozen=True)
class Standing:
    """What a member may do at a moment, and until when; `penalties` are all that ever followed."""

    rung: Rung
    until: datetime | None
    penalties: tuple[Penalty, ...]
    ladder: int

    @property
    def speaks(self) -> bool:
        """Whether the member may write where others read it."""
        return self.rung.speaks

    @property
    def enters(self) -> bool:
        """Whether the site is open to the member."""
        return self.rung.enters


def standing(ladder: Ladder, findings: Iterable[Finding], now: datetime) -> Standing:
    """Where the member with these findings stands at `now`.

    The rung is the highest in force; `until` is when the last one that takes speech away ends, None for
    ever and for a rung that takes nothing.
    """
    all_of_them = penalties(ladder, findings)
    holding = [p for p in all_of_them if p.holds(now)]
    level = max((p.level for p in holding), default=CLEAR)
    if level == CLEAR and any(_reminds(ladder, p, now) for p in all_of_them):
        level = 1
    silent = [p for p in holding if not RUNGS[p.level].speaks]
    ever = any(p.until is None for p in silent)
    until = None if ever or not silent else max(p.until for p in silent)
    return Standing(RUNGS[level], until, tuple(all_of_them), ladder.version)


def penalties(ladder: Ladder, findings: Iterable[Finding]) -> list[Penalty]:
    """What each finding costs, by the time of the act."""
    found: list[Penalty] = []
    # An act that another's notice came before is later than that notice, so every predecessor of a
    # finding stands before it in this order.
    for finding in sorted(set(findings), key=lambda f: (f.acted_at, f.told_at, f.id)):
        found.append(_penalty(ladder, finding, found))
    return found


def _penalty(ladder: Ladder, finding: Finding, earlier: list[Penalty]) -> Penalty:
    if _stale(ladder, finding):
        return Penalty(finding, CLEAR, CLEAR, finding.told_at, finding.told_at, None)
    base = ladder.first[finding.severity]
    spited = [p for p in earlier if p.level and _remembered(ladder, p.finding, finding)]
    before = max(spited, key=lambda p: (p.level, p.finding.acted_at, p.finding.id), default=None)
    raised = before.level + 1 if before else CLEAR
    asked = max(base, raised) + ladder.step * len(finding.weighing)
    if asked >= MUTED:
        asked = _end(finding)
    level = asked if asked < MUTED or finding.seconded else BEFORE_PERMANENT
    lasts = RUNGS[level].lasts
    until = None if lasts is None else finding.told_at + lasts
    return Penalty(finding, level, asked, finding.told_at, until, before.finding if raised > base else None)


def _end(finding: Finding) -> int:
    """The last rung: a ban for what is unlawful or what the account itself is the tool of, else silence."""
    return BANNED if finding.illegal or finding.of_account else MUTED


def _remembered(ladder: Ladder, before: Finding, after: Finding) -> bool:
    """Whether `after` was done in spite of the notice about `before`, and not too long after it."""
    memory = ladder.memory[before.severity]
    in_time = memory is None or after.acted_at <= before.told_at + memory
    return before.told_at < after.acted_at and in_time


def _stale(ladder: Ladder, finding: Finding) -> bool:
    return finding.told_at - finding.acted_at > ladder.stale and finding.severity < ladder.grave


def _reminds(ladder: Ladder, penalty: Penalty, now: datetime) -> bool:
    memory = ladder.memory[penalty.finding.severity]
    told = penalty.level > CLEAR and penalty.since <= now
    return told and (memory is None or now < penalty.since + memory)
