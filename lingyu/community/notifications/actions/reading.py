"""Reading: notifications are read one group at a time or all at once, and both can be undone.

What was read together has the same moment of reading; that is how an undo finds it again.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from lingyu.community.accounts.models import Member

from ..models import Notification


@transaction.atomic
def mark_read(*, actor: Member, group: str, at: datetime | None = None) -> int:
    """Read every unread notification of a group; how many there were."""
    unread = Notification.objects.of(actor).unread().filter(group=group)
    return unread.update(read_at=at or timezone.now())


@transaction.atomic
def mark_all_read(*, actor: Member, kinds: list[str] | None = None, at: datetime | None = None) -> int:
    """Read everything that came before `at`, of these kinds where they are given; how many there were."""
    at = at or timezone.now()
    unread = Notification.objects.of(actor).unread().filter(at__lte=at)
    if kinds is not None:
        unread = unread.in_area(kinds)
    return unread.update(read_at=at)


@transaction.atomic
def mark_unread(*, actor: Member, read_at: datetime) -> int:
    """Undo: make unread again what was read at that very moment; how many there were."""
    return Notification.objects.of(actor).filter(read_at=read_at).update(read_at=None)
