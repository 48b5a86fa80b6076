"""Deciding cases: decision, finding, what becomes of the subject and of the reports, in one transaction."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lingyu.community.accounts.models import Member
from lingyu.community.pact import actions as pact
from lingyu.community.pact import versions
from lingyu.community.pact.models import Screening
from lingyu.kernel.ids import uuid7
from lingyu.kernel.text import legible
from lingyu.store.outbox import record
from lingyu.store.repeatable import repeatable

from .. import surfaces
from ..events import CaseDecided, ReportSettled
from ..models import Case, Decision, Lease, Report, Reversal
from .leasing import not_overturned

VIOLATION, CLEAR = Decision.Outcome.VIOLATION, Decision.Outcome.CLEAR


@repeatable
def decide(
    *,
    actor: Member | None,
    case: Case,
    outcome: str,
    lead: str = "",
    also: Iterable[str] = (),
    words: str = "",
    evidence: str = "",
    aggravators: Iterable[str] = (),
    token: int | None = None,
    batch: UUID | None = None,
    at: datetime | None = None,
) -> Decision:
    """Decide a case, once. `token` is of the lease under which it was looked at, when it was taken.

    A violation takes the subject out of sight and is confirmed by the pact; what breaks nothing is opened,
    or brought back. Refused: a case that is decided, about oneself, or that another has taken since.
    """
    at = at or timezone.now()
    case = Case.objects.select_for_update().select_related("member").get(id=case.id)
    _may_decide(actor, case, token, at)
    number = versions.number_at(case.acted_at)
    if outcome == VIOLATION and lead not in versions.numbered(number).by_code:
        raise ValidationError(_("Choose the clause that it breaks: the author will be told."))
    decision = Decision.objects.create(
        case=case,
        outcome=outcome,
        lead=lead if outcome == VIOLATION else "",
        also=[c for c in dict.fromkeys(also) if c and c != lead] if outcome == VIOLATION else [],
        restriction="removed" if outcome == VIOLATION else "none",
        evidence=legible(evidence).strip()[:500],
        words=legible(words).strip()[:2_000],
        pact=number,
        detected_by_machine=case.screening is not None,
        batch=batch,
        by=actor,
        at=at,
    )
    Case.objects.filter(id=case.id).update(closed_at=at)
    # The finding first: to hide is to record facts, whose reactions may ask where the member stands.
    if outcome == VIOLATION:
        _confirm(actor, case, decision, aggravators, at)
    _carry_out(actor, case, decision, at)
    _settle_reports(case, decision, at)
    _record(case, decision, actor, at)
    return decision


@transaction.atomic
def decide_many(
    *, actor: Member, cases: Iterable[Case], at: datetime | None = None, **ruling
) -> list[Decision]:
    """Decide several cases alike, all or none of them; `reversing.take_back` undoes them by their `batch`."""
    batch = uuid7()
    ordered = sorted(cases, key=lambda c: str(c.id))
    return [decide(actor=actor, case=case, batch=batch, at=at, **ruling) for case in ordered]


def _may_decide(actor: Member | None, case: Case, token: int | None, at: datetime) -> None:
    if case.closed_at:
        raise ValidationError(_("This case has been decided meanwhile."))
    if actor is not None and case.member_id == actor.id:
        raise ValidationError(_("This case is about you. Somebody else decides it."))
    if actor is not None:
        not_overturned(actor, case)
    lease = Lease.objects.filter(case=case).select_related("holder").first()
    if lease is None:
        return
    other = actor is None or lease.holder_id != actor.id
    if (token is not None and lease.token != token) or (other and lease.until > at):
        raise ValidationError(
            _("%(who)s has taken this case since. Look at it again."),
            params={"who": lease.holder.display_name},
        )


def _confirm(actor, case: Case, decision: Decision, aggravators: Iterable[str], at: datetime) -> None:
    pact.confirm(
        actor=actor,
        decision=decision.id,
        member=case.member,
        subject=case.subject,
        clause=decision.lead,
        also=decision.also,
        aggravators=aggravators,
        evidence=decision.evidence,
        acted_at=case.acted_at,
        at=at,
    )


def _carry_out(actor, case: Case, decision: Decision, at: datetime) -> None:
    violation = decision.outcome == VIOLATION
    for held in Screening.objects.held().filter(subject=case.subject):
        pact.settle(actor=actor, screening=held, passes=not violation, at=at)
    shown = surfaces.find(case.subject)
    if shown is None:
        return
    if violation:
        surfaces.hide(actor, case.subject, decision.lead, decision.words, at)
    elif case.hidden_at:
        surfaces.restore(actor, case.subject, as_shown(case), at)
    elif not shown.visible:
        surfaces.let_pass(actor, case.subject, at)


def as_shown(case: Case) -> surfaces.Shown:
    """The subject as it was when its case began."""
    return surfaces.Shown(case.member, case.text, case.title, "", case.acted_at, True)


def _settle_reports(case: Case, decision: Decision, at: datetime) -> None:
    upheld = decision.outcome == VIOLATION
    outcome = Report.Outcome.UPHELD if upheld else Report.Outcome.DISMISSED
    _settle_anew(case, decision, outcome)
    for given in case.reports.select_related("reporter").order_by("at"):
        Report.objects.filter(id=given.id).update(outcome=outcome)
        about = {"case": case.id, "subject": case.subject, "outcome": outcome.value, "clause": given.clause}
        record(ReportSettled(occurred_at=at, person=given.reporter.key, actor=None, **about))


def _settle_anew(case: Case, decision: Decision, outcome: str) -> None:
    """Reports that an appeal had brought back before reviewers stand or fall with what is decided then."""
    undone = Reversal.objects.filter(
        decision__case__subject=case.subject, decision__outcome=Decision.Outcome.CLEAR, at__lt=decision.at
    )
    last = undone.select_related("decision").order_by("-at").first()
    if last is None:
        return
    since = Decision.objects.filter(case__subject=case.subject, at__gt=last.at).exclude(id=decision.id)
    if not since.exists():
        Report.objects.filter(case=last.decision.case_id).update(outcome=outcome)


def _record(case: Case, decision: Decision, actor: Member | None, at: datetime) -> None:
    fact = CaseDecided(
        occurred_at=at,
        person=case.member.key,
        actor=actor.key if actor else None,
        case=case.id,
        decision=decision.id,
        subject=case.subject,
        kind=case.kind,
        outcome=str(decision.outcome),
        origin=case.origin,
        hours=round((at - case.opened_at).total_seconds() / 3600, 3),
        in_time=at <= case.due_at,
        by_machine=decision.detected_by_machine,
        clause=decision.lead or None,
    )
    record(fact)
