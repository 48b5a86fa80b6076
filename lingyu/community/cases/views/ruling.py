"""Appeals: what waits by its deadline, both sides of one, and the ruling."""

from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from lingyu.community.pact import versions
from lingyu.community.pact.models import Finding
from lingyu.kernel.access import JUDGE, access

from .. import actions
from ..forms import RulingForm
from ..models import Appeal
from ..reviewing import dossier, prospects
from ..reviewing.wordings import APPEALS, composed
from .queueing import bare

PAGE = 30
_KNOWN = ("by", "decision__by", "decision__case__member", "ruling__by")


@access(JUDGE)
@require_safe
def review_appeals(request: HttpRequest) -> HttpResponse:
    """The appeals that wait, what is due first; those one has no say in are counted, and not offered."""
    waiting = Appeal.objects.waiting().select_related(*_KNOWN)
    mine = Q(decision__by=request.user) | Q(by=request.user) | Q(decision__case__member=request.user)
    page = Paginator(waiting.exclude(mine), PAGE).get_page(request.GET.get("page"))
    ruled = Appeal.objects.filter(ruling__by=request.user).select_related(*_KNOWN).order_by("-ruling__at")
    shown = {"page": page, "not_mine": waiting.filter(mine).count(), "ruled": ruled[:10]}
    return render(request, "cases/appeals.html", shown | {"now": timezone.now()})


@access(JUDGE)
@require_http_methods(["GET", "POST"])
def review_appeal(request: HttpRequest, id: UUID) -> HttpResponse:
    """Both sides' words, what the decision means with and without, and the ruling."""
    appeal = get_object_or_404(Appeal.objects.select_related(*_KNOWN), id=id)
    if request.user.id in (appeal.by_id, appeal.decision.case.member_id):
        raise PermissionDenied("an appeal that concerns oneself")
    form = RulingForm(request.POST or None)
    if form.is_valid() and _ruled(request, appeal, form):
        return redirect("review_appeals")
    shown = _both_sides(request, appeal) | {"form": form}
    return render(request, "cases/ruling.html", shown, status=422 if form.errors else 200)


def _ruled(request: HttpRequest, appeal: Appeal, form: RulingForm) -> bool:
    told = form.cleaned_data
    words = composed(told["template"], told["words"], appeal.by, APPEALS)
    try:
        actions.rule(
            actor=request.user,
            appeal=appeal,
            outcome=told["outcome"],
            severity=told["severity"],
            words=words,
        )
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


def _both_sides(request: HttpRequest, appeal: Appeal) -> dict:
    now, decision = timezone.now(), appeal.decision
    finding = Finding.objects.filter(decision=decision.id).first()
    it = dossier.of_case(decision.case, now)
    ladder = prospects.without(finding, now) if finding else None
    lesser = [s for s, _standing in ladder.reduced] if ladder else []
    return {
        "appeal": appeal,
        "decision": decision,
        "it": it,
        "covered": it.shaded and not bare(request),
        "lead": versions.numbered(decision.pact).by_code.get(decision.lead),
        "finding": finding,
        "ladder": ladder,
        "severities": [(s, s) for s in lesser],
        "ruling": getattr(appeal, "ruling", None),
        "own": decision.by_id == request.user.id,
        "now": now,
    }
