"""The steps of a digest: claimed with what it tells of, sent by `jobs` outside any transaction, noted.

The claim is a row with a unique key, so two workers at once, or one after a crash, make one mail of it.
"""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F

from lingyu.store.outbox import record

from ..events import DigestSent
from ..models import Digest, Notification

# Minutes before the 2nd, 3rd, … attempt; after the last one it is given up.
BACK_OFF = (5, 30, 120, 480)
# Whoever has sent for longer than that is taken for dead. More than the time-out of any mail server.
LEASE = timedelta(minutes=10)


def claim_digest(*, member, period: str, until: datetime, at: datetime) -> Digest | None:
    """Claim the mail of a member and period, with every notification that waits for it.

    None when it was claimed before, or nothing waits.
    """
    try:
        with transaction.atomic():
            digest = Digest.objects.create(
                member=member, period=period, until=until, claimed_at=at, next_at=at
            )
            if Notification.objects.filter(member=member).for_mail(until).update(digest=digest):
                return digest
            # Nothing to tell: the period stays free, in case something comes in late.
            digest.delete()
    except IntegrityError:
        pass
    return None


def take_due(*, now: datetime) -> Digest | None:
    """Take one digest to be sent now: nobody else gets it until the lease is over."""
    for digest in Digest.objects.due(now).select_related("member")[:20]:
        mine = Digest.objects.due(now).filter(id=digest.id, attempts=digest.attempts)
        if mine.update(next_at=now + LEASE, attempts=F("attempts") + 1):
            digest.attempts += 1
            return digest
    return None


@transaction.atomic
def note_sent(*, digest: Digest, told: int, at: datetime) -> None:
    """Note that the mail was handed over."""
    if Digest.objects.filter(id=digest.id, sent_at__isnull=True).update(sent_at=at, outcome=""):
        record(DigestSent(occurred_at=at, person=str(digest.member_id), found=told))


@transaction.atomic
def note_failure(*, digest: Digest, why: str, at: datetime) -> bool:
    """Note a failed attempt; True when it will be tried again, False when it has been given up."""
    if digest.attempts > len(BACK_OFF):
        give_up(digest=digest, why=why, at=at)
        return False
    wait = timedelta(minutes=BACK_OFF[digest.attempts - 1])
    Digest.objects.filter(id=digest.id).update(next_at=at + wait, outcome=why[:100])
    return True


@transaction.atomic
def give_up(*, digest: Digest, why: str, at: datetime) -> None:
    """Send this mail no more; what it would have told stays in the centre."""
    Digest.objects.filter(id=digest.id, sent_at__isnull=True).update(given_up_at=at, outcome=why[:100])
