"""Undoing decisions, with everything that followed from them."""

from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lingyu.community.accounts.models import Member
from lingyu.community.pact import actions as pact
from lingyu.community.pact.models import Finding, Screening
from lingyu.kernel.text import legible
from lingyu.store.outbox import record
from lingyu.store.repeatable import repeatable

from .. import surfaces
from ..events import DecisionReversed
from ..models import Case, Decision, Report, Reversal
from .deciding import VIOLATION, as_shown

# So long one may take back one's own decision without an appeal.
SECOND_THOUGHTS = timedelta(hours=24)


@repeatable
def reverse(*, actor: Member | None, decision: Decision, words: str, at: datetime | None = None) -> Reversal:
    """Undo a decision: what it hid is back, the finding does not count, reporters' credit is as it was.

    Feathers follow by reactions of their own; `proofs` shows that everything is as if it had never
    been. The same decision again changes nothing.
    """
    at = at or timezone.now()
    case = Case.objects.select_for_update().select_related("member").get(id=decision.case_id)
    if done := Reversal.objects.filter(decision=decision).first():
        return done
    words = legible(words).strip()[:2_000]
    if not words:
        raise ValidationError(_("Say why: those concerned will read it."))
    reversal = Reversal.objects.create(decision=decision, by=actor, at=at, words=words)
    if decision.outcome == VIOLATION:
        for finding in Finding.objects.filter(decision=decision.id):
            pact.correct(actor=actor, finding=finding, severity=None, words=words, at=at)
        _bring_back(actor, case, at)
    opposite = Report.Outcome.DISMISSED if decision.outcome == VIOLATION else Report.Outcome.UPHELD
    case.reports.update(outcome=opposite)
    record(
        DecisionReversed(
            occurred_at=at,
            person=case.member.key,
            actor=actor.key if actor else None,
            case=case.id,
            decision=decision.id,
            subject=case.subject,
            kind=case.kind,
            clause=decision.lead or None,
        )
    )
    return reversal


@transaction.atomic
def take_back(*, actor: Member, batch: UUID, words: str, at: datetime | None = None) -> int:
    """Undo what one has decided of many cases at once, within a day; how many decisions that were."""
    at = at or timezone.now()
    mine = Decision.objects.filter(batch=batch, by=actor, at__gt=at - SECOND_THOUGHTS, reversal__isnull=True)
    mine = list(mine.order_by("id"))
    if not mine:
        raise ValidationError(_("There is nothing to take back: it is too long ago, or has been undone."))
    for decision in mine:
        reverse(actor=actor, decision=decision, words=words, at=at)
    return len(mine)


def _bring_back(actor: Member | None, case: Case, at: datetime) -> None:
    held = (
        Screening.objects.filter(id=case.screening, resume__isnull=False).first() if case.screening else None
    )
    if held is not None:
        _go_on(actor, held, at)
    shown = surfaces.find(case.subject)
    if shown is not None and not shown.visible:
        surfaces.restore(actor, case.subject, as_shown(case), at)


def _go_on(actor: Member | None, held: Screening, at: datetime) -> None:
    """Publish after all what had been held back and turned down."""
    Screening.objects.filter(id=held.id).update(settled_at=None)
    pact.settle(actor=actor, screening=held, passes=True, at=at)
