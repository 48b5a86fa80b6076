"""Confirming findings, seconding or not, correcting and resting them."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lingyu.community.accounts.models import Member
from lingyu.kernel.text import legible
from lingyu.store.outbox import record

from .. import standings, versions
from ..events import PenaltyRests, SecondRefused, ViolationConfirmed, ViolationCorrected, ViolationSeconded
from ..ladder import AGGRAVATORS
from ..models import Correction, Finding, Refusal, Relief, Second


@transaction.atomic
def confirm(
    *,
    actor: Member | None,
    decision: UUID,
    member: Member,
    subject: str,
    clause: str,
    acted_at: datetime,
    also: Iterable[str] = (),
    aggravators: Iterable[str] = (),
    evidence: str = "",
    at: datetime | None = None,
) -> Finding:
    """Confirm that `member` broke `clause`; the same `decision` again is the same finding.

    The pact in force at `acted_at` says how severe it is. Raises ValidationError for a clause or an
    aggravator that there is not.
    """
    at = at or timezone.now()
    if known := Finding.objects.filter(decision=decision).first():
        return known
    number = versions.number_at(acted_at)
    found = versions.numbered(number).by_code.get(clause)
    if found is None:
        raise ValidationError(_("The pact of that day has no clause %(code)s."), params={"code": clause})
    raised = sorted(set(aggravators))
    if unknown := set(raised) - AGGRAVATORS.keys():
        raise ValidationError(_("Unknown: %(codes)s."), params={"codes": ", ".join(sorted(unknown))})
    row = Finding.objects.create(
        decision=decision,
        member=member,
        subject=subject,
        clause=clause,
        also=[code for code in dict.fromkeys(also) if code != clause],
        severity=found.severity,
        illegal=found.illegal,
        aggravators=raised,
        evidence=evidence[:500],
        pact=number,
        ladder=standings.CURRENT.version,
        acted_at=min(acted_at, at),
        told_at=at,
        decided_by=actor,
    )
    about = {"finding": row.id, "subject": subject, "clause": clause, "severity": row.severity}
    level = standings.level_of(row.id, member.id)
    who = actor.key if actor else None
    record(ViolationConfirmed(occurred_at=at, person=member.key, actor=who, level=level, **about))
    return row


@transaction.atomic
def second(*, actor: Member, finding: Finding, at: datetime | None = None) -> bool:
    """Confirm, as another person, what is permanent or aggravated; False when it was confirmed before."""
    at = at or timezone.now()
    if actor.id in (finding.decided_by_id, finding.member_id):
        raise ValidationError(_("Somebody else has to confirm this: you decided it yourself."))
    Finding.objects.select_for_update(no_key=True).get(id=finding.id)
    if Refusal.objects.filter(finding=finding).exists():
        raise ValidationError(_("Another has looked at this meanwhile, and did not confirm it."))
    _second, new = Second.objects.get_or_create(finding=finding, defaults={"by": actor, "at": at})
    if new:
        level = standings.level_of(finding.id, finding.member_id)
        about = {"finding": finding.id, "clause": finding.clause, "level": level}
        record(ViolationSeconded(occurred_at=at, person=str(finding.member_id), actor=actor.key, **about))
    return new


@transaction.atomic
def refuse(*, actor: Member, finding: Finding, words: str, at: datetime | None = None) -> bool:
    """Do not confirm, as another person, and say why: it stays at what one person may do.

    False when another had refused before; ValidationError where it has been confirmed.
    """
    at = at or timezone.now()
    if actor.id in (finding.decided_by_id, finding.member_id):
        raise ValidationError(_("Somebody else has to confirm this: you decided it yourself."))
    if not (words := legible(words).strip()[:2_000]):
        raise ValidationError(_("Say why you do not confirm it: whoever decided will read it."))
    Finding.objects.select_for_update(no_key=True).get(id=finding.id)
    if Second.objects.filter(finding=finding).exists():
        raise ValidationError(_("Another has confirmed this meanwhile."))
    about = {"by": actor, "at": at, "words": words}
    _refusal, new = Refusal.objects.get_or_create(finding=finding, defaults=about)
    if new:
        told = {"finding": finding.id, "clause": finding.clause}
        record(SecondRefused(occurred_at=at, person=str(finding.member_id), actor=actor.key, **told))
    return new


@transaction.atomic
def correct(
    *,
    actor: Member | None,
    finding: Finding,
    severity: int | None,
    words: str = "",
    at: datetime | None = None,
) -> Correction:
    """Overturn a finding (`severity` None), or let it weigh less. Raises ValidationError for more."""
    at = at or timezone.now()
    if severity is not None and not 1 <= severity < finding.severity:
        raise ValidationError(
            _("A reduced severity is less than the one found (%(was)d)."), params={"was": finding.severity}
        )
    if severity is None and (before := finding.corrections.filter(severity__isnull=True).first()):
        return before
    row = Correction.objects.create(finding=finding, severity=severity, by=actor, at=at, words=words[:2_000])
    end_relief(actor=actor, finding=finding, at=at)
    record(
        ViolationCorrected(
            occurred_at=at,
            person=str(finding.member_id),
            actor=actor.key if actor else None,
            finding=finding.id,
            subject=finding.subject,
            clause=finding.clause,
            severity=severity or 0,
        )
    )
    return row


@transaction.atomic
def relieve(*, actor: Member | None, finding: Finding, at: datetime | None = None) -> bool:
    """Let the penalty of a finding rest from now on; False when it rests already."""
    at = at or timezone.now()
    _relief, new = Relief.objects.get_or_create(finding=finding, until=None, defaults={"since": at})
    if new:
        about = {"finding": finding.id, "clause": finding.clause}
        record(PenaltyRests(occurred_at=at, person=str(finding.member_id), actor=None, **about))
    return new


@transaction.atomic
def end_relief(*, actor: Member | None, finding: Finding, at: datetime | None = None) -> bool:
    """Let a resting penalty hold again; False when none rests."""
    at = at or timezone.now()
    return bool(Relief.objects.filter(finding=finding, until=None).update(until=at))
