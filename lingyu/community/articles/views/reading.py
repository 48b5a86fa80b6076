"""The pages that everybody reads: the list, an article, an author; and the report of an effective read."""

from datetime import timedelta
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from lingyu.community.accounts.models import Member
from lingyu.kernel.access import PUBLIC, access

from .. import actions, reads
from ..gates import open_here, open_to
from ..models import Article, Column, Keyword
from ..sections import around, badges

PAGE = 12
RELATED = 5
MOST_READ = 6
A_WEEK = timedelta(days=7)


@access(PUBLIC)
@require_safe
def articles(request: HttpRequest) -> HttpResponse:
    """The newest articles, of all columns or of one, or with one keyword; all: the featured ones first."""
    asked = request.GET
    column = get_object_or_404(Column, slug=asked["column"]) if asked.get("column") else None
    keyword = get_object_or_404(Keyword, word=asked["keyword"]) if asked.get("keyword") else None
    found, featured = Article.objects.published().listed().about(column, keyword), []
    if not (column or keyword):
        found, featured = found.not_featured(), Article.objects.featured().listed()
    page = Paginator(found, PAGE).get_page(asked.get("page"))
    marks = badges([*page, *featured])
    context = {"page": page, "column": column, "keyword": keyword, "featured": featured, "badges": marks}
    return render(request, "articles/list.html", context | _beside_the_list())


def _beside_the_list() -> dict:
    read = Article.objects.most_read(timezone.localdate() - A_WEEK).listed()[:MOST_READ]
    return {"columns": Column.objects.all(), "most_read": read}


@access(PUBLIC)
@require_safe
def article(request: HttpRequest, id: UUID) -> HttpResponse:
    """One article with all that stands around and below it. Records nothing: reading writes no row."""
    shown = _open_article(request, id)
    return render(
        request,
        "articles/article.html",
        {
            "article": shown,
            "published_by_author": Article.objects.published().by(shown.author).count(),
            "related": Article.objects.related_to(shown).listed()[:RELATED],
            "sections": around(request, shown),
            "whole": open_here(request, shown),
            "read_token": reads.issue(shown, request),
        },
    )


@access(PUBLIC)
@require_POST
def read(request: HttpRequest, id: UUID) -> HttpResponse:
    """The page's report that its reader stayed; 400 when its token says otherwise."""
    shown = _open_article(request, id)
    token = request.POST.get("token", "")
    if not open_to(request.user, shown) or not reads.earned(token, shown):
        return HttpResponseBadRequest()
    person = reads.reader(request, token)
    actor = request.user if request.user.is_authenticated else None
    actions.report_read(actor=actor, person=person, article=shown)
    return reads.remember(HttpResponse(status=204), request, person)


@access(PUBLIC)
@require_safe
def author(request: HttpRequest, username: str) -> HttpResponse:
    """A member and what they have published."""
    member = get_object_or_404(Member.objects.active(), username=username)
    found = Article.objects.published().by(member).listed()
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(
        request, "articles/author.html", {"author": member, "page": page, "badges": badges(list(page))}
    )


def _open_article(request: HttpRequest, id: UUID) -> Article:
    rows = Article.objects.select_related("author", "column").defer("body").prefetch_related("keywords")
    found = get_object_or_404(rows, id=id)
    if not found.open_to(request.user):
        raise Http404
    return found
