"""Counting readers: an effective read by somebody whom a link brought, once for a reader and article.

Holds writes of arrivals that come to count, or do not.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from lingyu.community.accounts.models import Member
from lingyu.community.articles.gates import open_to
from lingyu.community.articles.models import Article, Reading
from lingyu.community.ledger.actions import together
from lingyu.store.outbox import record
from lingyu.store.repeatable import repeatable

from ..events import ReaderQualified
from ..linking import (
    AUTHOR,
    GONE,
    PAIR,
    SEEN,
    browsers_of,
    invited_before,
    members_behind,
    sign_between,
)
from ..models import Arrival, ShareLink
from ..signals import browser_hash
from .arriving import dismiss, reward

# A read belongs to an arrival of the last day, as long as a page's token is good.
WINDOW = timedelta(days=1)


class _Reader:
    """One person by all that is known of them: an account, and browsers that were used with it."""

    def __init__(self, person: str):
        self.person = person
        self.member = _member(person)
        browsers = set() if self.member else {browser_hash(person)}
        self.members = members_behind(browsers) | ({self.member.id} if self.member else set())
        self.browsers = browsers | browsers_of(self.members)

    def before(self, article: Article, at: datetime) -> bool:
        """Whether they had read the article by then, as this person."""
        return Reading.objects.filter(article=article, person=self.person, read_at__lt=at).exists()


def _member(person: str) -> Member | None:
    try:
        return Member.objects.filter(id=UUID(person)).first()
    except ValueError:
        return None


@repeatable
def follow_read(*, person: str, article: Article, at: datetime) -> Arrival | None:
    """Count an effective read for who brought the reader: the first sharer; None when none did."""
    reader = _Reader(person)
    came = Arrival.objects.filter(article=article, first_at__lte=at, last_at__gt=at - WINDOW)
    came = came.by(reader.members, reader.browsers)
    # One reader after the other for a link: what one of them counts, the next one has to see.
    links = ShareLink.objects.filter(id__in=came.open().values("link")).order_by("id")
    sharers = {member for _, member in links.select_for_update(no_key=True).values_list("id", "member")}
    together(*sharers)
    counted = None
    for arrival in came.open().select_related("link__member", "link__article").order_by("first_at", "id"):
        why = SEEN if counted else _why_not(arrival, reader, article)
        if why or not _count(arrival, at):
            dismiss(arrival, why or SEEN, person, at)
            continue
        counted = arrival
        _record(arrival, reader, at)
        reward(arrival, at)
    return counted


def _why_not(arrival: Arrival, reader: _Reader, article: Article) -> str:
    sharer = arrival.link.member
    who = reader.member or arrival.member
    if not article.is_published or not open_to(who or AnonymousUser(), article):
        return GONE
    if article.author_id in reader.members:
        return AUTHOR
    if reader.before(article, arrival.first_at) or _counted_before(arrival, reader, article):
        return SEEN
    people = [None, *Member.objects.filter(id__in=reader.members)]
    signs = (sign_between(sharer, other, reader.browsers, [arrival.device]) for other in people)
    if sign := next(filter(None, signs), ""):
        return sign
    return PAIR if who and invited_before(sharer, who, arrival.first_at) else ""


def _counted_before(arrival: Arrival, reader: _Reader, article: Article) -> bool:
    counted = Arrival.objects.filter(article=article, qualified_at__isnull=False).exclude(id=arrival.id)
    if counted.by(reader.members, reader.browsers).exists():
        return True
    # A cookie thrown away makes no new person of a device.
    same = counted.filter(link=arrival.link_id, device=arrival.device)
    return bool(arrival.device) and same.exists()


def _count(arrival: Arrival, at: datetime) -> bool:
    """Take the reader's one place for this article; False when it was taken meanwhile."""
    try:
        with transaction.atomic():
            return bool(Arrival.objects.open().filter(id=arrival.id).update(qualified_at=at))
    except IntegrityError:
        return False


def _record(arrival: Arrival, reader: _Reader, at: datetime) -> None:
    record(
        ReaderQualified(
            occurred_at=at,
            person=reader.person,
            actor=reader.member.key if reader.member else None,
            link=arrival.link_id,
            sharer=str(arrival.link.member_id),
            article=arrival.article_id,
            depth=arrival.link.depth,
        )
    )
