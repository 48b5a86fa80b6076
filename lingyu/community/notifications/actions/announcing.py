"""Telling everybody: begun at once, and carried on in slices by a job, so that no transaction is long."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from lingyu.community.accounts.models import Member

from ..kinds import KINDS, Kind
from ..models import Announcement
from .telling import BATCH, tell_many


@transaction.atomic
def announce(
    *, actor: UUID | str | None, kind: Kind, key: str, at: datetime, details: dict | None = None
) -> Announcement:
    """Begin to tell every member but `actor`; the same thing again is the same announcement."""
    about = {"by_id": actor, "details": details or {}, "at": at}
    return Announcement.objects.get_or_create(kind=kind.code, key=key, defaults=about)[0]


@transaction.atomic
def carry_on(*, actor: Member | None, announcement: Announcement, at: datetime) -> int:
    """Tell the next `BATCH` members; how many were gone through, 0 when nobody is left.

    Whoever has been told is not told again, so it may be stopped anywhere and be done by two at once.
    """
    row = Announcement.objects.select_for_update().get(id=announcement.id)
    if row.ended_at:
        return 0
    there = Member.objects.active().filter(joined_at__lte=row.at).order_by("id")
    if row.reached:
        there = there.filter(id__gt=row.reached)
    members = list(there.values_list("id", flat=True)[:BATCH])
    if members:
        row.reached = members[-1]
        kind, told = KINDS[row.kind], [m for m in members if m != row.by_id]
        tell_many(members=told, kind=kind, key=row.key, at=row.at, details=row.details)
    else:
        row.ended_at = at
    row.save(update_fields=["reached", "ended_at"])
    return len(members)
