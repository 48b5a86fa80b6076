"""True counts: what an author has published and how often it was read, and how often this article was.

Holds reading only. A read is an effective one (`articles.reads`): fifteen seconds and half of the text,
once for a person and a day, the author's own left out.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, F, Max, Q, QuerySet, Sum

from lingyu.community.accounts.models import Member
from lingyu.community.articles.models import Article
from lingyu.community.ratings import scoring
from lingyu.community.ratings.models import WEIGHTS, Prior
from lingyu.store.prepared import Prepared


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


@dataclass(frozen=True)
class Shown:
    """Of a column: published articles, and when the last one came."""

    articles: int
    latest: datetime


def around(article: Article) -> Figures:
    """The figures of an article and its author, in one query however many places of a page show them."""
    if "figures" not in article.__dict__:
        found = FIGURES.first(article=article.id, author=article.author_id)
        article.__dict__["figures"] = Figures(*found) if found else Figures(0, 0)
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


def most_read(limit: int) -> QuerySet[Article]:
    """Published articles with `reads` in the last seven days, the most first; those without any left out."""
    read = Article.objects.published().listed().filter(readership__reads_in_week__gt=0)
    read = read.annotate(reads=F("readership__reads_in_week"))
    return read.order_by("-readership__reads_in_week", "-published_at")[:limit]


def neighbours(article: Article) -> tuple[Article | None, Article | None]:
    """The one published before it in its column, and the one after: (earlier, later), in one query."""
    if article.column_id is None or article.published_at is None:
        return None, None
    at, id = article.published_at, article.id
    found = NEIGHBOURS.ask(column=article.column_id, at=at, id=id)
    return (
        next((a for a in found if (a.published_at, a.id) < (at, id)), None),
        next((a for a in found if (a.published_at, a.id) > (at, id)), None),
    )


def _neighbours(column, at, id) -> QuerySet[Article]:
    column = Article.objects.published().filter(column=column)
    # A range of moments first, so that the index of the column gives the one row.
    before = column.filter(published_at__lte=at).exclude(published_at=at, id__gte=id)
    after = column.filter(published_at__gte=at).exclude(published_at=at, id__lte=id)
    earlier = before.order_by("-published_at", "-id").values("id")[:1]
    later = after.order_by("published_at", "id").values("id")[:1]
    both = Article.objects.filter(Q(id__in=earlier) | Q(id__in=later))
    return both.only("id", "title", "published_at")


def _figures(article, author) -> QuerySet:
    rows = Article.objects.published().filter(author=author).order_by().values("author")
    counted = rows.annotate(
        articles=Count("id"),
        reads=Sum("readership__reads", default=0),
        here=Sum("readership__reads", filter=Q(id=article), default=0),
    )
    return counted.values_list("articles", "reads", "here")


FIGURES = Prepared(_figures)
NEIGHBOURS = Prepared(_neighbours)


def of_columns() -> dict[UUID, Shown]:
    """Of each column with published articles how many there are, and when the last one came."""
    rows = Article.objects.published().order_by().exclude(column=None).values("column")
    counted = rows.annotate(articles=Count("id"), latest=Max("published_at"))
    return {row.pop("column"): Shown(**row) for row in counted}


def of_keywords() -> list[tuple[UUID, int]]:
    """Ids of keywords with the number of published articles that have them, the most first, none without.

    All of them less those of the few that are not published: an index answers the one, and the other
    is short, where asking for the published ones would look at every article for every word.
    """
    ties = Article.keywords.through.objects
    hidden = Article.objects.filter(Q(published_at=None) | Q(retired_at__isnull=False)).values("id")
    every, gone = (
        Counter(dict(rows.values("keyword").annotate(n=Count("*")).values_list("keyword", "n")))
        for rows in (ties.all(), ties.filter(article__in=hidden))
    )
    return [(keyword, n) for keyword, n in (every - gone).most_common() if n > 0]
