"""Appeals against a decision: taken at its statement, followed on a page of their own."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lingyu.kernel.access import SIGNED_IN, access

from .. import actions
from ..models import Appeal
from .statements import concerning, shown


@access(SIGNED_IN, silenced=True)
@require_POST
def appeal_decision(request: HttpRequest, id: UUID) -> HttpResponse:
    """Ask that somebody else decides again."""
    found, side = concerning(request.user, id)
    words = request.POST.get("words", "")
    try:
        kept = actions.appeal(actor=request.user, decision=found, words=words)
    except ValidationError as error:
        told = {"words": words[:2_000], "error": " ".join(error.messages)}
        return render(request, "cases/statement.html", shown(request.user, found, side) | told, status=422)
    messages.success(request, _("Your appeal is in. Somebody else than who decided will rule on it."))
    return redirect("appeal", kept.id)


@access(SIGNED_IN, silenced=True)
@require_safe
def appeal(request: HttpRequest, id: UUID) -> HttpResponse:
    """How far one's appeal has come."""
    rows = Appeal.objects.select_related("ruling", "decision__case", "decision__reversal")
    mine = get_object_or_404(rows, id=id, by=request.user)
    ruling = getattr(mine, "ruling", None)
    late = ruling is None and timezone.now() > mine.due_at
    return render(request, "cases/appeal.html", {"appeal": mine, "ruling": ruling, "late": late})
