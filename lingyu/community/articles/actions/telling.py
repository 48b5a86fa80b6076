"""What the actions record: a fact about an article, with what every such fact says."""

from datetime import datetime

from lingyu.community.accounts.models import Member
from lingyu.kernel.events import Event

from ..models import Article


def fact_about(kind: type[Event], article: Article, actor: Member | None, at: datetime, **more) -> Event:
    """A fact of `kind` about `article`, done by `actor`; `more` adds to its fields, or replaces them."""
    who = actor.key if actor else None
    return kind(
        **{
            "occurred_at": at,
            "person": who,
            "actor": who,
            "article": article.id,
            "author": str(article.author_id),
            "column": article.column.slug if article.column else None,
            **more,
        }
    )
