"""What the articles do as time passes: publish what is due, drop forgotten copies, recount reads.

Holds jobs.
"""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError

from lingyu.kernel.access import WRITE_ARTICLE
from lingyu.kernel.jobs import job

from . import actions
from .models import Article

BATCH = 100


@job("articles.publish", every=timedelta(seconds=20), zh="定时发布", en="Publish what is scheduled")
def publish(now: datetime) -> int:
    """Publish what is due, each in a transaction of its own.

    Whoever may no longer write does not publish either, and what the door refuses or holds back stays a
    draft; a held one is published as soon as a person lets it pass.
    """
    done = 0
    for article in Article.objects.due(now).select_related("author", "column")[:BATCH]:
        author = article.author
        if author.is_active and author.may(WRITE_ARTICLE) and _published(article, now):
            done += 1
        else:
            done += actions.cancel_schedule(actor=None, article=article, at=now)
    return done


def _published(article: Article, now: datetime) -> bool:
    """Whether it could be published: the door may refuse its words or its author, or want a person first."""
    try:
        return actions.publish_scheduled(actor=article.author, article=article, at=now)
    except ValidationError:
        return False


@job("articles.copies", every=timedelta(days=1), zh="清理陈旧草稿副本", en="Throw away forgotten copies")
def forget_copies(now: datetime) -> int:
    """Throw away working copies that nobody has touched for two months; nothing is left for a second run."""
    actions.drop_forgotten_copies(actor=None, at=now)
    return 0


@job("articles.recount_week", every=timedelta(hours=1), zh="统计一周阅读", en="Count the reads of the week")
def recount_week(now: datetime) -> int:
    """Leave out the days that are no longer of the week; nothing is left for a second run."""
    actions.recount_week(actor=None, at=now)
    return 0
