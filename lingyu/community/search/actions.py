"""The only writers of the search: enter a document, forget one, note that something was asked.

What is indexed is what everybody may read: of an article that is not free, its teaser only.
"""

import re
from datetime import datetime
from html import unescape
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone
from django.utils.html import strip_tags

from lingyu.community.accounts.models import Member
from lingyu.community.articles.gates import open_to
from lingyu.community.articles.models import Article
from lingyu.store.outbox import record

from .asking import Asked
from .events import SearchAsked
from .index import engine
from .index.base import Tokens
from .models import Document
from .words import fold, grams, sounds, undertones, words

ARTICLE, PERSON = "article", "person"
SPACE = re.compile(r"\s+")


@transaction.atomic
def index_article(*, actor: Member | None, article: UUID) -> bool:
    """Bring what is found of an article up to date; False when it is not published and so forgotten."""
    row = Article.objects.select_related("author", "column").prefetch_related("keywords").filter(id=article)
    found = row.first()
    if found is None or not found.is_published:
        forget(actor=actor, kind=ARTICLE, subject=article)
        return False
    html = found.html if open_to(AnonymousUser(), found) else found.teaser_html
    listed = " ".join(k.word for k in found.keywords.all())
    names = f"{listed} {found.author.display_name}"
    enter(
        Document(
            kind=ARTICLE,
            subject=found.id,
            title=found.title,
            keywords=names[:400],
            text=f"{found.summary} {_plain(html)}".strip(),
            column=found.column.slug if found.column else "",
            at=found.published_at,
        )
    )
    return True


@transaction.atomic
def index_person(*, actor: Member | None, member: UUID) -> bool:
    """Bring what is found of a member up to date; False when the account is closed and so forgotten."""
    found = Member.objects.active().filter(id=member).first()
    if found is None:
        forget(actor=actor, kind=PERSON, subject=member)
        return False
    name = found.display_name
    enter(
        Document(
            kind=PERSON,
            subject=found.id,
            title=name,
            keywords=found.username,
            text=found.bio,
            at=found.joined_at,
        )
    )
    return True


@transaction.atomic
def forget(*, actor: Member | None, kind: str, subject: UUID) -> bool:
    """Take a document out of the index; False when it was not in it."""
    row = Document.objects.filter(kind=kind, subject=subject).first()
    if row is None:
        return False
    engine().drop(row.id)
    row.delete()
    return True


@transaction.atomic
def note_search(*, actor: Member | None, asked: Asked, found: int, at: datetime | None = None) -> None:
    """Record that something was looked for, and how much was found; nobody is named."""
    record(SearchAsked(occurred_at=at or timezone.now(), query=asked.typed, found=found))


@transaction.atomic
def enter(document: Document) -> None:
    """Put one document into the index, in place of what was entered of its subject before."""
    document.title_folded = fold(document.title)[0][:600]
    old = Document.objects.filter(kind=document.kind, subject=document.subject).values_list("id", flat=True)
    document.id = old.first()
    document.save()
    title, named, text = document.title_folded, fold(document.keywords)[0], fold(document.text)[0]
    heads = f"{title} {named}"
    whole = f"{heads} {text}"
    tokens = Tokens(
        title=words(title),
        keywords=words(named),
        body=words(text),
        near=[*sounds(heads), *grams(whole), *undertones(whole)],
    )
    engine().put(document.id, tokens)


def _plain(html: str) -> str:
    # A space at each tag: strip_tags alone would join a heading with the paragraph after it.
    return SPACE.sub(" ", unescape(strip_tags(html.replace("<", " <")))).strip()
