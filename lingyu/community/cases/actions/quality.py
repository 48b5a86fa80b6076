"""Golden cases picked by hand, their answers, and blind second looks."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lingyu.community.accounts.models import Member
from lingyu.community.pact import versions
from lingyu.kernel.text import legible

from ..models import Case, Double, Golden, GoldenAnswer


@transaction.atomic
def add_golden(
    *,
    actor: Member | None,
    text: str,
    clause: str,
    because: str,
    kind: str = "comment",
    title: str = "",
    source: Case | None = None,
    at: datetime | None = None,
) -> Golden:
    """Pick a text whose right answer is known, and say why it is right; an empty `clause` breaks nothing.

    `source` is the case that it was taken from, if any: whoever wrote it may ask for it back.
    """
    text, because = legible(text).strip(), legible(because).strip()[:500]
    if not text or not because:
        raise ValidationError(_("A golden case needs its text, and why the answer is right."))
    _known(clause)
    return Golden.objects.create(
        kind=kind,
        title=legible(title)[:200],
        text=text,
        clause=clause,
        source=source,
        because=because,
        by=actor,
        at=at or timezone.now(),
    )


@transaction.atomic
def retire_golden(*, actor: Member, golden: Golden, at: datetime | None = None) -> bool:
    """Show a golden case no more; its answers stay. False when it was retired before."""
    still = Golden.objects.filter(id=golden.id, retired_at__isnull=True)
    return bool(still.update(retired_at=at or timezone.now()))


@transaction.atomic
def answer_golden(*, actor: Member, golden: Golden, clause: str, at: datetime | None = None) -> GoldenAnswer:
    """Keep what a moderator says of a golden case; only the first answer counts."""
    _known(clause)
    told = {"clause": clause, "at": at or timezone.now()}
    answer, _new = GoldenAnswer.objects.get_or_create(golden=golden, by=actor, defaults=told)
    return answer


@transaction.atomic
def look_again(*, actor: Member, case: Case, clause: str, at: datetime | None = None) -> Double:
    """Keep a blind second look at a decided case; not by whoever decided it, nor by whom it is about."""
    _known(clause)
    decision = getattr(case, "decision", None)
    if decision is None:
        raise ValidationError(_("This case has not been decided yet."))
    if actor.id in (decision.by_id, case.member_id):
        raise ValidationError(_("Somebody else has to look at this again."))
    told = {"clause": clause, "at": at or timezone.now()}
    look, _new = Double.objects.get_or_create(case=case, by=actor, defaults=told)
    return look


def _known(clause: str) -> None:
    if clause and clause not in versions.in_force().by_code:
        raise ValidationError(_("There is no clause %(code)s."), params={"code": clause})
