"""The page of an article, and the report of an effective read. Lists of articles are `shelves`."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from lingyu.kernel.access import PUBLIC, access

from .. import actions, gates, reads
from ..heads import head
from ..models import Article
from ..sections import around

RELATED = 5


@access(PUBLIC)
@require_safe
def article(request: HttpRequest, id: UUID) -> HttpResponse:
    """One article with all that stands around and below it. Records nothing: reading writes no row."""
    shown = _open_article(request, id)
    whole = gates.open_here(request, shown)
    html = shown.html if whole else shown.teaser_html
    context = {
        "article": shown,
        "html": html,
        "head": head(request, shown, html, whole),
        "related": Article.objects.related_to(shown).listed()[:RELATED],
        "sections": around(request, shown),
        "whole": whole,
        "read_token": reads.issue(shown, request),
    }
    return render(request, "articles/article.html", context)


@access(PUBLIC)
@require_POST
def read(request: HttpRequest, id: UUID) -> HttpResponse:
    """The page's report that its reader stayed; 400 when its token says otherwise."""
    shown = _open_article(request, id)
    token = request.POST.get("token", "")
    if not gates.open_to(request.user, shown) or not reads.earned(token, shown):
        return HttpResponseBadRequest()
    person = reads.reader(request, token)
    actor = request.user if request.user.is_authenticated else None
    actions.report_read(actor=actor, person=person, article=shown)
    return reads.remember(HttpResponse(status=204), request, person)


def _open_article(request: HttpRequest, id: UUID) -> Article:
    rows = Article.objects.select_related("author", "column").defer("body").prefetch_related("keywords")
    found = get_object_or_404(rows, id=id)
    if not found.open_to(request.user):
        raise Http404
    return found
