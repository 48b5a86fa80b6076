"""True counts: what an author has published and how often it was read, and how often this article was.

Holds reading only. A read is an effective one (`articles.reads`): fifteen seconds and half of the text,
once for a person and a day, the author's own left out.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Max, Q, QuerySet, Sum

from lingyu.community.accounts.models import Member
from lingyu.community.articles.models import Article, Reading
from lingyu.community.ratings import scoring
from lingyu.community.ratings.models import WEIGHTS, Prior


@dataclass(frozen=True)
class Figures:
    """Of an author: published articles, and the reads of those. `here`: the reads of one of them."""

    articles: int
    reads: int
    here: int = 0


@dataclass(frozen=True)
class Renown:
    """Of an author: what `Figures` says, and the mean of all ratings of what they published, with its n."""

    articles: int
    reads: int
    votes: int
    mean: float


def around(article: Article) -> Figures:
    """The figures of an article and its author, in one query however many places of a page show them."""
    if "figures" not in article.__dict__:
        found = (
            Article.objects.published()
            .by(article.author)
            .aggregate(
                articles=Count("id"),
                reads=Sum("readership__reads", default=0),
                here=Sum("readership__reads", filter=Q(id=article.id), default=0),
            )
        )
        article.__dict__["figures"] = Figures(**found)
    return article.__dict__["figures"]


def renown(author: Member) -> Renown:
    """The figures of an author's page. Ratings of all their articles weigh as those of one article would."""
    weights = {name: Sum(f"rating_tally__{name}", default=0) for name in WEIGHTS}
    found = (
        Article.objects.published()
        .by(author)
        .aggregate(
            articles=Count("id"),
            reads=Sum("readership__reads", default=0),
            votes=Sum("rating_tally__votes", default=0),
            **weights,
        )
    )
    prior = Prior.standing()
    shares = prior.shares if prior else scoring.shares([0] * len(WEIGHTS))
    mean = scoring.score([found.pop(name) for name in WEIGHTS], shares).mean
    return Renown(**found, mean=mean)


def most_read(since: date, limit: int) -> list[Article]:
    """Published articles with `reads` since that day, the most first; counted over those days alone."""
    days = Reading.objects.filter(day__gte=since)
    days = days.filter(article__published_at__isnull=False, article__retired_at=None)
    counted = days.values("article").annotate(reads=Count("id")).order_by("-reads", "-article")[:limit]
    reads = {row["article"]: row["reads"] for row in counted}
    found = list(Article.objects.published().listed().filter(id__in=reads))
    for article in found:
        article.reads = reads[article.id]
    return sorted(found, key=lambda a: (-a.reads, -a.published_at.timestamp()))


def neighbours(article: Article) -> tuple[Article | None, Article | None]:
    """The one published before it in its column, and the one after: (earlier, later), in one query."""
    if article.column_id is None or article.published_at is None:
        return None, None
    column = Article.objects.published().filter(column=article.column_id).exclude(id=article.id)
    before = Q(published_at__lt=article.published_at) | Q(
        published_at=article.published_at, id__lt=article.id
    )
    earlier = column.filter(before).order_by("-published_at", "-id").values("id")[:1]
    later = column.exclude(before).order_by("published_at", "id").values("id")[:1]
    found = list(
        Article.objects.listed().filter(Q(id__in=earlier) | Q(id__in=later)).order_by("published_at", "id")
    )
    mark = (article.published_at, article.id)
    return (
        next((a for a in found if (a.published_at, a.id) < mark), None),
        next((a for a in found if (a.published_at, a.id) > mark), None),
    )


def by_column(columns: QuerySet) -> QuerySet:
    """Columns with the number of their published articles, and the day of the last one."""
    shown = Q(articles__published_at__isnull=False, articles__retired_at=None)
    return columns.annotate(
        shown=Count("articles", filter=shown), latest=Max("articles__published_at", filter=shown)
    )


def by_keyword(keywords: QuerySet) -> QuerySet:
    """Keywords with the number of published articles that have them, none without any, the most first."""
    shown = keywords.filter(articles__published_at__isnull=False, articles__retired_at=None)
    return shown.annotate(shown=Count("articles")).order_by(F("shown").desc(), "word")
