"""Which findings wait for a second person: what is permanent by the ladder, or aggravated.

Holds reads. A finding leaves the list when it is confirmed, refused or overturned.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Count, Q

from lingyu.community.accounts.models import Member
from lingyu.community.pact import ladder, standings
from lingyu.community.pact.ladder.rules import MUTED
from lingyu.community.pact.models import Finding

from ..models import Decision

# Findings gone through for the page, the latest first.
LOOKED_THROUGH = 500


@dataclass(frozen=True)
class Awaiting:
    """A finding, what is in force of it now, and what it would be once confirmed.

    `decision` made it, None where it did not come from a case; `mine` says that the reader may not second it.
    """

    finding: Finding
    penalty: ladder.Penalty
    then: ladder.Rung
    decision: Decision | None
    mine: bool


def awaiting(reader: Member, now: datetime) -> list[Awaiting]:
    """What waits, the longest waiting first."""
    rows = list(_candidates()[:LOOKED_THROUGH])
    penalties = {
        p.finding.id: p
        for standing in standings.standings({row.member_id for row in rows}, now).values()
        for p in standing.penalties
    }
    decisions = Decision.objects.select_related("case", "by").in_bulk([row.decision for row in rows])
    found = []
    for row in rows:
        penalty = penalties.get(str(row.id))
        if penalty and waits(penalty):
            mine = reader.id in (row.decided_by_id, row.member_id)
            then = _confirmed(row, now)
            found.append(Awaiting(row, penalty, then, decisions.get(row.decision), mine))
    return sorted(found, key=lambda a: a.finding.told_at)


def waits(penalty: ladder.Penalty) -> bool:
    """Whether a second person has something to say of this penalty."""
    finding = penalty.finding
    return not finding.seconded and (penalty.asked >= MUTED or bool(finding.aggravators))


def _candidates():
    """Findings that may wait. Only a graver one, an aggravated one, or one of several can be permanent."""
    several = Finding.objects.values("member").annotate(n=Count("id")).filter(n__gt=1).values("member")
    gravest = max(s for s in standings.CURRENT.first)
    may = Q(severity=gravest) | ~Q(aggravators=[]) | Q(member__in=several)
    rows = Finding.objects.standing().filter(may, second__isnull=True, refusal__isnull=True)
    return rows.select_related("member", "decided_by").order_by("-told_at")


def _confirmed(row: Finding, now: datetime) -> ladder.Rung:
    known = standings.findings_of(row.member_id)
    sure = [replace(f, seconded=True) if f.id == str(row.id) else f for f in known]
    level = next(p.level for p in ladder.penalties(standings.CURRENT, sure) if p.finding.id == str(row.id))
    return ladder.RUNGS[level]
