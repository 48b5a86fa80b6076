"""A writer's own articles: drafts, scheduled, published, taken down."""

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from lingyu.kernel.access import WRITE_ARTICLE, access

from ..models import Article, WorkingCopy

PAGE = 20
STATES = {
    "drafts": (_("Drafts"), lambda articles: articles.drafts()),
    "scheduled": (_("Scheduled"), lambda articles: articles.scheduled()),
    "published": (_("Published"), lambda articles: articles.published()),
    "retired": (_("Taken down"), lambda articles: articles.retired()),
}


@access(WRITE_ARTICLE)
@require_safe
def my_articles(request: HttpRequest) -> HttpResponse:
    """A writer's own articles in one state, found by the words of their titles."""
    words = request.GET.get("q", "")[:100].replace("\0", "")
    own = Article.objects.by(request.user).titled(words)
    tabs = [(code, name, only(own).count()) for code, (name, only) in STATES.items()]
    # Unless one is asked for: the first that has something in it.
    state = request.GET.get("state") or next((code for code, name, count in tabs if count), "drafts")
    state = state if state in STATES else "drafts"
    found = STATES[state][1](own).listed().annotate(revised=Count("revisions", distinct=True))
    context = {
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "state": state,
        "q": words,
        "tabs": tabs,
    } | _unsaved(request)
    return render(request, "articles/mine.html", context)


def _unsaved(request: HttpRequest) -> dict:
    """Texts that were kept and not saved: of articles that are not there yet, and by article."""
    copies = WorkingCopy.objects.filter(author=request.user).defer("body").order_by("-saved_at")
    by_article = {copy.article_id: copy for copy in copies.exclude(article=None)[:200]}
    return {"begun": copies.filter(article=None)[:10], "unsaved": by_article}
