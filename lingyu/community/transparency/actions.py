"""The only writer of transparency: publishing the months that are over.

Every action takes `actor` first (None: the house by itself) and the time `at` (now by default).
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from lingyu.community.accounts.models import Member
from lingyu.community.cases.models import Case
from lingyu.community.pact.models import Screening
from lingyu.store.outbox import record

from . import proving
from .events import NumbersPublished
from .models import Publication
from .months import Month

# What was decided in the last moment of a month has been committed by then.
SETTLED = timedelta(hours=1)


def publish_next(*, actor: Member | None, at: datetime | None = None) -> Publication | None:
    """Publish the earliest month that is over and not published; None when there is none.

    A month is counted as it was known when it ended, whenever it is published. Begins with the month of
    the first text or case; months in which nothing happened are published, too.
    """
    at = at or timezone.now()
    month = _due()
    if month is None or month.until(settings.TIME_ZONE) + SETTLED > at:
        return None
    zone = settings.TIME_ZONE
    content = proving.content_of(month, known=month.until(zone), zone=zone)
    last = Publication.objects.order_by("-month").first()
    before = last.digest if last else ""
    try:
        return _publish(actor, month, content, before, at)
    except IntegrityError:
        # Another worker published it at the same moment.
        return Publication.objects.get(month=str(month))


@transaction.atomic
def _publish(actor: Member | None, month: Month, content: str, before: str, at: datetime) -> Publication:
    digest = proving.digest_of(before, content)
    row = Publication(month=str(month), content=content, before=before, digest=digest, at=at)
    row.save(force_insert=True)
    who = actor.key if actor else None
    record(NumbersPublished(occurred_at=at, person=None, actor=who, month=month.first_day, digest=digest))
    return row


def _due() -> Month | None:
    """The month that is published next."""
    if last := Publication.objects.order_by("-month").first():
        return last.of.next
    firsts = [
        Screening.objects.order_by("at").values_list("at", flat=True).first(),
        Case.objects.order_by("opened_at").values_list("opened_at", flat=True).first(),
    ]
    known = [moment for moment in firsts if moment]
    return Month.of(min(known), settings.TIME_ZONE) if known else None
