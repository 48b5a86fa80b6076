"""What stands where a priced article ends for who has not bought it; prices in lists; the author's link.

Holds sections only.
"""

from django.http import HttpRequest
from django.template.loader import render_to_string

from lingyu.community.articles.gates import open_here
from lingyu.community.articles.models import Article
from lingyu.community.articles.sections import badge, section
from lingyu.community.feathers.explaining import reason
from lingyu.community.ledger.reads import balance
from lingyu.kernel.text import N_

from .models import Price, price_of
from .quotes import Quote, quote

reason("article_retired", N_("The article was taken off the site."))


@section("unlocks", order=1)
def price_below(request: HttpRequest, article: Article) -> str:
    """The price, the balance and the way to buy; nothing once the reader may read the whole."""
    if not article.is_published or open_here(request, article):
        return ""
    return render_to_string("unlocks/section.html", offer(request.user, article), request)


def offer(reader, article: Article, was: int | None = None) -> dict:
    """What the templates need; `was` is the price that has changed since it was quoted."""
    return {"article": article, "quote": _quoted(reader, article), "was": was}


def _quoted(reader, article: Article) -> Quote:
    price = price_of(article.id)
    if not reader.is_authenticated:
        return quote(article.id, article.id, price, 0)
    return quote(article.id, reader.id, price, balance(reader.id).available)


@section("unlocks", order=90, place="bar")
def own_price(request: HttpRequest, article: Article) -> str:
    """For the author: what it costs, and where that is set."""
    if request.user.id != article.author_id or not article.is_published:
        return ""
    price = price_of(article.id)
    return render_to_string("unlocks/own.html", {"article": article, "price": price}, request)


@badge("unlocks")
def price_badges(articles: list[Article]) -> dict:
    """The price of each article that has one."""
    prices = Price.objects.standing([a.id for a in articles])
    return {id: render_to_string("unlocks/badge.html", {"price": price}) for id, price in prices.items()}
