"""What is mixed among a moderator's cases to measure reviewing: golden cases, and blind second looks.

Holds how often, and which. A blind look has an address of its own, kept in the moderator's session, so
that it looks like any other case.
"""

import random
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from lingyu.community.accounts.models import Member
from lingyu.kernel.ids import uuid7

from ..models import Case, Decision, Golden

# One in so many cases that are taken is a golden one; one in so many decided ones is looked at again.
GOLDEN, DOUBLE = 20, 10
# Decisions are looked at again while they are fresh; a bounded number is gone through.
FRESH, LOOKED_THROUGH = timedelta(days=30), 400
# Of blind looks that one has begun and not ended, so many are remembered.
REMEMBERED = 20
_KEY = "blind_looks"
Kind = Literal["golden", "double"]
_lots = random.SystemRandom()


def drawn(member: Member, now: datetime) -> tuple[Kind, UUID] | None:
    """What `member` is given instead of the next case of the queue; None most of the time."""
    if _lots.randrange(GOLDEN) == 0 and (golden := golden_for(member)):
        return "golden", golden.id
    if _lots.randrange(DOUBLE) == 0 and (case := double_for(member, now)):
        return "double", case.id
    return None


def golden_for(member: Member) -> Golden | None:
    """A golden case that this moderator has neither made nor answered; any of them."""
    fresh = Golden.objects.filter(retired_at__isnull=True).exclude(by=member).exclude(answers__by=member)
    return fresh.order_by("?").first()


def double_for(member: Member, now: datetime) -> Case | None:
    """The oldest fresh decision of the sample that another made, and nobody has looked at again."""
    made = Decision.objects.filter(at__gt=now - FRESH, by__isnull=False, case__doubles__isnull=True)
    made = made.exclude(by=member).exclude(case__member=member).select_related("case").order_by("at")
    return next((d.case for d in made[:LOOKED_THROUGH] if in_sample(d.case_id)), None)


def in_sample(case: UUID) -> bool:
    """Whether a case belongs to the share that is looked at twice: by its id, so that nobody chooses."""
    return case.int % DOUBLE == 0


def begin(session, kind: Kind, id: UUID) -> UUID:
    """An address for a blind look, remembered in the session."""
    mask = uuid7()
    kept = [*session.get(_KEY, []), [str(mask), kind, str(id)]]
    session[_KEY] = kept[-REMEMBERED:]
    return mask


def behind(session, mask: UUID) -> Golden | Case | None:
    """What stands behind the address of a blind look; None for an address that is a case's own.

    None, too, for a golden case that was retired meanwhile: its text may be gone.
    """
    for known, kind, id in session.get(_KEY, []):
        if known == str(mask):
            if kind == "golden":
                return Golden.objects.filter(id=id, retired_at__isnull=True).first()
            return Case.objects.filter(id=id).first()
    return None


def end(session, mask: UUID) -> None:
    """Forget a blind look that was answered."""
    session[_KEY] = [look for look in session.get(_KEY, []) if look[0] != str(mask)]
