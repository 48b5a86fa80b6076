"""The only writers of the articles: write, edit, publish, retire, feature, and report an effective read.

Every action takes `actor` first and, for imports and the demo, the time `at` at which it happened
(aware; now by default). Bad input raises ValidationError and changes nothing.
"""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lingyu.community.accounts.models import Member
from lingyu.kernel.events import Event
from lingyu.kernel.ids import fact_id
from lingyu.kernel.text import legible
from lingyu.store.outbox import record

from .events import (
    ArticleDrafted,
    ArticleEdited,
    ArticleFeatured,
    ArticlePublished,
    ArticleRead,
    ArticleRetired,
    FeatureEnded,
)
from .models import FEATURED_LIMIT, Article, Column, Feature, Keyword, Reading
from .prose import render

KEYWORDS_LIMIT = 8


@transaction.atomic
def open_column(*, actor: Member | None, slug: str, zh: str, en: str, position: int = 0) -> Column:
    """Open a column, or change the names of the one at this address."""
    column = Column.objects.filter(slug=slug).first() or Column(slug=slug)
    column.zh, column.en, column.position = zh, en, position
    column.full_clean()
    column.save()
    return column


@transaction.atomic
def write_article(
    *,
    actor: Member,
    title: str,
    body: str,
    summary: str = "",
    column: Column | None = None,
    keywords: Iterable[str] = (),
    at: datetime | None = None,
) -> Article:
    """Begin a draft by `actor`."""
    at = at or timezone.now()
    article = Article(author=actor, written_at=at)
    _fill(article, title, summary, body, column, at)
    article.save(force_insert=True)
    _set_keywords(article, keywords)
    record(_event(ArticleDrafted, article, actor, at))
    return article


@transaction.atomic
def edit_article(
    *,
    actor: Member,
    article: Article,
    title: str,
    body: str,
    summary: str = "",
    column: Column | None = None,
    keywords: Iterable[str] = (),
    at: datetime | None = None,
) -> Article:
    """Replace the words of an article, published or not; a retired one stays as it is."""
    at = at or timezone.now()
    if article.retired_at:
        raise ValidationError(_("This article has been taken off the site; it can no longer be edited."))
    _fill(article, title, summary, body, column, at)
    article.save()
    _set_keywords(article, keywords)
    record(_event(ArticleEdited, article, actor, at))
    return article


@transaction.atomic
def publish_article(*, actor: Member, article: Article, at: datetime | None = None) -> bool:
    """Open an article to everybody; False when it was already open or has been retired."""
    at = at or timezone.now()
    draft = Article.objects.filter(id=article.id, published_at__isnull=True, retired_at__isnull=True)
    if not draft.update(published_at=at):
        return False
    article.published_at = at
    record(_event(ArticlePublished, article, actor, at))
    return True


@transaction.atomic
def retire_article(*, actor: Member, article: Article, reason: str, at: datetime | None = None) -> bool:
    """Take an article off the site for good, saying why; False when it is already off."""
    at, reason = at or timezone.now(), legible(reason).strip()[:200]
    if not reason:
        raise ValidationError(_("Say why the article is taken off the site."))
    shown = Article.objects.filter(id=article.id, retired_at__isnull=True)
    if not shown.update(retired_at=at, retired_by=actor, retired_because=reason):
        return False
    article.retired_at = at
    record(_event(ArticleRetired, article, actor, at, reason=reason))
    end_feature(actor=actor, article=article, at=at)
    return True


@transaction.atomic
def feature_article(*, actor: Member, article: Article, at: datetime | None = None) -> bool:
    """Put a published article at the head of the front page; False when it stands there already."""
    at = at or timezone.now()
    if not article.is_published:
        raise ValidationError(_("Only a published article can be featured."))
    if Feature.objects.standing().filter(article=article).exists():
        return False
    taken = set(Feature.objects.standing().values_list("place", flat=True))
    free = next((place for place in range(FEATURED_LIMIT) if place not in taken), None)
    if free is None:
        raise ValidationError(
            _("%(number)d articles are featured already. End one of them first.") % {"number": FEATURED_LIMIT}
        )
    try:
        with transaction.atomic():
            Feature.objects.create(article=article, place=free, by=actor, at=at)
    except IntegrityError:
        raise ValidationError(_("Somebody else featured an article at this moment. Try again.")) from None
    record(_event(ArticleFeatured, article, actor, at))
    return True


@transaction.atomic
def end_feature(*, actor: Member, article: Article, at: datetime | None = None) -> bool:
    """Take an article from the head of the front page; False when it does not stand there."""
    at = at or timezone.now()
    if not Feature.objects.standing().filter(article=article).update(ended_by=actor, ended_at=at):
        return False
    record(_event(FeatureEnded, article, actor, at))
    return True


@transaction.atomic
def report_read(*, actor: Member | None, person: str, article: Article, at: datetime | None = None) -> bool:
    """Count one effective read of `article` by `person` (member or visitor id) on this calendar day.

    False, with nothing written, when it was counted before, when the reader wrote the article, or
    when it is not published.
    """
    at = at or timezone.now()
    if not article.is_published or (actor and actor.id == article.author_id):
        return False
    day = timezone.localdate(at)
    once = fact_id(ArticleRead.name, person, str(article.id), day.isoformat())
    _reading, new = Reading.objects.get_or_create(
        id=once, defaults={"article": article, "person": person, "day": day, "read_at": at}
    )
    if new:
        record(_event(ArticleRead, article, actor, at, id=once, person=person))
    return new


def _fill(article: Article, title: str, summary: str, body: str, column: Column | None, at: datetime) -> None:
    article.title, article.summary, article.body = (
        legible(words).strip() for words in (title, summary, body)
    )
    article.column, article.edited_at = column, at
    # Before rendering: what is too long to keep is too long to parse.
    article.full_clean(exclude=["html"])
    prose = render(article.body)
    article.html, article.headings, article.minutes = prose.html, prose.headings, prose.minutes


def _set_keywords(article: Article, words: Iterable[str]) -> None:
    told = (legible(w).strip()[:20] for w in words)
    clean = list(dict.fromkeys(w for w in told if w))[:KEYWORDS_LIMIT]
    Keyword.objects.bulk_create([Keyword(word=w) for w in clean], ignore_conflicts=True)
    article.keywords.set(Keyword.objects.filter(word__in=clean))


def _event(kind: type[Event], article: Article, actor: Member | None, at: datetime, **more) -> Event:
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
