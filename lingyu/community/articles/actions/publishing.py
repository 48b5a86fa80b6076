"""Opening articles to everybody, at once or at a time that was chosen, and taking them off the site."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from lingyu.community.accounts import door
from lingyu.community.accounts.models import Member
from lingyu.store.outbox import record

from ..events import (
    ArticlePublished,
    ArticleReinstated,
    ArticleRetired,
    ArticleScheduled,
    ScheduleCancelled,
)
from ..models import Article
from ..timing import FURTHEST
from .attention import end_feature
from .telling import fact_about
from .writing import clean


def publish_article(
    *, actor: Member, article: Article, contest: bool = False, at: datetime | None = None
) -> bool:
    """Open an article to everybody; False when it was already open or has been retired.

    A time that was chosen for it falls away. Raises what `door.admit` raises: it may be refused, or have
    to wait for a person. `contest`: it was refused before, and the writer asks for one.
    """
    at = at or timezone.now()
    waiting = _unpublished(article)
    if not waiting.exists():
        return False
    door.admit(actor=article.author, writing=to_be_published(article, contest), at=at)
    return _publish(waiting, actor, article, at)


def publish_scheduled(*, actor: Member, article: Article, at: datetime | None = None) -> bool:
    """Open an article whose time has come; False when it is not due any more, or another was first.

    Raises what `door.admit` raises.
    """
    at = at or timezone.now()
    due = Article.objects.due(at).filter(id=article.id)
    if not due.exists():
        return False
    door.admit(actor=article.author, writing=to_be_published(article), at=at)
    return _publish(due, actor, article, at)


@door.resumes("articles.publish")
def publish_reviewed(*, actor: Member, article: str, version: int, at: datetime) -> bool:
    """Open an article that a person let pass; False when its words are not those any more that were read."""
    found = Article.objects.filter(id=article, version=version).first()
    return found is not None and _publish(_unpublished(found), actor, found, at)


@transaction.atomic
def schedule_article(
    *, actor: Member, article: Article, moment: datetime, at: datetime | None = None
) -> bool:
    """Choose when an unpublished article is opened to everybody; False when it is that moment already.

    Refused: a moment that is past, one more than a year away, and what is published or retired.
    """
    at = at or timezone.now()
    if moment <= at:
        raise ValidationError(_("That time is past. Choose a later one, or publish now."))
    if moment - at > FURTHEST:
        raise ValidationError(_("Choose a time within a year."))
    if article.scheduled_for == moment:
        return False
    waiting = Article.objects.filter(id=article.id, published_at__isnull=True, retired_at__isnull=True)
    if not waiting.update(scheduled_for=moment):
        raise ValidationError(_("This article is published already, or has been taken off the site."))
    article.scheduled_for = moment
    record(fact_about(ArticleScheduled, article, actor, at, scheduled_for=moment))
    return True


@transaction.atomic
def cancel_schedule(*, actor: Member | None, article: Article, at: datetime | None = None) -> bool:
    """Let an article stay a draft after all; False when no time is chosen for it."""
    at = at or timezone.now()
    if not Article.objects.scheduled().filter(id=article.id).update(scheduled_for=None):
        return False
    article.scheduled_for = None
    record(fact_about(ScheduleCancelled, article, actor, at))
    return True


@transaction.atomic
def retire_article(
    *, actor: Member | None, article: Article, reason: str, at: datetime | None = None
) -> bool:
    """Take an article off the site for good, saying why; False when it is already off.

    One that was to be published later is not published any more.
    """
    at, reason = at or timezone.now(), clean(reason)[:200]
    if not reason:
        raise ValidationError(_("Say why the article is taken off the site."))
    cancel_schedule(actor=actor, article=article, at=at)
    shown = Article.objects.filter(id=article.id, retired_at__isnull=True)
    if not shown.update(retired_at=at, retired_by=actor, retired_because=reason):
        return False
    article.retired_at = at
    record(fact_about(ArticleRetired, article, actor, at, reason=reason))
    end_feature(actor=actor, article=article, at=at)
    return True


@transaction.atomic
def reinstate_article(*, actor: Member | None, article: Article, at: datetime | None = None) -> bool:
    """Bring back an article that was taken off the site, as after a won appeal; False when it is there."""
    at = at or timezone.now()
    gone = Article.objects.filter(id=article.id, retired_at__isnull=False)
    if not gone.update(retired_at=None, retired_by=None, retired_because=""):
        return False
    article.retired_at = None
    record(fact_about(ArticleReinstated, article, actor, at))
    return True


def to_be_published(article: Article, contest: bool = False) -> door.Writing:
    """What the door is shown of an article: its words, and how it goes on when a person lets it pass."""
    return door.Writing(
        kind="article",
        subject=f"article:{article.id}",
        title=article.title,
        text="\n\n".join(part for part in (article.summary, article.body) if part),
        resume=("articles.publish", {"article": str(article.id), "version": article.version}),
        contest=contest,
    )


def _unpublished(article: Article) -> QuerySet:
    return Article.objects.filter(id=article.id, published_at__isnull=True, retired_at__isnull=True)


@transaction.atomic
def _publish(waiting: QuerySet, actor: Member, article: Article, at: datetime) -> bool:
    # One conditional update: of two who publish at the same moment, one does.
    if not waiting.update(published_at=at, scheduled_for=None):
        return False
    article.published_at, article.scheduled_for = at, None
    record(fact_about(ArticlePublished, article, actor, at))
    return True
