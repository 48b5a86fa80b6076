"""What the articles hold about a member, for their export and their erasure."""

from lingyu.community.accounts.models import Erasure, Member
from lingyu.community.accounts.privacy import Delete, Overwrite, Through, Unname, contribution, eraser

from . import actions
from .models import Article, Reading

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


@contribution("readings", zh="我读过的文章", en="Articles I read")
def readings(member: Member):
    """Which articles the member effectively read, and on which days."""
    for reading in Reading.objects.filter(person=member.key).order_by("read_at").iterator(1_000):
        yield {"article": reading.article_id, "day": reading.day, "at": reading.read_at}


@eraser("articles", zh="文章与草稿", en="Articles and drafts", order=300)
def forget_articles(erasure: Erasure):
    """Drafts go; what was published loses the member's names, or all its words."""
    member = erasure.member
    yield Delete(Article.objects.by(member).filter(published_at__isnull=True, comments__isnull=True))
    mine = Article.objects.by(member)
    if erasure.words == Erasure.Words.REMOVE:
        for article in list(mine.filter(retired_at__isnull=True).select_related("column")):
            yield Through(lambda a=article: actions.retire_article(actor=member, article=a, reason=BLANK))
        blank = {"title": BLANK, "summary": "", "body": BLANK, "html": "", "headings": []}
        yield Overwrite(mine, blank | {"retired_because": BLANK})
    yield Unname(mine, ("title", "summary", "body", "html", "headings", "retired_because"))
