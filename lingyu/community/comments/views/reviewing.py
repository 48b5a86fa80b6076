"""The review page: what waits, one decision or many, with and without a script."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lingyu.kernel.access import REVIEW_COMMENT, access

from .. import actions
from ..forms import RemovalForm
from ..models import Comment
from ..reasons import REASONS

PAGE = 30


@access(REVIEW_COMMENT)
@require_safe
def comment_review(request: HttpRequest) -> HttpResponse:
    """The comments that wait, oldest first; or those that were removed, so that one can be restored."""
    removed = request.GET.get("show") == "removed"
    chosen = Comment.objects.removed() if removed else Comment.objects.waiting()
    rows = chosen.with_author().select_related("article", "parent__author")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    shown = {"page": page, "removed": removed, "waiting": Comment.objects.waiting().count()}
    return render(request, "comments/review.html", shown | {"form": RemovalForm(), "reasons": REASONS})


@access(REVIEW_COMMENT)
@require_POST
def approve_comment(request: HttpRequest, id: UUID) -> HttpResponse:
    """Open one comment to everybody."""
    comment = _found(id)
    actions.approve_comment(actor=request.user, comment=comment)
    return _decided(request, comment)


@access(REVIEW_COMMENT)
@require_POST
def approve_comments(request: HttpRequest) -> HttpResponse:
    """Open every ticked comment to everybody."""
    ticked = [UUID(text) for text in request.POST.getlist("comment") if _is_id(text)]
    done = actions.approve_comments(actor=request.user, comments=Comment.objects.filter(id__in=ticked))
    text = ngettext("%(number)d comment approved.", "%(number)d comments approved.", done)
    messages.success(request, text % {"number": done})
    return redirect("comment_review")


@access(REVIEW_COMMENT)
@require_http_methods(["GET", "POST"])
def remove_comment(request: HttpRequest, id: UUID) -> HttpResponse:
    """Take one comment away; asks for the reason first."""
    comment, form = _found(id), RemovalForm(request.POST or None)
    if not form.is_valid():
        return render(request, "comments/removal.html", {"comment": comment, "form": form})
    seen = comment.state == "approved"
    actions.remove_comment(actor=request.user, comment=comment, **form.cleaned_data)
    return redirect("article", comment.article_id) if seen else _decided(request, comment)


@access(REVIEW_COMMENT)
@require_POST
def restore_comment(request: HttpRequest, id: UUID) -> HttpResponse:
    """Undo a removal: everybody sees the comment again, and its author has back what it earned."""
    comment = _found(id)
    if actions.restore_comment(actor=request.user, comment=comment):
        messages.success(request, _("The comment is back."))
    return redirect("/review/comments/?show=removed") if not request.htmx else _decided(request, comment)


def _found(id: UUID) -> Comment:
    return get_object_or_404(Comment.objects.with_author().select_related("article__column"), id=id)


def _decided(request: HttpRequest, comment: Comment) -> HttpResponse:
    """The comment's row as it now stands, or the page again for a browser without the script."""
    if not request.htmx:
        return redirect("comment_review")
    return render(
        request,
        "comments/decided.html",
        {
            "comment": _found(comment.id),
            "reasons": REASONS,
            "waiting": Comment.objects.waiting().count(),
        },
    )


def _is_id(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False
