"""The pool of questions of one article: for its author, and for operators.

Holds the views: find, call, render.
"""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from lingyu.community.articles.models import Article
from lingyu.kernel.access import WRITE_ARTICLE, access
from lingyu.kernel.text import N_

from .. import actions
from ..figures import REASONS, figures
from ..forms import QuestionForm
from ..models import Question

DEEDS = {
    "approve": (actions.approve_question, N_("The question is asked from now on.")),
    "retire": (actions.retire_question, N_("The question is asked no more.")),
    "restore": (actions.restore_question, N_("The question is back; its figures begin anew.")),
}


@access(WRITE_ARTICLE)
@require_http_methods(["GET", "POST"])
def questions(request: HttpRequest, id: UUID) -> HttpResponse:
    """The pool with its figures, and a form for one more."""
    article, form = _own(request, id), QuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.write_question(actor=request.user, article=article, **form.question())
            actions.approve_question(actor=request.user, question=made)
            return redirect("quiz_questions", article.id)
        except ValidationError as error:
            form.add_error(None, error.messages)
    pool = [(q, figures(q)) for q in Question.objects.about(article)]
    context = {"article": article, "form": form, "pool": pool, "reasons": REASONS}
    return render(request, "quiz/questions.html", context)


@access(WRITE_ARTICLE)
@require_POST
def propose(request: HttpRequest, id: UUID) -> HttpResponse:
    """Questions from the article's text, for a person to look at."""
    article = _own(request, id)
    number = len(actions.propose_questions(actor=request.user, article=article))
    words = ngettext("%(number)d question proposed.", "%(number)d questions proposed.", number)
    messages.success(
        request, words % {"number": number} if number else _("The text gives no more questions.")
    )
    return redirect("quiz_questions", article.id)


@access(WRITE_ARTICLE)
@require_POST
def decide(request: HttpRequest, id: UUID, question: UUID, deed: str) -> HttpResponse:
    """Approve, retire or bring back one question."""
    article = _own(request, id)
    found = get_object_or_404(Question, id=question, article=article)
    if deed not in DEEDS:
        raise Http404
    do, said = DEEDS[deed]
    if do(actor=request.user, question=found):
        messages.success(request, _(said))
    return redirect("quiz_questions", article.id)


def _own(request: HttpRequest, id: UUID) -> Article:
    """The author's own article, or any for who manages feathers."""
    rows = Article.objects.all() if request.user.may("feathers.manage") else Article.objects.by(request.user)
    return get_object_or_404(rows, id=id)
