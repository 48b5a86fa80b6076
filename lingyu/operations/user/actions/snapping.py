"""Snapshots of what WeCom counts, kept once a day and owner."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from lingyu.community.accounts.models import Member
from lingyu.kernel.ids import fact_id
from lingyu.store.outbox import record_all

from ..events import SnapshotTaken
from ..models import Snapshot
from ..models.wecom import FIGURES

# A day's figures count on that day, whenever they were taken.
NOON = time(12)


@transaction.atomic
def keep_snapshots(
    *, actor: Member | None, day: date, figures: Mapping[str, Mapping[str, int]], at: datetime
) -> int:
    """Keep a day's figures of owners, as WeCom names them; of whom they are there they stay. How many were
    new.
    """
    known = set(Snapshot.objects.filter(day=day, owner__in=list(figures)).values_list("owner", flat=True))
    fresh = [
        Snapshot(
            day=day,
            owner=owner,
            taken_at=at,
            **{ours: int(told.get(theirs, 0)) for theirs, ours in FIGURES.items()},
        )
        for owner, told in figures.items()
        if owner not in known
    ]
    Snapshot.objects.bulk_create(fresh, ignore_conflicts=True)
    record_all(
        SnapshotTaken(
            id=fact_id("user.snapshot_taken", row.owner, day.isoformat()),
            occurred_at=datetime.combine(day, NOON, ZoneInfo(settings.TIME_ZONE)).astimezone(UTC),
            group_members=row.members,
            talking_members=row.talking_members,
            group_messages=row.messages,
        )
        for row in fresh
    )
    return len(fresh)
