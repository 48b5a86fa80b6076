"""What is permanent or aggravated, and waits for another person than who decided."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lingyu.community.pact import actions as pact
from lingyu.community.pact import versions
from lingyu.community.pact.ladder import AGGRAVATORS, RUNGS
from lingyu.community.pact.models import Finding
from lingyu.kernel.access import JUDGE, access

from ..reviewing.awaiting import awaiting


@access(JUDGE)
@require_safe
def review_seconds(request: HttpRequest) -> HttpResponse:
    """The findings that wait, the longest waiting first; one's own are shown, and not offered."""
    waiting = awaiting(request.user, timezone.now())
    clauses = {a.finding.id: versions.numbered(a.finding.pact).by_code[a.finding.clause] for a in waiting}
    shown = {"waiting": waiting, "clauses": clauses, "aggravators": AGGRAVATORS, "rungs": RUNGS}
    return render(request, "cases/seconds.html", shown)


@access(JUDGE)
@require_POST
def second_finding(request: HttpRequest, id: UUID) -> HttpResponse:
    """Confirm it."""
    finding = get_object_or_404(Finding, id=id)
    try:
        pact.second(actor=request.user, finding=finding)
        messages.success(request, _("Confirmed: it is in force from now on."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("review_seconds")


@access(JUDGE)
@require_POST
def refuse_finding(request: HttpRequest, id: UUID) -> HttpResponse:
    """Do not confirm it, and say why: it stays at what one person may do."""
    finding = get_object_or_404(Finding, id=id)
    try:
        pact.refuse(actor=request.user, finding=finding, words=request.POST.get("words", ""))
        messages.success(request, _("Not confirmed: it stays at what one person may decide."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("review_seconds")
