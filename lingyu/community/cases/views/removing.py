"""Taking a comment away at once, and bringing it back: a decision where it is a matter of the pact."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from lingyu.community.comments.forms import RemovalForm
from lingyu.community.comments.models import Comment
from lingyu.community.comments.reasons import REASONS
from lingyu.kernel.access import JUDGE, access

from .. import actions


@access(JUDGE)
@require_http_methods(["GET", "POST"])
def remove_comment(request: HttpRequest, id: UUID) -> HttpResponse:
    """Take one comment away; asks for the reason first."""
    comment, form = _found(id), RemovalForm(request.POST or None)
    seen = comment.state == "approved"
    if not form.is_valid() or not _removed(request, comment, form):
        return render(request, "comments/removal.html", {"comment": comment, "form": form})
    return redirect("article", comment.article_id) if seen else _decided(request, comment)


@access(JUDGE)
@require_http_methods(["GET", "POST"])
def restore_comment(request: HttpRequest, id: UUID) -> HttpResponse:
    """Undo a removal: everybody sees the comment again, and its author has back what it earned."""
    comment = _found(id)
    if request.method == "GET":
        return render(request, "cases/restoration.html", {"comment": comment, "error": ""})
    try:
        back = actions.bring_back(actor=request.user, comment=comment, words=request.POST.get("note", ""))
    except ValidationError as error:
        return _asks_why(request, comment, " ".join(error.messages))
    if back:
        messages.success(request, _("The comment is back."))
    return redirect("/review/comments/?show=removed") if not request.htmx else _decided(request, comment)


def _removed(request: HttpRequest, comment: Comment, form: RemovalForm) -> bool:
    try:
        actions.remove(actor=request.user, comment=comment, **form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


def _asks_why(request: HttpRequest, comment: Comment, words: str) -> HttpResponse:
    """The page that asks for what is missing; a fragment of the list goes there."""
    if request.htmx:
        return HttpResponseClientRedirect(reverse("restore_comment", args=[comment.id]))
    return render(request, "cases/restoration.html", {"comment": comment, "error": words}, status=422)


def _found(id: UUID) -> Comment:
    return get_object_or_404(Comment.objects.with_author().select_related("article__column"), id=id)


def _decided(request: HttpRequest, comment: Comment) -> HttpResponse:
    """The comment's row as it now stands, or the page again for a browser without the script."""
    if not request.htmx:
        return redirect("comment_review")
    shown = {"comment": _found(comment.id), "reasons": REASONS, "notes": {}}
    return render(request, "comments/decided.html", shown | {"waiting": Comment.objects.waiting().count()})
