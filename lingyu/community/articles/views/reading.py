"""The page of an article, and the report of an effective read. Lists of articles are `shelves`."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from lingyu.kernel.access import PUBLIC, access
from lingyu.store.prepared import Prepared

from .. import actions, gates, reads
from ..heads import head
from ..models import Article, Keyword
from ..sections import around

RELATED = 5
_UNSHOWN = ("author__password", "author__email", "body")
# What the lines of neighbours say.
_LINE = ("title", "minutes", "author__username", "author__pen_name", "author__erased_at")


def _near(article, words, column=None):
    return Article.objects.near(article, column, words).select_related("author").only(*_LINE)[:RELATED]


ARTICLE = Prepared(
    lambda id: Article.objects.filter(id=id).select_related("author", "column").defer(*_UNSHOWN)
)
KEYWORDS = Prepared(lambda article: Keyword.objects.filter(articles=article))
NEAR = Prepared(_near)


@access(PUBLIC)
@require_safe
def article(request: HttpRequest, id: UUID) -> HttpResponse:
    """One article with all that stands around and below it. Records nothing: reading writes no row."""
    shown = _open_article(request, id)
    whole, words = gates.open_here(request, shown), KEYWORDS.ask(article=shown.id)
    html = shown.html if whole else shown.teaser_html
    context = {
        "article": shown,
        "html": html,
        "head": head(request, shown, words, html, whole),
        "keywords": words,
        "related": _related(shown, words),
        "sections": around(request, shown),
        "whole": whole,
        "read_token": reads.issue(shown, request),
    }
    return render(request, "articles/article.html", context)


@access(PUBLIC, silenced=True)
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
    found = ARTICLE.first(id=id)
    if found is None or not found.open_to(request.user):
        raise Http404
    return found


def _related(article: Article, words: list[Keyword]) -> list[Article]:
    column = {"column": article.column_id} if article.column_id else {}
    return NEAR.ask(article=article.id, words=[k.id for k in words], **column)
