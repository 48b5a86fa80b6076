"""Where members stand: the rows of their findings, given to the ladder. Nothing of it is stored.

Holds reads only.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from lingyu.community.accounts.models import Member
from lingyu.store.prepared import Prepared

from . import ladder
from .models import Finding

CURRENT = ladder.LADDERS[max(ladder.LADDERS)]

# Asked at every request that writes: almost always of a member without any.
HAS_FINDINGS = Prepared(lambda member: Finding.objects.filter(member=member).order_by("id").values("id")[:1])


def as_value(row: Finding, known: datetime | None = None) -> ladder.Finding | None:
    """A finding as the ladder takes it; None when it was overturned. The mildest correction counts.

    With `known`, as it stood then: corrections and second confirmations made before that moment only.
    """
    corrections = [c for c in row.corrections.all() if known is None or c.at < known]
    if any(c.severity is None for c in corrections):
        return None
    return ladder.Finding(
        id=str(row.id),
        clause=row.clause,
        severity=min([row.severity, *(c.severity for c in corrections)]),
        acted_at=row.acted_at,
        told_at=row.told_at,
        illegal=row.illegal,
        aggravators=frozenset(row.aggravators),
        seconded=hasattr(row, "second") and (known is None or row.second.at < known),
        reliefs=tuple(ladder.Relief(r.since, r.until) for r in row.reliefs.all()),
    )


def findings_of(member: UUID) -> list[ladder.Finding]:
    """The findings about a member that stand."""
    rows = Finding.objects.filter(member=member).whole()
    return [value for row in rows if (value := as_value(row))]


def standing_of(member: Member, at: datetime | None = None) -> ladder.Standing:
    """Where a member stands at `at` (now by default)."""
    known = HAS_FINDINGS.ask(member=member.id)
    return ladder.standing(CURRENT, findings_of(member.id) if known else [], at or timezone.now())


def standings(members: Iterable[UUID], at: datetime | None = None) -> dict[UUID, ladder.Standing]:
    """Where many members stand: for lists, in a handful of queries."""
    at = at or timezone.now()
    wanted = list(members)
    found = defaultdict(list)
    for row in Finding.objects.filter(member__in=wanted).whole():
        if value := as_value(row):
            found[row.member_id].append(value)
    return {id: ladder.standing(CURRENT, found[id], at) for id in wanted}


def level_of(finding: UUID, member: UUID) -> int:
    """To which rung a finding comes, in the light of the member's others; 0 for one that does not stand."""
    for penalty in ladder.penalties(CURRENT, findings_of(member)):
        if penalty.finding.id == str(finding):
            return penalty.level
    return 0


def rungs_of_a_next(member: UUID, at: datetime | None = None) -> list[ladder.Penalty]:
    """What one more finding would cost the member, by its severity from 1 to 5, done now and told at once.

    Asked of the ladder with such a finding added; as if a second person had confirmed what is permanent.
    """
    at, known = at or timezone.now(), findings_of(member)
    found = []
    for severity in sorted(CURRENT.first):
        more = ladder.Finding(id="next", clause="", severity=severity, acted_at=at, told_at=at, seconded=True)
        asked = ladder.penalties(CURRENT, [*known, more])
        found += [penalty for penalty in asked if penalty.finding.id == "next"]
    return found


def remembered_until(penalty: ladder.Penalty) -> datetime | None:
    """Until when a finding raises later ones; None for ever."""
    memory = CURRENT.memory[penalty.finding.severity]
    return None if memory is None else penalty.finding.told_at + memory
