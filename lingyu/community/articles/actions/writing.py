"""Writing: articles begun, edited, taken back to an earlier revision. Every save by hand makes a revision."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lingyu.community.accounts import door
from lingyu.community.accounts.models import Member
from lingyu.kernel.text import legible
from lingyu.store.outbox import record

from ..events import ArticleDrafted, ArticleEdited
from ..models import Article, Column, Keyword, Revision, WorkingCopy
from ..prose import render
from .telling import fact_about

KEYWORDS_LIMIT = 8
_WORDS = [
    "title",
    "summary",
    "body",
    "column",
    "html",
    "headings",
    "minutes",
    "length",
    "edited_at",
    "version",
]


class EditConflict(ValidationError):
    """Somebody, or the writer's other window, has saved the article since this text was begun."""


@transaction.atomic
def write_article(
    *,
    actor: Member,
    title: str,
    body: str,
    summary: str = "",
    column: Column | None = None,
    keywords: Iterable[str] = (),
    note: str = "",
    copy: UUID | None = None,
    at: datetime | None = None,
) -> Article:
    """Begin a draft by `actor`; the working copy it was written in goes."""
    at = at or timezone.now()
    article = Article(author=actor, written_at=at)
    _fill(article, title, summary, body, column, at)
    article.save(force_insert=True)
    words = _set_keywords(article, keywords)
    _revise(article, actor, words, note, at)
    record(fact_about(ArticleDrafted, article, actor, at))
    WorkingCopy.objects.filter(id=copy, author=actor).delete()
    return article


def edit_article(
    *,
    actor: Member,
    article: Article,
    title: str,
    body: str,
    summary: str = "",
    column: Column | None = None,
    keywords: Iterable[str] = (),
    note: str = "",
    version: int | None = None,
    copy: UUID | None = None,
    restored: int | None = None,
    contest: bool = False,
    at: datetime | None = None,
) -> Article:
    """Replace the words of an article, published or not; a retired one stays as it is.

    `version` is the one that the text rests on: EditConflict when there is a newer one by now. Saving
    what is there already changes nothing. New words of a published article pass the door first, and
    raise what `door.admit` raises; the working copy they were written in is kept then.
    """
    # As it will be kept: what is screened, and may wait, is what would be read.
    words = {"title": clean(title), "summary": clean(summary), "body": _tidy(body), "note": clean(note)}
    words |= {"column": column, "keywords": list(keywords), "version": version, "restored": restored}
    if article.is_published and (words["title"], words["summary"], words["body"]) != _shown(article):
        door.admit(actor=actor, writing=_to_be_changed(article, words, contest), at=at)
    return _edit(actor=actor, article=article, copy=copy, at=at, **words)


@door.resumes("articles.edit")
def edit_reviewed(*, actor: Member, article: str, column: str | None, at: datetime, **words) -> bool:
    """Take in new words that a person let pass; False when the article was saved or retired meanwhile."""
    found = Article.objects.filter(id=article, retired_at__isnull=True).first()
    if found is None or found.version != words["version"]:
        return False
    column = Column.objects.filter(id=column).first() if column else None
    _edit(actor=actor, article=found, column=column, copy=None, at=at, **words)
    return True


def _shown(article: Article) -> tuple[str, str, str]:
    return article.title, article.summary, article.body


def _to_be_changed(article: Article, words: dict, contest: bool) -> door.Writing:
    column = words["column"]
    kept = words | {"article": str(article.id), "column": str(column.id) if column else None}
    kept["version"] = kept["version"] or article.version
    return door.Writing(
        kind="article",
        subject=f"article:{article.id}",
        title=words["title"],
        text="\n\n".join(part for part in (words["summary"], words["body"]) if part),
        resume=("articles.edit", kept),
        contest=contest,
    )


@transaction.atomic
def _edit(
    *,
    actor: Member,
    article: Article,
    title: str,
    body: str,
    summary: str,
    column: Column | None,
    keywords: list[str],
    note: str,
    version: int | None,
    copy: UUID | None,
    restored: int | None,
    at: datetime | None,
) -> Article:
    at = at or timezone.now()
    current = Article.objects.select_for_update().get(id=article.id)
    article.version = current.version
    if current.retired_at:
        raise ValidationError(_("This article has been taken off the site; it can no longer be edited."))
    if version is not None and version != current.version:
        raise EditConflict(_("This article was saved in another window meanwhile. Both texts are below."))
    before = _words_of(current)
    _fill(article, title, summary, body, column, at)
    chosen = _chosen(keywords)
    WorkingCopy.objects.filter(id=copy, author=actor).delete()
    if before == (article.title, article.summary, article.body, article.column_id, ", ".join(sorted(chosen))):
        return article
    article.version = current.version + 1
    # These fields only: it may have been published since it was read.
    article.save(update_fields=_WORDS)
    words = _set_keywords(article, chosen)
    _revise(article, actor, words, note, at, restored)
    record(fact_about(ArticleEdited, article, actor, at))
    return article


def restore_revision(
    *, actor: Member, article: Article, revision: Revision, at: datetime | None = None
) -> Article:
    """Take an article back to an earlier revision, which makes a new one: nothing in between is lost."""
    return edit_article(
        actor=actor,
        article=article,
        title=revision.title,
        body=revision.body,
        summary=revision.summary,
        column=revision.column,
        keywords=revision.words,
        restored=revision.number,
        at=at,
    )


def _words_of(article: Article) -> tuple:
    keywords = ", ".join(sorted(k.word for k in article.keywords.all()))
    return article.title, article.summary, article.body, article.column_id, keywords


def _revise(
    article: Article, actor: Member, words: list[str], note: str, at: datetime, restored: int | None = None
) -> None:
    Revision.objects.create(
        article=article,
        number=article.version,
        by=actor,
        at=at,
        title=article.title,
        summary=article.summary,
        body=article.body,
        column=article.column,
        keywords=", ".join(words),
        note=clean(note)[:200],
        restored=restored,
    )


def _fill(article: Article, title: str, summary: str, body: str, column: Column | None, at: datetime) -> None:
    article.title, article.summary = clean(title), clean(summary)
    article.body = _tidy(body)
    article.column, article.edited_at = column, at
    # Before rendering: what is too long to keep is too long to parse.
    article.full_clean(exclude=["html"])
    prose = render(article.body)
    article.html, article.headings = prose.html, prose.headings
    article.minutes, article.length = prose.minutes, prose.length


def _tidy(body: str) -> str:
    return legible(body).replace("\r\n", "\n").replace("\r", "\n").strip()


def clean(line: str) -> str:
    """One line without control characters and needless spaces."""
    return " ".join(legible(line).split())


def _chosen(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(c[:20] for w in words if (c := clean(w).replace(",", ""))))[:KEYWORDS_LIMIT]


def _set_keywords(article: Article, words: Iterable[str]) -> list[str]:
    chosen = _chosen(words)
    Keyword.objects.bulk_create([Keyword(word=w) for w in chosen], ignore_conflicts=True)
    article.keywords.set(Keyword.objects.filter(word__in=chosen))
    return chosen
