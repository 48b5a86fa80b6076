"""Messages to an audience: what was written, to whom it goes, and what it did against the hold-out.

Holds the views: find, call, render. `post_forms` takes what is written.
"""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lingyu.community.contacts.models import Terms
from lingyu.desk.board import shell
from lingyu.kernel.access import PULL_LEVER
from lingyu.kernel.metrics import METRICS
from lingyu.kernel.query import QueryError

from .. import actions
from ..models import Post
from .post_forms import PostForm, TermsForm
from .reading import reaching

SHOWN = 100


def posts(request: HttpRequest, operation, rest: str) -> HttpResponse:
    """All messages; `new`, `terms`, and below an id one with what is done to it."""
    head, _slash, act = rest.strip("/").partition("/")
    if request.method == "POST" and not request.user.may(PULL_LEVER):
        return HttpResponse(status=403)
    if not head:
        return _all(request, operation)
    if head == "new":
        return _new(request, operation)
    if head == "terms":
        return _terms(request, operation)
    try:
        post = get_object_or_404(Post.objects.newest(), id=UUID(head))
    except ValueError:
        raise Http404(_("There is no such message.")) from None
    return (
        _done(request, operation, post, act) if request.method == "POST" else _one(request, operation, post)
    )


def _all(request: HttpRequest, operation) -> HttpResponse:
    rows = [(post, reaching.effect(post)) for post in Post.objects.newest()[:SHOWN]]
    context = {"operation": operation, "rows": rows, "terms": Terms.standing()}
    context |= {"terms_form": TermsForm.standing(), "may": request.user.may(PULL_LEVER)}
    return render(request, "user/posts.html", shell() | context)


def _new(request: HttpRequest, operation) -> HttpResponse:
    asked = {"audience": request.GET.get("audience", ""), "group": request.GET.get("group", "")}
    form = PostForm(request.POST if request.method == "POST" else None, initial=asked)
    if form.is_bound and form.is_valid():
        try:
            post = actions.write_post(actor=request.user, **form.cleaned_data)
            return redirect("desk_subpage", operation.code, "posts", str(post.id))
        except ValidationError as error:
            form.add_error(None, error.messages)
    context = {"operation": operation, "form": form, "terms": Terms.standing()}
    return render(request, "user/post_new.html", shell() | context)


def _terms(request: HttpRequest, operation) -> HttpResponse:
    form = TermsForm(request.POST or None)
    if form.is_valid():
        form.enforce(request.user)
        messages.success(request, _("These terms are in force for all desks."))
    elif form.is_bound:
        messages.error(request, " ".join(e for errors in form.errors.values() for e in errors))
    return redirect("desk_page", operation.code, "posts")


def _one(request: HttpRequest, operation, post: Post) -> HttpResponse:
    metric = METRICS.get(post.goal)
    context = {"operation": operation, "post": post, "may": request.user.may(PULL_LEVER), "metric": metric}
    context |= {"found": reaching.outcomes(post), "effect": reaching.effect(post), "terms": Terms.standing()}
    context |= {"left": reaching.days_left(post, timezone.localdate()), "meant": None, "trouble": ""}
    context |= {"goal": metric.label(get_language() or "en") if metric else post.goal}
    if post.state == "draft":
        context["meant"], context["trouble"] = _meant(post)
    return render(request, "user/post.html", shell() | context)


def _meant(post: Post) -> tuple[list[UUID] | None, str]:
    """Whom a draft means now; else why that cannot be said."""
    try:
        return reaching.audience(post), ""
    except QueryError as error:
        return None, _(error.message) % error.params


def _done(request: HttpRequest, operation, post: Post, act: str) -> HttpResponse:
    """Start, stop or resume, and show the message."""
    if act == "start":
        members, trouble = _meant(post)
        told = 0 if trouble else actions.start_post(actor=request.user, post=post, members=members)
        if trouble:
            messages.error(request, trouble)
        elif told:
            messages.success(request, _("The audience is drawn; the message goes out within minutes."))
    elif act in ("stop", "resume"):
        {"stop": actions.stop_post, "resume": actions.resume_post}[act](actor=request.user, post=post)
    else:
        raise Http404(_("There is no such page."))
    return redirect("desk_subpage", operation.code, "posts", str(post.id))
