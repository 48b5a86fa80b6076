"""The button under a title by which an article is kept, and by how many it is.

Read by the article page, and by the fragment that replaces it in place: one template for both.
"""

from django.db.models import OuterRef, Subquery
from django.http import HttpRequest
from django.template.loader import render_to_string

from lingyu.community.articles.models import Article
from lingyu.community.articles.sections import section
from lingyu.store.prepared import Prepared

from .models import Favourite, Tally


@section("favourites", order=10, place="bar")
def favourite_in_the_bar(request: HttpRequest, article: Article) -> str:
    """The button; nothing above a draft."""
    if not article.is_published:
        return ""
    return render_to_string("favourites/button.html", button(request.user, article), request)


def button(reader, article: Article) -> dict:
    """What the button's template needs, in one query."""
    whose = {"reader": reader.id} if reader.is_authenticated else {}
    tally = TALLY.first(article=article.id, **whose)
    return {"article": article, "members": tally.members if tally else 0, "own": getattr(tally, "own", None)}


def _tally(article, reader=None):
    rows = Tally.objects.filter(article=article)
    own = Favourite.objects.filter(member=reader, article=OuterRef("article"))
    return rows if reader is None else rows.annotate(own=Subquery(own.values("id")))


TALLY = Prepared(_tally)
