"""Waiting for a good that is sold out: asking to be told, and being told.

Holds writes of wishes.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from lingyu.community.accounts.models import Member
from lingyu.store.outbox import record

from ..events import WishMet
from ..models import Good, Wish


@transaction.atomic
def wish(*, actor: Member, good: Good, at: datetime | None = None) -> bool:
    """Ask to be told when it is in stock again; False when one has."""
    standing = Wish.objects.filter(good=good, member=actor, told_at__isnull=True)
    if standing.exists():
        return False
    Wish.objects.bulk_create([Wish(good=good, member=actor, at=at or timezone.now())], ignore_conflicts=True)
    return True


@transaction.atomic
def unwish(*, actor: Member, good: Good) -> bool:
    """Wait no longer."""
    return bool(Wish.objects.filter(good=good, member=actor, told_at__isnull=True).delete()[0])


@transaction.atomic
def tell_wishes(*, good: Good, at: datetime, batch: int = 200) -> int:
    """Tell those who wait for a good that there is some; how many. First asked, first told."""
    waiting = Wish.objects.filter(good=good, told_at__isnull=True).select_related("member")
    done = 0
    for row in waiting.order_by("at", "id")[:batch]:
        if Wish.objects.filter(id=row.id, told_at__isnull=True).update(told_at=at):
            record(WishMet(occurred_at=at, person=row.member.key, good=good.id))
            done += 1
    return done
