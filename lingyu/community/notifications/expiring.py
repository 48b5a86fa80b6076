"""Feathers about to expire: found in the ledger's lots, told a week ahead."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Exists, OuterRef, Sum
from django.db.models.functions import TruncDate

from lingyu.community.ledger.models import Lot

from . import actions, kinds
from .models import Notification

AHEAD = timedelta(days=7)
BATCH = 500


def tell_ahead(now: datetime) -> int:
    """Tell up to `BATCH` members and days of which nobody has been told; how many were told."""
    zone = ZoneInfo(settings.TIME_ZONE)
    soon = Lot.objects.filter(left__gt=0, expires_at__gt=now, expires_at__lte=now + AHEAD)
    # Every line of one day has the same group: who has it has been told.
    days = soon.annotate(day=TruncDate("expires_at", tzinfo=zone)).order_by("day").values("day").distinct()
    told = 0
    for day in days.values_list("day", flat=True):
        group = f"{kinds.EXPIRING.code}|{day}"
        known = Notification.objects.filter(member=OuterRef("member"), group=group)
        lots = soon.annotate(day=TruncDate("expires_at", tzinfo=zone)).filter(~Exists(known), day=day)
        for member, feathers in (
            lots.order_by("member").values_list("member").annotate(all=Sum("left"))[:BATCH]
        ):
            told += actions.tell(
                member=member,
                kind=kinds.EXPIRING,
                key=str(day),
                group=str(day),
                at=now,
                feathers=feathers,
                details={"day": str(day)},
            )
    return told
