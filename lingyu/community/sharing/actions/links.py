"""Making links: one for a member and article at a time, renewed when its life is over.

Holds writes of links.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from lingyu.community.accounts.models import Member
from lingyu.community.articles.models import Article
from lingyu.store.outbox import record

from ..events import LinkMade
from ..links import draw
from ..models import LINK_LIFE, Arrival, ShareLink


@transaction.atomic
def make_link(*, actor: Member, article: Article | None = None, at: datetime | None = None) -> ShareLink:
    """The link of `actor` to an article, or their invitation; made when there is none that works."""
    at = at or timezone.now()
    standing = ShareLink.objects.standing().of(actor, article)
    for old in standing.filter(made_at__lte=at - LINK_LIFE):
        standing.filter(id=old.id).update(ended_at=old.made_at + LINK_LIFE)
    parent = _came_by(actor, article)
    link, new = standing.get_or_create(
        member=actor,
        article=article,
        ended_at=None,
        defaults={
            "number": draw(),
            "parent": parent,
            "depth": parent.depth + 1 if parent else 0,
            "made_at": at,
        },
    )
    if new:
        record(
            LinkMade(
                occurred_at=at,
                person=actor.key,
                actor=actor.key,
                link=link.id,
                via=link.via,
                depth=link.depth,
                article=article.id if article else None,
            )
        )
    return link


def _came_by(member: Member, article: Article | None) -> ShareLink | None:
    """The link by which a member had come to an article first; nobody's own."""
    if article is None:
        return None
    came = Arrival.objects.filter(member=member, article=article).exclude(link__member=member)
    first = came.select_related("link").order_by("first_at").first()
    return first.link if first else None
