"""What a decision would mean for a member, before it is made: the ladder asked with one finding more.

Holds reads; the ladder computes, and pages put it into words.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from lingyu.community.pact import ladder, standings
from lingyu.community.pact.clauses import Clause
from lingyu.community.pact.ladder.rules import MUTED
from lingyu.community.pact.models import Finding

PROPOSED = "proposed"


@dataclass(frozen=True)
class Prospect:
    """What would become of a member: this finding's own rung, and where they would stand with it.

    `rung` and `until` hold at once; `seconded` is the rung once a second person has confirmed, where that
    differs. `raised` tells that earlier findings made it more than a first, `late` that the act is too long
    ago to move anybody up.
    """

    rung: ladder.Rung
    until: datetime | None
    seconded: ladder.Rung | None
    raised: bool
    late: bool
    standing: ladder.Standing

    @property
    def permanent(self) -> bool:
        """Whether it would never end by itself, when a second person confirms it."""
        return self.seconded is not None and self.seconded.permanent


def of_clause(
    member: UUID,
    clause: Clause,
    acted_at: datetime,
    now: datetime,
    aggravators: Iterable[str] = (),
    known: list[ladder.Finding] | None = None,
) -> Prospect:
    """What it would mean that the member broke `clause` at `acted_at`, told `now`.

    `known` are the findings that stand already, read here when they are not given.
    """
    before = standings.findings_of(member) if known is None else known
    proposed = ladder.Finding(
        id=PROPOSED,
        clause=clause.code,
        severity=clause.severity,
        acted_at=min(acted_at, now),
        told_at=now,
        illegal=clause.illegal,
        aggravators=frozenset(aggravators),
    )
    return _prospect(before, proposed, now)


def by_severity(member: UUID, clauses: Iterable[Clause], acted_at: datetime, now: datetime):
    """(severity, prospect) for each severity that one of `clauses` has: all there is to choose from."""
    known = standings.findings_of(member)
    # Where a severity has clauses of both kinds, one that is not against the law: the rest say so themselves.
    examples = {clause.severity: clause for clause in sorted(clauses, key=lambda c: not c.illegal)}
    return [
        (severity, of_clause(member, examples[severity], acted_at, now, known=known))
        for severity in sorted(examples)
    ]


@dataclass(frozen=True)
class Without:
    """Where a member stands, and where they would without one finding, or with it at a lesser severity."""

    now: ladder.Standing
    without: ladder.Standing
    reduced: list[tuple[int, ladder.Standing]]


def without(finding: Finding, at: datetime) -> Without:
    """The ladder with a finding, without it, and with each lesser severity."""
    known = standings.findings_of(finding.member_id)
    others = [f for f in known if f.id != str(finding.id)]
    this = next((f for f in known if f.id == str(finding.id)), None)

    def stands(findings):
        return ladder.standing(standings.CURRENT, findings, at)

    lesser = range(1, this.severity) if this else ()
    reduced = [(s, stands([*others, replace(this, severity=s)])) for s in lesser]
    return Without(stands(known), stands(others), reduced)


def _prospect(before: list[ladder.Finding], proposed: ladder.Finding, now: datetime) -> Prospect:
    standing = ladder.standing(standings.CURRENT, [*before, proposed], now)
    this = _penalty(standing, now)
    sure = replace(proposed, seconded=True)
    then = _penalty(ladder.standing(standings.CURRENT, [*before, sure], now), now)
    differs = then.level != this.level or (proposed.aggravators and then.level >= MUTED)
    return Prospect(
        rung=ladder.RUNGS[this.level],
        until=this.until if not ladder.RUNGS[this.level].speaks else None,
        seconded=ladder.RUNGS[then.level] if differs else None,
        raised=this.raised_from is not None,
        late=this.asked == 0,
        standing=standing,
    )


def _penalty(standing: ladder.Standing, now: datetime) -> ladder.Penalty:
    return next(p for p in standing.penalties if p.finding.id == PROPOSED)
