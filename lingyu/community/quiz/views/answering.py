"""A question below an article: asked and answered, with and without a script.

Holds the views: find, call, render.
"""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from lingyu.community.articles.gates import open_to
from lingyu.community.articles.models import Article
from lingyu.kernel.access import SIGNED_IN, access

from .. import actions, section
from ..seals import BadSeal, opened_at, seal, unseal

SENT = "quiz.asking"


@access(SIGNED_IN)
@require_POST
def quiz_question(request: HttpRequest, id: UUID) -> HttpResponse:
    """Put a question to the reader; the clock has run since the article was opened."""
    article = _open(request, id)
    try:
        since = opened_at(request.POST.get("opening", ""), article.id, request.user.key)
    except BadSeal:
        return _show(request, section.answered(request, article, actions.Answered("closed")), 400)
    asking = actions.ask(actor=request.user, article=article, opened_at=since)
    if asking is None:
        return _show(request, section.answered(request, article, actions.Answered("gone")))
    token = seal(SENT, str(asking.id), str(article.id), request.user.key)
    return _show(request, section.asked(article, asking, token))


@access(SIGNED_IN)
@require_POST
def quiz_answer(request: HttpRequest, id: UUID) -> HttpResponse:
    """Grade an answer: right, wrong, too early, or not one that was asked here."""
    article = _open(request, id)
    try:
        asking, said, who = unseal(SENT, request.POST.get("token", ""))
        shown = int(request.POST.get("option", ""))
    except ValueError:
        return _show(request, section.answered(request, article, actions.Answered("closed")), 400)
    if (said, who) != (str(article.id), request.user.key):
        return _show(request, section.answered(request, article, actions.Answered("closed")), 400)
    came = actions.answer(actor=request.user, article=article, asking=UUID(asking), shown=shown)
    return _show(request, section.answered(request, article, came))


def _open(request: HttpRequest, id: UUID) -> Article:
    found = get_object_or_404(Article.objects.published(), id=id)
    if not open_to(request.user, found):
        raise Http404
    return found


def _show(request: HttpRequest, context: dict, status: int = 200) -> HttpResponse:
    whole = "quiz/section.html" if request.htmx else "quiz/page.html"
    # A script swaps nothing in for an error status: what was refused is told in its place.
    return render(request, whole, context, status=200 if request.htmx else status)
