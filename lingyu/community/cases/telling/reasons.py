"""The reasons of one decision as one reader may see them: its author, a reporter, or a moderator.

Holds reads. What is the author's alone (where they stand, what they appealed) is not given to reporters.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone

from lingyu.community.accounts.models import Member
from lingyu.community.pact import ladder, standings, versions, words
from lingyu.community.pact.clauses import Clause
from lingyu.community.pact.models import Finding, Screening

from ..actions.appealing import side_of
from ..models import Appeal, Decision, Reversal
from ..weighing import deadlines


@dataclass(frozen=True)
class Reasons:
    """What stands in a statement beside the decision itself.

    `penalty` and `why` are what it cost its author, and by which rules; None for other readers, and for
    what was overturned. `mine` is the reader's own appeal, `may_appeal` whether they can make one, until
    `appeal_until`. `appeals` are those that this reader may follow.
    """

    clause: Clause | None
    also: tuple[Clause, ...]
    reports: int
    screening: Screening | None
    penalty: ladder.Penalty | None = None
    rung: ladder.Rung | None = None
    why: tuple[str, ...] = ()
    mine: Appeal | None = None
    appeals: tuple[Appeal, ...] = ()
    may_appeal: bool = False
    appeal_until: datetime | None = None
    reversal: Reversal | None = None
    promised: timedelta = field(default=deadlines.APPEALS)


def reasons_for(decision: Decision, member: Member, side: str, at: datetime | None = None) -> Reasons:
    """The reasons of `decision` for `member`, whom it concerns as `side` (author, reporter, moderator)."""
    at, case = at or timezone.now(), decision.case
    pact = versions.numbered(decision.pact)
    appeals = list(Appeal.objects.filter(decision=decision).select_related("ruling__by", "by").order_by("at"))
    mine = next((appeal for appeal in appeals if appeal.by_id == member.id), None)
    penalty, why = (None, ()) if side == "reporter" else _cost(decision, at)
    return Reasons(
        clause=pact.by_code.get(decision.lead),
        also=tuple(pact.by_code[code] for code in decision.also if code in pact.by_code),
        reports=case.reports.count(),
        screening=Screening.objects.filter(id=case.screening).first() if case.screening else None,
        penalty=penalty,
        rung=ladder.RUNGS[penalty.level] if penalty else None,
        why=why,
        mine=mine,
        appeals=tuple(appeals if side == "moderator" else [mine] if mine else []),
        may_appeal=mine is None and _open_to(member, decision, at),
        appeal_until=decision.at + deadlines.APPEAL_WITHIN,
        reversal=getattr(decision, "reversal", None),
    )


def _cost(decision: Decision, at: datetime) -> tuple[ladder.Penalty | None, tuple[str, ...]]:
    """What the finding of a decision costs now, and why in sentences; nothing if it does not stand."""
    row = Finding.objects.filter(decision=decision.id).first()
    if row is None:
        return None, ()
    found = ladder.standing(standings.CURRENT, standings.findings_of(row.member_id), at)
    for penalty, reasons in ladder.explain(found, at):
        if penalty.finding.id == str(row.id):
            return penalty, tuple(words.sentences(reasons))
    return None, ()


def _open_to(member: Member, decision: Decision, at: datetime) -> bool:
    """Whether this member may appeal against it now."""
    if hasattr(decision, "reversal") or at - decision.at > deadlines.APPEAL_WITHIN:
        return False
    try:
        return bool(side_of(member, decision))
    except ValidationError:
        return False
