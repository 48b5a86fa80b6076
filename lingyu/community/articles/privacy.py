"""What the articles hold about a member, for their export and their erasure."""

from django.db import models

from lingyu.community.accounts.models import Erasure, Member
from lingyu.community.accounts.privacy import Delete, Overwrite, Through, Unname, contribution, eraser

from . import actions
from .models import Article, Reading, Revision, WorkingCopy

# What stands where words stood: an article is never without a title and a text.
BLANK = "…"


@contribution("articles", zh="我的文章", en="My articles")
def articles(member: Member):
    """Everything the member wrote, drafts too."""
    written = Article.objects.by(member).select_related("column").prefetch_related("keywords")
    for article in written.order_by("written_at").iterator(200):
        yield {
            "id": article.id,
            "title": article.title,
            "summary": article.summary,
            "text": article.body,
            "column": article.column.slug if article.column else None,
            "keywords": ", ".join(k.word for k in article.keywords.all()),
            "written_at": article.written_at,
            "edited_at": article.edited_at,
            "published_at": article.published_at,
            "taken_down_at": article.retired_at,
        }


@contribution("revisions", zh="我的文章历史版本", en="Revisions of my articles")
def revisions(member: Member):
    """Every text that the member saved, as it was."""
    saved = Revision.objects.filter(article__author=member).order_by("article", "number")
    for revision in saved.iterator(200):
        yield {
            "article": revision.article_id,
            "number": revision.number,
            "saved_at": revision.at,
            "title": revision.title,
            "summary": revision.summary,
            "text": revision.body,
            "keywords": revision.keywords,
            "note": revision.note,
        }


@contribution("unsaved_texts", zh="我尚未保存的文字", en="Texts I have not saved")
def unsaved_texts(member: Member):
    """What the editor kept by itself, and was not saved yet."""
    for copy in WorkingCopy.objects.filter(author=member).order_by("saved_at").iterator(200):
        yield {
            "article": copy.article_id,
            "title": copy.title,
            "summary": copy.summary,
            "text": copy.body,
            "kept_at": copy.saved_at,
        }


@contribution("readings", zh="我读过的文章", en="Articles I read")
def readings(member: Member):
    """Which articles the member effectively read, and on which days."""
    for reading in Reading.objects.filter(person=member.key).order_by("read_at").iterator(1_000):
        yield {"article": reading.article_id, "day": reading.day, "at": reading.read_at}


@eraser("articles", zh="文章与草稿", en="Articles and drafts", order=300)
def forget_articles(erasure: Erasure):
    """Drafts lose their words; what was published loses the member's names, or its words too.

    Rows stay, empty: others' comments, purchases and questions hang on them.
    """
    member = erasure.member
    mine = Article.objects.by(member)
    yield Delete(WorkingCopy.objects.filter(author=member))
    blank = {"title": BLANK, "summary": "", "body": BLANK, "html": "", "headings": []}
    gone = mine.filter(published_at__isnull=True)
    if erasure.words == Erasure.Words.REMOVE:
        for article in list(mine.filter(retired_at__isnull=True).select_related("column")):
            yield Through(lambda a=article: actions.retire_article(actor=member, article=a, reason=BLANK))
        gone = mine
    ids = list(gone.values_list("id", flat=True))
    yield Overwrite(mine.filter(id__in=ids), blank)
    unsaid = {"title": BLANK, "summary": "", "keywords": "", "note": ""}
    yield Overwrite(Revision.objects.filter(article__in=ids), unsaid)
    yield Overwrite(mine.filter(id__in=ids, retired_at__isnull=True), {"retired_at": erasure.begun_at})
    yield Unname(mine, ("title", "summary", "body", "html", "headings", "retired_because"))
    for model, texts in _earlier_words():
        yield Overwrite(model.objects.filter(article__in=ids), dict.fromkeys(texts, BLANK))
        yield Unname(model.objects.filter(article__author=member), (*texts, *_short_texts(model)))


def _earlier_words() -> list[tuple]:
    """Tables of this room that keep words of an article beside it, such as revisions, with their fields."""
    beside = [r.related_model for r in Article._meta.related_objects if r.field.name == "article"]
    own = [m for m in beside if m._meta.app_label == Article._meta.app_label]
    found = [(m, [f.name for f in m._meta.concrete_fields if isinstance(f, models.TextField)]) for m in own]
    return [(model, texts) for model, texts in found if texts]


def _short_texts(model) -> list[str]:
    fields = model._meta.concrete_fields
    return [f.name for f in fields if isinstance(f, models.CharField | models.JSONField)]
