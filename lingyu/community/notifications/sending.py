"""Who is due for a digest, and the sending of it: outside any transaction, with the mail server's time-out.

Holds when and to whom. Nothing goes to an address that is not confirmed, nor to an account that is
closed or erased.
"""

import logging
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from lingyu.community.accounts.models import Member

from . import actions
from .letters import letter
from .models import Digest, Notification, Rhythm

log = logging.getLogger(__name__)

CLAIMS = 200
MAILS = 20


def boundary(period: str, hour: int, now: datetime) -> tuple[str, datetime]:
    """The period that ended last, by name, and the moment it ended: at `hour` of the site's zone.

    Where the clocks leave that hour out, it is the first moment after the gap; where they have it
    twice, the first of the two.
    """
    zone = ZoneInfo(settings.TIME_ZONE)
    local = now.astimezone(zone)
    day = local.date()
    if period == Rhythm.Period.WEEKLY:
        day -= timedelta(days=day.weekday())
    step = timedelta(days=7 if period == Rhythm.Period.WEEKLY else 1)
    if _at(day, hour, zone) > now:
        day -= step
    return f"{period} {day.isoformat()}", _at(day, hour, zone)


def claim_due(now: datetime) -> int:
    """Claim a digest for members whose period has ended and for whom something waits; how many."""
    claimed = 0
    for period, hour, members in _rhythms():
        name, until = boundary(period, hour, now)
        # Chosen since then: their first mail comes at the end of the period they chose.
        due = members.exclude(rhythm__at__gt=until).filter(
            Exists(Notification.objects.filter(member=OuterRef("pk")).for_mail(until)),
            ~Exists(Digest.objects.filter(member=OuterRef("pk"), period=name)),
        )
        for member in due.order_by("id")[:CLAIMS]:
            claimed += actions.claim_digest(member=member, period=name, until=until, at=now) is not None
    return claimed


def send_due(now: datetime) -> int:
    """Send what has been claimed and is due; how many attempts there were."""
    tried = 0
    while tried < MAILS and (digest := actions.take_due(now=now)):
        tried += 1
        _send(digest)
    return tried


def reachable() -> QuerySet:
    """Members who may be written to: accounts that stand, with a main address that is confirmed."""
    confirmed = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True, primary=True)
    return Member.objects.active().filter(Exists(confirmed), erased_at__isnull=True)


def _send(digest: Digest) -> None:
    member = reachable().filter(id=digest.member_id).first()
    address = (
        EmailAddress.objects.filter(user=member, verified=True, primary=True).first() if member else None
    )
    if address is None or Rhythm.of(member).period == Rhythm.Period.OFF:
        actions.give_up(digest=digest, why="not_wanted", at=timezone.now())
        return
    try:
        written = letter(digest, address.email)
        if written is None:
            actions.give_up(digest=digest, why="all_read", at=timezone.now())
            return
        mail, told = written
        mail.send()
    except Exception as error:
        # Whatever a mail server does, the next member's mail is sent.
        log.warning("digest %s: %s", digest.id, type(error).__name__)
        actions.note_failure(digest=digest, why=type(error).__name__, at=timezone.now())
        return
    actions.note_sent(digest=digest, told=told, at=timezone.now())


def _rhythms() -> list[tuple[str, int, QuerySet]]:
    """(period, hour, members) of every rhythm in use; those who never chose are with the default."""
    used = Rhythm.objects.exclude(period=Rhythm.Period.OFF).values_list("period", "hour").distinct()
    default = (Rhythm.DEFAULT.value, Rhythm.DEFAULT_HOUR)
    found = []
    for period, hour in {default, *used}:
        chosen = Q(rhythm__period=period, rhythm__hour=hour)
        if (period, hour) == default:
            chosen |= Q(rhythm__isnull=True)
        found.append((period, hour, reachable().filter(chosen)))
    return found


def _at(day, hour: int, zone: ZoneInfo) -> datetime:
    # Through UTC and back, so that an hour that does not exist becomes the one after it.
    return datetime.combine(day, time(hour), zone).astimezone(ZoneInfo("UTC"))
