"""Feeds: the newest articles of a shelf as RSS 2.0 or Atom 1.0.

Holds their making. What everybody may read is in them whole, of the rest the teaser; nothing else of a
closed body leaves the house. Texts are cleaned of characters that XML cannot hold, and escaped once more
where readers take them for HTML: descriptions of RSS, summaries of Atom. What the feed itself
says is in the site's language, whoever asks, so that it is one feed for all.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time
from html import escape
from io import BytesIO

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import feedgenerator, timezone, translation
from django.utils.translation import gettext as _

from lingyu.community.articles.gates import closed_to_visitors
from lingyu.community.articles.models import Article

LENGTH = 20
# What XML 1.0 has no way to write, not even escaped.
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_RELATIVE = re.compile(r'\b(href|src)="/(?!/)')


class _Rss(feedgenerator.Rss201rev2Feed):
    """RSS with the whole text beside its summary."""

    def rss_attributes(self):
        """The names of what RSS 2.0 lacks."""
        more = {
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
        }
        return super().rss_attributes() | more

    def add_root_elements(self, handler):
        """The feed's own description is HTML to many readers too, whatever the standard says."""
        self.feed["description"] = escape(self.feed["description"], quote=False)
        super().add_root_elements(handler)

    def add_item_elements(self, handler, item):
        """The text as content:encoded."""
        super().add_item_elements(handler, item)
        handler.addQuickElement("content:encoded", item["content"])


class _Atom(feedgenerator.Atom1Feed):
    """Atom with the whole text beside its summary."""

    def add_item_elements(self, handler, item):
        """The text as content."""
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["content"], {"type": "html"})


KINDS = {"rss": _Rss, "atom": _Atom}


@dataclass(frozen=True)
class Shelf:
    """What a feed is of: its name, the page it belongs to, and its articles, unevaluated."""

    name: str
    about: str
    page: str
    articles: Iterable


@dataclass(frozen=True)
class Feed:
    """A feed as it is sent, and when anything in it last changed (None for an empty one)."""

    content_type: str
    body: bytes
    changed: datetime | None


def written(text: str) -> str:
    """`text` without what XML cannot hold."""
    return _UNWRITABLE.sub("", text)


def make(request: HttpRequest, shelf: Shelf, kind: str) -> Feed:
    """The feed of a shelf in one of `KINDS`."""
    shown = list(shelf.articles.select_related("author", "column").prefetch_related("keywords")[:LENGTH])
    closed = closed_to_visitors(shown)
    changed = max((_changed(a) for a in shown), default=None)
    site = request.build_absolute_uri("/").rstrip("/")
    with translation.override(settings.LANGUAGE_CODE):
        feed = _dated(kind, changed)(
            title=written(shelf.name),
            link=site + shelf.page,
            description=written(shelf.about) or written(shelf.name),
            language=None,
            feed_url=request.build_absolute_uri(request.path),
            feed_guid=site + shelf.page,
        )
        for article in shown:
            feed.add_item(**_item(article, site, whole=article.id not in closed))
        out = BytesIO()
        feed.write(out, "utf-8")
    return Feed(feed.content_type, out.getvalue(), changed)


def _dated(kind: str, changed: datetime | None):
    """The generator of a kind, that dates a feed by its articles: an empty one by the day it is asked for."""
    today = datetime.combine(timezone.localdate(), time.min, UTC)
    return type("Dated", (KINDS[kind],), {"latest_post_date": lambda self: changed or today})


def _item(article: Article, site: str, whole: bool) -> dict:
    text = _RELATIVE.sub(rf'\1="{site}/', article.html if whole else article.teaser_html)
    if not whole:
        text += "<p><em>" + _("The rest opens on the site.") + "</em></p>"
    return {
        "title": written(article.title),
        "link": site + article.get_absolute_url(),
        "description": escape(written(article.summary), quote=False),
        "content": written(text),
        "author_name": written(article.author.display_name),
        "author_link": site + reverse("author", args=[article.author.username]),
        "pubdate": article.published_at,
        "updateddate": _changed(article),
        # The article itself, wherever the site may move.
        "unique_id": f"urn:uuid:{article.id}",
        "unique_id_is_permalink": False,
        "categories": [written(k.word) for k in article.keywords.all()],
    }


def _changed(article: Article) -> datetime:
    return max(article.published_at, article.edited_at).replace(microsecond=0)
