"""What a person says of a ring: the accounts act together, and each is looked at, or they do not."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lingyu.community.accounts.models import Member
from lingyu.community.cases import actions as cases
from lingyu.community.cases import surfaces
from lingyu.community.cases.models import Case
from lingyu.community.pact.models import Screening
from lingyu.kernel.text import legible
from lingyu.store.outbox import record

from ..events import RingAnswered
from ..models import Ring

# What members of a ring that posts are looked at for, and their texts that become cases.
CLAUSE, TEXTS = "3.3", 5


@transaction.atomic
def answer(
    *,
    actor: Member,
    ring: Ring,
    outcome: str,
    words: str,
    members: Iterable[UUID] = (),
    at: datetime | None = None,
) -> list[Case]:
    """Confirm that `members` (by default all) of a ring act together, or dismiss it; the cases that begin.

    Refused: by a member of the ring, without words, and what another has answered.

    Confirming punishes nobody: each account's latest texts become cases, and whoever decides them may name
    “several accounts” as an aggravation, which a second person confirms.
    """
    at = at or timezone.now()
    if outcome not in Ring.Answer.values:
        raise ValidationError(_("Say whether they act together."))
    words = legible(words).strip()[:500]
    if not words:
        raise ValidationError(_("Say by what you know: others will read it."))
    belonging = set(ring.belongings.values_list("member", flat=True))
    if actor.id in belonging:
        raise ValidationError(_("You are in this ring yourself. Somebody else answers it."))
    still = Ring.objects.waiting().filter(id=ring.id)
    if not still.update(answer=outcome, words=words, answered_by=actor, answered_at=at):
        raise ValidationError(_("Somebody has answered this meanwhile."))
    about = {"ring": ring.id, "size": ring.size, "outcome": outcome}
    record(RingAnswered(occurred_at=at, person=None, actor=actor.key, **about))
    if outcome == Ring.Answer.DISMISSED:
        return []
    chosen = belonging & set(members) if members else belonging
    return [case for member in sorted(chosen) for case in _cases(actor, ring, member, at)]


def _cases(actor: Member, ring: Ring, member: UUID, at: datetime) -> list[Case]:
    """Cases about the latest texts of one member of the ring that are still there."""
    subjects = Screening.objects.filter(member=member).order_by("-at").values_list("subject", flat=True)[:50]
    begun = []
    for subject in dict.fromkeys(subjects):
        if len(begun) < TEXTS and surfaces.find(subject) is not None:
            origin = Case.Origin.COORDINATION
            about = {"subject": subject, "origin": origin, "clause": CLAUSE, "confidence": ring.score}
            begun.append(cases.open_case(actor=actor, at=at, **about))
    return begun
