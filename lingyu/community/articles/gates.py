"""Who may read the whole of an article: a registry of gates, so that articles know no prices.

Holds the registry. Every page, feed or search that shows a body asks here first; what is closed is
shown up to `Article.teaser_html` only.
"""

from collections.abc import Callable, Iterable

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from .models import Article

Gate = Callable[[object, Article], bool]
# Ids of those of many articles that are closed to visitors, in few queries.
Closed = Callable[[list[Article]], set]

GATES: dict[str, Gate] = {}
CLOSED: dict[str, Closed] = {}


def gate(code: str, *, closed: Closed | None = None):
    """Register a function of (reader, article): whether this gate lets the reader through.

    The reader is a member, or Django's AnonymousUser for whoever is not signed in: feeds and search
    ask for that one. `closed` answers for that reader about many articles at once, for feeds and lists;
    a gate without it is asked about each.
    """

    def register(opens: Gate) -> Gate:
        GATES[code] = opens
        if closed:
            CLOSED[code] = closed
        return opens

    return register


def open_to(reader, article: Article) -> bool:
    """Whether `reader` may read the whole body; its author always may."""
    if reader.is_authenticated and reader.id == article.author_id:
        return True
    return all(opens(reader, article) for opens in GATES.values())


def open_here(request: HttpRequest, article: Article) -> bool:
    """`open_to` whoever asks, found out once a request: the page and its sections all want to know."""
    found = request.__dict__.setdefault("open_here", {})
    if article.id not in found:
        found[article.id] = open_to(request.user, article)
    return found[article.id]


def closed_to_visitors(articles: Iterable[Article]) -> set:
    """Ids of those of `articles` whose whole body is not for everybody."""
    asked, visitor = list(articles), AnonymousUser()
    found: set = set()
    for code, opens in GATES.items():
        if code in CLOSED:
            found |= CLOSED[code](asked)
        else:
            found |= {a.id for a in asked if a.id not in found and not opens(visitor, a)}
    return found
