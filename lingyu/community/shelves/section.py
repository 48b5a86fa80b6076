"""What an article's page shows of the shelves it stands on: its author's counts, its reads, its neighbours.

Holds sections only.
"""

from django.http import HttpRequest
from django.template.loader import render_to_string

from lingyu.community.articles.models import Article
from lingyu.community.articles.sections import section

from . import figures


@section("counts", order=10, place="byline")
def counts_in_the_byline(request: HttpRequest, article: Article) -> str:
    """What the author has published, and how often this was read."""
    return render_to_string(
        "shelves/counts.html", {"article": article, "figures": figures.around(article)}, request
    )


@section("author", order=5, place="aside")
def author_aside(request: HttpRequest, article: Article) -> str:
    """Who wrote it, with their counts and their feed."""
    return render_to_string(
        "shelves/about_author.html", {"article": article, "figures": figures.around(article)}, request
    )


@section("neighbours", order=30)
def neighbours_below(request: HttpRequest, article: Article) -> str:
    """The articles before and after it in its column; nothing where there is neither."""
    earlier, later = figures.neighbours(article)
    if not (earlier or later):
        return ""
    return render_to_string(
        "shelves/neighbours.html", {"article": article, "earlier": earlier, "later": later}, request
    )
