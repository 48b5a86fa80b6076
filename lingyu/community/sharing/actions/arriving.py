"""Arriving: somebody opened a link. It is noted once, and what can never count is dismissed at once.

Holds writes of arrivals, and their dismissal.
"""

from datetime import datetime, timedelta

from django.utils import timezone

from lingyu.community.accounts.models import Member
from lingyu.community.articles.models import Reading
from lingyu.community.feathers import actions as feathers
from lingyu.community.feathers.models import Receipt
from lingyu.store.outbox import record
from lingyu.store.repeatable import repeatable

from ..events import Arrived, ReaderDismissed
from ..linking import AUTHOR, BOT, SEEN, SELF, sign_between
from ..models import Arrival, ShareLink
from ..rewards import READER
from ..signals import Signals

# All programs that open a link stand as one.
PROGRAM = "program"
# So many new visitors a day may come to one link from one device; more are led on, and not noted.
VISITORS_A_DAY = 20


@repeatable
def arrive(
    *, actor: Member | None, link: ShareLink, person: str, signals: Signals, at: datetime | None = None
) -> Arrival | None:
    """Note that `person` (a member's key or a visitor's cookie) opened a link; None when it is nothing."""
    at = at or timezone.now()
    if not link.works(at) or (link.article and not link.article.is_published):
        return None
    who = {"member": actor} if actor else {"member": None, "browser": signals.browser}
    if signals.bot:
        who = {"member": None, "browser": PROGRAM}
    elif not actor and _too_many(link, signals, at):
        return None
    told = {"article": link.article, "first_at": at, "last_at": at}
    known = {} if signals.bot else {"browser": signals.browser, "device": signals.device}
    arrival, new = Arrival.objects.get_or_create(link=link, **who, defaults=told | known)
    if not new:
        Arrival.objects.filter(id=arrival.id, last_at__lt=at).update(last_at=at)
        return arrival
    if not signals.bot:
        _record_arrival(arrival, person, at)
    if link.article and (why := _never(arrival, person, signals)):
        dismiss(arrival, why, person, at)
    return arrival


def _too_many(link: ShareLink, signals: Signals, at: datetime) -> bool:
    lately = Arrival.objects.filter(link=link, device=signals.device, first_at__gt=at - timedelta(days=1))
    new = not lately.filter(browser=signals.browser).exists()
    return new and lately.count() >= VISITORS_A_DAY


def _record_arrival(arrival: Arrival, person: str, at: datetime) -> None:
    link, member = arrival.link, arrival.member
    record(
        Arrived(
            occurred_at=at,
            person=person,
            actor=member.key if member else None,
            link=link.id,
            via=link.via,
            sharer=str(link.member_id),
            article=link.article_id,
        )
    )


def _never(arrival: Arrival, person: str, signals: Signals) -> str:
    """Why this arrival can never count, as far as it shows already."""
    link, reader = arrival.link, arrival.member
    if signals.bot:
        return BOT
    if reader and reader.id == link.member_id:
        return SELF
    if reader and reader.id == link.article.author_id:
        return AUTHOR
    if Reading.objects.filter(article=link.article_id, person=person, read_at__lt=arrival.first_at).exists():
        return SEEN
    return sign_between(link.member, reader, [signals.browser], signals.devices)


def dismiss(arrival: Arrival, why: str, person: str | None, at: datetime) -> bool:
    """Close an open arrival without a reward, with a receipt for the sharer; False when it was closed."""
    if not Arrival.objects.open().filter(id=arrival.id).update(dismissed_at=at, dismissed_because=why):
        return False
    note_dismissal(arrival, why, person, at)
    reward(arrival, at, refused=why)
    return True


def note_dismissal(arrival: Arrival, why: str, person: str | None, at: datetime) -> None:
    """Record that a reader does not count."""
    record(
        ReaderDismissed(
            occurred_at=at,
            person=person,
            link=arrival.link_id,
            sharer=str(arrival.link.member_id),
            article=arrival.article_id,
            reason=why,
        )
    )


def reward(arrival: Arrival, at: datetime, refused: str = "") -> Receipt | None:
    """What the sharer's rule gives for one reader, or the receipt of why nothing."""
    sharer = arrival.link.member
    if not refused and _told_that_it_is_off(sharer):
        return None
    return feathers.earn(
        actor=None,
        member=sharer,
        rule=READER,
        facts={"others": int(sharer.id != arrival.link.article.author_id)},
        refused=refused,
        at=at,
        **business(arrival),
    )


def business(arrival: Arrival) -> dict:
    """By what the feathers know one reader of one article."""
    return {"subject": f"article:{arrival.article_id}", "occurrence": f"reader:{arrival.id}"}


def _told_that_it_is_off(sharer: Member) -> bool:
    """A rule that is switched off says so once to a member, not for every reader."""
    version = feathers.version_in_force(READER)
    told = Receipt.objects.filter(
        member=sharer, cause=READER.code, version=version.number, reason="off", outcome="refused"
    )
    return not version.terms.on and told.exists()
