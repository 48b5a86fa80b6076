"""What machines read in the head of an article's page: OpenGraph, Twitter's card, JSON-LD.

Holds their making, from what this reader may see: nothing of a closed body is told here either. An
article has one address for readers of both languages, who choose that of the frame by a cookie; so there
is one canonical link and no `hreflang`, and the article says in which language it is written itself.
"""

import json
import re
from dataclasses import dataclass
from html import unescape

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from markupsafe import Markup

from .models import Article, Keyword

DESCRIPTION = 160
_HAN = re.compile(r"[\u3400-\u9fff]")
_LETTER = re.compile(r"[^\W\d_]")
_TAG = re.compile(r"<[^>]+>")
# Pictures of our own: others are refused by the content security policy, and would tell readers' addresses.
_PICTURE = re.compile(r'<img\b[^>]*\bsrc="(/[^/"][^"]*)"')
# What would end the script, or a line of it.
_ESCAPES = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}


@dataclass(frozen=True)
class Head:
    """The values of the page's head; `image` may be empty, `data` is JSON safe inside a script."""

    address: str
    description: str
    language: str
    image: str
    data: Markup

    @property
    def locale(self) -> str:
        """The language as OpenGraph writes it."""
        return {"zh-Hans": "zh_CN", "en": "en_US"}[self.language]


def head(request: HttpRequest, article: Article, words: list[Keyword], shown: str, whole: bool) -> Head:
    """The head of `article`, of which the reader sees the HTML `shown`: the whole or its teaser."""
    plain = " ".join(unescape(_TAG.sub(" ", shown)).split())
    picture = _PICTURE.search(shown)
    address = request.build_absolute_uri(article.get_absolute_url())
    language = language_of(f"{article.title} {plain}")
    image = request.build_absolute_uri(unescape(picture[1])) if picture else ""
    description = article.summary or plain[:DESCRIPTION]
    said = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": article.title[:110],
        "description": description,
        "url": address,
        "mainEntityOfPage": address,
        "inLanguage": language,
        "dateModified": _moment(article.edited_at),
        "author": _author(request, article),
        "publisher": {"@type": "Organization", "name": _("Lingyu"), "url": request.build_absolute_uri("/")},
        "keywords": [k.word for k in words],
    }
    data = json.dumps(said | _some(request, article, image, whole), ensure_ascii=False)
    return Head(address, description, language, image, Markup(data.translate(_ESCAPES)))  # noqa: S704 - escaped


def language_of(text: str) -> str:
    """The language in which a text is written, as HTML names it: Chinese, or else English."""
    letters = len(_LETTER.findall(text))
    # A Chinese character says about as much as two and a half letters.
    return "zh-Hans" if len(_HAN.findall(text)) * 4 >= letters else "en"


def _some(request: HttpRequest, article: Article, image: str, whole: bool) -> dict:
    """What only some articles have to say."""
    found: dict = {}
    if article.published_at:
        found["datePublished"] = _moment(article.published_at)
    if article.column:
        found["articleSection"] = (
            article.column.zh if language_of(article.title) != "en" else article.column.en
        )
    if image:
        found["image"] = [image]
    if not request.user.is_authenticated:
        found["isAccessibleForFree"] = whole
        if not whole:
            found["hasPart"] = {
                "@type": "WebPageElement",
                "isAccessibleForFree": False,
                "cssSelector": ".prose",
            }
    return found


def _author(request: HttpRequest, article: Article) -> dict:
    page = reverse("author", args=[article.author.username])
    return {
        "@type": "Person",
        "name": article.author.display_name,
        "url": request.build_absolute_uri(page),
    }


def _moment(at) -> str:
    return at.isoformat(timespec="seconds")
