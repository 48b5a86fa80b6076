"""Working copies: kept while one writes, compared with what was saved elsewhere, thrown away."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lingyu.kernel.access import WRITE_ARTICLE, access
from lingyu.look.differences import differences

from .. import actions
from ..forms import CopyForm
from ..models import Article, Revision, WorkingCopy


@access(WRITE_ARTICLE)
@require_POST
def keep(request: HttpRequest, id: UUID | None = None) -> HttpResponse:
    """Keep what the window holds; the answer is the line that says so, with what to send the next time."""
    own = None
    if id:
        own = get_object_or_404(Article.objects.by(request.user), id=id, retired_at__isnull=True)
    form = CopyForm(request.POST)
    if not form.is_valid():
        reasons = " ".join(e for errors in form.errors.values() for e in errors)
        return render(request, "articles/copy_state.html", {"error": reasons}, status=422)
    kept = actions.keep_copy(actor=request.user, article=own, **form.arguments)
    return render(request, "articles/copy_state.html", {"kept": kept, "error": ""})


@access(WRITE_ARTICLE)
@require_safe
def compare(request: HttpRequest, id: UUID) -> HttpResponse:
    """A working copy beside what was saved, or kept by another window."""
    mine = get_object_or_404(WorkingCopy, author=request.user, id=id)
    other = _other(request, mine)
    rows = differences(other.body, mine.body)
    return render(request, "articles/compare.html", {"mine": mine, "other": other, "rows": rows})


@access(WRITE_ARTICLE)
@require_POST
def drop(request: HttpRequest, id: UUID) -> HttpResponse:
    """Throw away a working copy."""
    copy = get_object_or_404(WorkingCopy.objects.defer("body"), author=request.user, id=id)
    actions.drop_copy(actor=request.user, copy=id)
    messages.success(request, _("The unsaved text is thrown away."))
    return redirect("edit_article", copy.article_id) if copy.article_id else redirect("my_articles")


def _other(request: HttpRequest, mine: WorkingCopy) -> WorkingCopy | Revision:
    """The copy that is asked for, or else the article's last revision."""
    try:
        asked = WorkingCopy.objects.filter(author=request.user, id=request.GET.get("with") or mine.id)
        if found := asked.exclude(id=mine.id).first():
            return found
    except ValidationError:
        pass
    return Revision.objects.filter(article=mine.article).order_by("-number").first() or mine
