"""One's own recent decisions, and taking them back."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from lingyu.kernel.access import JUDGE, access

from .. import actions
from ..actions.reversing import SECOND_THOUGHTS
from ..models import Decision

PAGE = 30


@access(JUDGE)
@require_safe
def my_decisions(request: HttpRequest) -> HttpResponse:
    """What one has decided, the latest first; what was decided together stands together."""
    made = Decision.objects.filter(by=request.user).select_related("case__member", "reversal")
    page = Paginator(made.order_by("-at", "-id"), PAGE).get_page(request.GET.get("page"))
    since = timezone.now() - SECOND_THOUGHTS
    return render(request, "cases/decisions.html", {"page": page, "groups": _grouped(page, since)})


@access(JUDGE)
@require_POST
def withdraw_decision(request: HttpRequest, id: UUID) -> HttpResponse:
    """Take one decision back; its case begins anew."""
    decision = get_object_or_404(Decision.objects.select_related("case"), id=id, by=request.user)
    try:
        case = actions.withdraw(actor=request.user, decision=decision, words=_words())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("my_decisions")
    messages.success(request, _("Taken back. The case waits again, for you or for somebody else."))
    return redirect("review_case", case.id) if case else redirect("my_decisions")


@access(JUDGE)
@require_POST
def withdraw_batch(request: HttpRequest, id: UUID) -> HttpResponse:
    """Take back everything that was decided at once."""
    try:
        done = actions.withdraw_batch(actor=request.user, batch=id, words=_words())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        said = ngettext("%(number)d decision taken back.", "%(number)d decisions taken back.", done)
        messages.success(request, said % {"number": done})
    return redirect("my_decisions")


def _words() -> str:
    return _("Taken back by the moderator who had decided it.")


def _grouped(page, since) -> list[dict]:
    """The decisions of a page, those of one batch together, each with whether it can be taken back still."""
    groups: dict[UUID, dict] = {}
    for decision in page:
        group = groups.setdefault(decision.batch or decision.id, {"batch": decision.batch, "decisions": []})
        group["decisions"].append(decision)
        fresh = decision.at > since and not hasattr(decision, "reversal")
        group["fresh"] = group.get("fresh", False) or fresh
    return list(groups.values())
