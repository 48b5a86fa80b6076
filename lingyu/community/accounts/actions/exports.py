"""Exports of a member's own data: asked for, made by the worker, removed after their time."""

import logging
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone

from lingyu.store.outbox import record

from ..events import ExportAsked, ExportMade
from ..models import DataExport, Member
from ..models.privacy import EXPORT_ATTEMPTS, EXPORT_KEPT
from ..privacy.contributions import CONTRIBUTIONS
from ..privacy.packing import pack

log = logging.getLogger(__name__)

# Whoever has not finished by then is taken for dead.
LEASE = timedelta(minutes=15)


@transaction.atomic
def ask_export(*, actor: Member, at: datetime | None = None) -> DataExport:
    """Ask for everything about `actor`; while one is being made, that one is the answer."""
    at = at or timezone.now()
    if standing := DataExport.objects.open().filter(member=actor).first():
        return standing
    try:
        with transaction.atomic():
            export = DataExport.objects.create(member=actor, asked_at=at, parts=len(CONTRIBUTIONS))
    except IntegrityError:
        # The twin of this very click was quicker.
        return DataExport.objects.open().get(member=actor)
    record(ExportAsked(occurred_at=at, person=actor.key, actor=actor.key))
    return export


def take_waiting(*, now: datetime) -> DataExport | None:
    """Claim the oldest export that nobody is making; None when there is none."""
    free = Q(begun_at__isnull=True) | Q(begun_at__lte=now - LEASE)
    for export in DataExport.objects.open().filter(free).select_related("member").order_by("asked_at"):
        mine = DataExport.objects.open().filter(free, id=export.id)
        if mine.update(begun_at=now, attempts=F("attempts") + 1, parts_done=0, parts=len(CONTRIBUTIONS)):
            return export
    return None


def make_export(*, export: DataExport, at: datetime | None = None) -> bool:
    """Write the file and offer it; False when it failed, to be tried again a few times."""

    def progress(done: int) -> None:
        DataExport.objects.filter(id=export.id).update(parts_done=done)

    try:
        size = pack(export, progress)
    except Exception:
        log.exception("export %s failed", export.id)
        given_up = DataExport.objects.filter(id=export.id, attempts__gte=EXPORT_ATTEMPTS)
        given_up.update(failed_at=at or timezone.now())
        return False
    with transaction.atomic():
        at = at or timezone.now()
        done = DataExport.objects.open().filter(id=export.id)
        if done.update(done_at=at, size=size, expires_at=at + EXPORT_KEPT):
            record(ExportMade(occurred_at=at, person=export.member.key))
    return True


def remove_outdated(*, now: datetime, limit: int = 50) -> int:
    """Delete the files whose time is over; how many there were."""
    removed = 0
    for export in DataExport.objects.outdated(now)[:limit]:
        export.path.unlink(missing_ok=True)
        removed += DataExport.objects.outdated(now).filter(id=export.id).update(removed_at=now)
    return removed
