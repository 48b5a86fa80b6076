"""The feeds of the site, of a column, of a keyword and of an author.

A program that has the present state is told so in a few bytes (ETag, Last-Modified).
"""

import hashlib

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lingyu.community.accounts.models import Member
from lingyu.community.articles.models import Article, Column, Keyword
from lingyu.kernel.access import PUBLIC, access

from ..feeds import Shelf, make

# Seconds for which a reader's program may keep a feed without asking again.
KEPT = 600


@access(PUBLIC)
@require_safe
def site_feed(request: HttpRequest, kind: str) -> HttpResponse:
    """Everything that is published."""
    with translation.override(settings.LANGUAGE_CODE):
        about = _("Articles about operations work, by the people who do it.")
        shelf = Shelf(_("Lingyu"), about, reverse("articles"), Article.objects.published())
    return _answer(request, shelf, kind)


@access(PUBLIC)
@require_safe
def column_feed(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """What stands in one column."""
    column = get_object_or_404(Column.objects.select_related("about"), slug=slug)
    about = column.about.label(settings.LANGUAGE_CODE) if hasattr(column, "about") else ""
    found = Article.objects.published().filter(column=column)
    name = _of(column.label(settings.LANGUAGE_CODE))
    return _answer(request, Shelf(name, about, reverse("column", args=[slug]), found), kind)


@access(PUBLIC)
@require_safe
def keyword_feed(request: HttpRequest, word: str, kind: str) -> HttpResponse:
    """What has one keyword."""
    keyword = get_object_or_404(Keyword, word=word)
    found = Article.objects.published().filter(keywords=keyword)
    return _answer(request, Shelf(_of(word), "", reverse("keyword", args=[word]), found), kind)


@access(PUBLIC)
@require_safe
def author_feed(request: HttpRequest, username: str, kind: str) -> HttpResponse:
    """What one member has published."""
    member = get_object_or_404(Member.objects.active(), username=username)
    found = Article.objects.published().by(member)
    page = reverse("author", args=[member.username])
    return _answer(request, Shelf(_of(member.display_name), member.bio, page, found), kind)


def _of(name: str) -> str:
    with translation.override(settings.LANGUAGE_CODE):
        return name + " · " + _("Lingyu")


def _answer(request: HttpRequest, shelf: Shelf, kind: str) -> HttpResponse:
    feed = make(request, shelf, kind)
    answer = HttpResponse(feed.body, content_type=feed.content_type)
    answer["ETag"] = f'"{hashlib.sha256(feed.body).hexdigest()[:32]}"'
    answer["Content-Language"] = translation.to_locale(settings.LANGUAGE_CODE).replace("_", "-")
    patch_cache_control(answer, public=True, max_age=KEPT)
    if feed.changed is None:
        return get_conditional_response(request, etag=answer["ETag"], response=answer)
    answer["Last-Modified"] = http_date(feed.changed.timestamp())
    moment = int(feed.changed.timestamp())
    return get_conditional_response(request, etag=answer["ETag"], last_modified=moment, response=answer)
