"""The review page: what waits, one decision or many, with and without a script.

To take a comment away, and to bring it back, is the cases' (`cases.views.removing`).
"""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from lingyu.kernel.access import REVIEW_COMMENT, access

from .. import actions, notes
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
    shown |= {"notes": {} if removed else notes.beside(page)}
    return render(request, "comments/review.html", shown | {"form": RemovalForm(), "reasons": REASONS})


@access(REVIEW_COMMENT)
@require_POST
def approve_comment(request: HttpRequest, id: UUID) -> HttpResponse:
    """Open one comment to everybody."""
    comment = _found(id)
    if not notes.held([comment]):
        actions.approve_comment(actor=request.user, comment=comment)
    return _decided(request, comment)


@access(REVIEW_COMMENT)
@require_POST
def approve_comments(request: HttpRequest) -> HttpResponse:
    """Open every ticked comment to everybody."""
    ticked = [UUID(text) for text in request.POST.getlist("comment") if _is_id(text)]
    known = list(Comment.objects.filter(id__in=ticked[:PAGE]))
    held = notes.held(known)
    done = actions.approve_comments(actor=request.user, comments=[c for c in known if c.id not in held])
    text = ngettext("%(number)d comment approved.", "%(number)d comments approved.", done)
    messages.success(request, text % {"number": done})
    return redirect("comment_review")


def _found(id: UUID) -> Comment:
    return get_object_or_404(Comment.objects.with_author().select_related("article__column"), id=id)


def _decided(request: HttpRequest, comment: Comment) -> HttpResponse:
    """The comment's row as it now stands, or the page again for a browser without the script."""
    if not request.htmx:
        return redirect("comment_review")
    now = _found(comment.id)
    shown = {"comment": now, "reasons": REASONS, "notes": notes.beside([now])}
    return render(request, "comments/decided.html", shown | {"waiting": Comment.objects.waiting().count()})


def _is_id(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False
