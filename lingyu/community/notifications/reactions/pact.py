"""Told of the pact: decisions to authors, outcomes to reporters, rulings to who appealed, versions to all."""

from uuid import UUID

from django.utils import timezone

from lingyu.community.cases.events import AppealRuled, CaseDecided, DecisionReversed, ReportSettled
from lingyu.community.cases.models import Case, Decision, Report, Ruling
from lingyu.community.pact.events import PactAnnounced, PenaltyRests
from lingyu.community.pact.models import Finding, Screening
from lingyu.community.rulebook.events import RefusalRegretted
from lingyu.kernel.reactions import reaction

from .. import kinds
from ..actions import announce, tell


@reaction(on=CaseDecided)
def tell_of_decision(event: CaseDecided) -> None:
    """Tell the author that something breaks the pact, or that what was held back has been published."""
    if event.outcome == Decision.Outcome.VIOLATION:
        kind = kinds.DECIDED
    elif _was_held(event.case):
        kind = kinds.LET_PASS
    else:
        return
    details = {"decision": str(event.decision), "clause": event.clause or ""}
    tell(member=event.person, kind=kind, key=str(event.decision), at=event.occurred_at, details=details)


@reaction(on=ReportSettled)
def tell_of_settled_report(event: ReportSettled) -> None:
    """Tell a reporter how it ended."""
    decision = Decision.objects.filter(case=event.case).values_list("id", flat=True).first()
    tell(
        member=event.person,
        kind=kinds.REPORT_SETTLED,
        key=str(event.case),
        at=event.occurred_at,
        details={"decision": str(decision or ""), "clause": event.clause, "outcome": event.outcome},
    )


@reaction(on=DecisionReversed)
def tell_of_reversal(event: DecisionReversed) -> None:
    """Tell the author that a decision is undone, unless a ruling on their appeal says so already."""
    won = Ruling.objects.filter(
        appeal__decision=event.decision, appeal__by=event.person, outcome=Ruling.Outcome.OVERTURNED
    )
    found = Decision.objects.filter(id=event.decision, outcome=Decision.Outcome.VIOLATION)
    if found.exists() and not won.exists():
        details = {"decision": str(event.decision), "clause": event.clause or ""}
        tell(
            member=event.person,
            kind=kinds.REVERSED,
            key=str(event.decision),
            at=event.occurred_at,
            details=details,
        )


@reaction(on=DecisionReversed)
def tell_reporters_of_reversal(event: DecisionReversed) -> None:
    """Tell reporters that what they reported has ended otherwise; whoever won an appeal knows it."""
    appeals = Ruling.objects.filter(appeal__decision=event.decision, outcome=Ruling.Outcome.OVERTURNED)
    given = Report.objects.filter(case=event.case).exclude(outcome="")
    for row in given.exclude(reporter__in=appeals.values("appeal__by")).order_by("at"):
        tell(
            member=row.reporter_id,
            kind=kinds.REPORT_CHANGED,
            key=str(event.decision),
            at=event.occurred_at,
            details={"decision": str(event.decision), "clause": row.clause, "outcome": row.outcome},
        )


@reaction(on=AppealRuled)
def tell_of_ruling(event: AppealRuled) -> None:
    """Tell who appealed how it ended."""
    details = {"appeal": str(event.appeal), "clause": event.clause or "", "outcome": event.outcome}
    tell(
        member=event.person,
        kind=kinds.APPEAL_RULED,
        key=str(event.appeal),
        at=event.occurred_at,
        details=details,
    )


@reaction(on=PenaltyRests)
def tell_of_rest(event: PenaltyRests) -> None:
    """Tell a member that a penalty rests because the house is late."""
    decision = Finding.objects.filter(id=event.finding).values_list("decision", flat=True).first()
    tell(
        member=event.person,
        kind=kinds.RESTING,
        key=str(event.id),
        at=event.occurred_at,
        details={"decision": str(decision or ""), "clause": event.clause},
    )


@reaction(on=RefusalRegretted)
def tell_of_mistake(event: RefusalRegretted) -> None:
    """Tell a member that a text of theirs was refused by a rule that has been taken back."""
    tell(
        member=event.person,
        kind=kinds.REFUSED_WRONGLY,
        key=str(event.screening),
        at=event.occurred_at,
        details={"subject": event.subject},
    )


@reaction(on=PactAnnounced)
def tell_of_version(event: PactAnnounced) -> None:
    """Begin to tell every member of a new version, and when it comes into force; a job goes on."""
    announce(
        actor=event.actor,
        kind=kinds.VERSION_ANNOUNCED,
        key=str(event.number),
        at=event.occurred_at,
        details={"number": event.number, "day": timezone.localdate(event.in_force_at).isoformat()},
    )


def _was_held(case: UUID) -> bool:
    """Whether the case was about words that were held back until a person had looked."""
    screening = Case.objects.filter(id=case).values_list("screening", flat=True).first()
    return screening is not None and Screening.objects.filter(id=screening, resume__isnull=False).exists()
