"""The gate of priced articles.

Holds who passes: buyers, those who look after the site, and everybody when it is free.
"""

from lingyu.community.articles.gates import gate
from lingyu.community.articles.models import Article
from lingyu.kernel.access import MANAGE_FEATHERS, REVIEW_COMMENT

from .models import Price, Unlock, price_of


def priced(articles: list[Article]) -> set:
    """Those of `articles` that cost anything."""
    return set(Price.objects.standing([a.id for a in articles]))


@gate("paid", closed=priced)
def paid(reader, article: Article) -> bool:
    """Whether the reader may read the whole."""
    if not price_of(article.id):
        return True
    if not reader.is_authenticated:
        return False
    if reader.may(MANAGE_FEATHERS) or reader.may(REVIEW_COMMENT):
        return True
    return Unlock.objects.filter(article=article, member=reader).exists()
