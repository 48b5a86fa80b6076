"""What an article's page and the lists show of ratings: the overall one, one's own, and how it is made.

Read by the article page, and by the fragment that replaces it in place: one template for both.
"""

from dataclasses import dataclass

from django.db.models import OuterRef, Subquery
from django.http import HttpRequest
from django.template.loader import render_to_string

from lingyu.community.articles.gates import open_here
from lingyu.community.articles.models import Article
from lingyu.community.articles.sections import badge, section
from lingyu.store.prepared import Prepared

from .models import Rating, Tally
from .scoring import PRIOR_VOTES, STARS


@dataclass(frozen=True)
class Standing:
    """The votes for an article, if it has any, and the reader's own stars (0 for none)."""

    tally: Tally | None
    own: int


@section("rating", order=5, place="bar")
def rating_in_the_bar(request: HttpRequest, article: Article) -> str:
    """The overall rating and how many have voted, leading to all of it."""
    if not article.is_published:
        return ""
    shown = {"article": article, "tally": standing(request, article).tally, "oob": False}
    return render_to_string("ratings/summary.html", shown, request)


@section("rating", order=20)
def rating_below(request: HttpRequest, article: Article) -> str:
    """The rating with its spread and the stars to give; nothing below what the reader may not read."""
    if not article.is_published or not open_here(request, article):
        return ""
    return render_to_string("ratings/section.html", around(request, article), request)


@badge("ratings")
def rating_badges(articles: list[Article]) -> dict:
    """The overall rating of each article of a list that has votes."""
    tallies = Tally.objects.filter(article__in=[a.id for a in articles], votes__gt=0)
    return {t.article_id: render_to_string("ratings/badge.html", {"tally": t}) for t in tallies}


def around(request: HttpRequest, article: Article, error: str = "", oob: bool = False) -> dict:
    """What the section's template needs; `oob` sends the bar's summary along."""
    found = standing(request, article)
    return {
        "article": article,
        "tally": found.tally,
        "overall": found.tally.overall() if found.tally else None,
        "own": found.own,
        "is_author": request.user.is_authenticated and request.user.id == article.author_id,
        "stars": STARS,
        "prior_votes": PRIOR_VOTES,
        "error": error,
        "oob": oob,
    }


def standing(request: HttpRequest, article: Article) -> Standing:
    """The article's votes and the reader's own, in one query for all the places of a page."""
    known = request.__dict__.setdefault("rating_standings", {})
    if article.id not in known:
        known[article.id] = _standing(request.user, article)
    return known[article.id]


def _standing(reader, article: Article) -> Standing:
    if not reader.is_authenticated:
        return Standing(TALLY.first(article=article.id), 0)
    tally = TALLY.first(article=article.id, reader=reader.id)
    return Standing(tally, (tally.own or 0) if tally else 0)


def _tally(article, reader=None):
    rows = Tally.objects.filter(article=article, votes__gt=0).select_related("prior")
    own = Rating.objects.filter(article=OuterRef("article"), member=reader).values("stars")
    return rows if reader is None else rows.annotate(own=Subquery(own))


TALLY = Prepared(_tally)
