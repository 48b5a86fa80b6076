"""One case: everything about it, taking it, holding it, and what a decision would mean."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from lingyu.community.pact.ladder import AGGRAVATORS
from lingyu.kernel.access import JUDGE, access

from .. import actions
from ..forms import DecisionForm
from ..models import Case, Golden, Lease
from ..reviewing import dossier, prospects, queue, sampling
from ..reviewing.dossier import Dossier
from ..weighing.deadlines import LEASE
from .queueing import bare


@dataclass(frozen=True)
class Look:
    """What stands at an address: a case, or a blind look at one, or at a golden one."""

    dossier: Dossier
    blind: Golden | Case | None

    @property
    def case(self) -> Case | None:
        """The case that may be taken and decided here; none for a blind look."""
        return None if self.blind else self.dossier.case


@access(JUDGE)
@require_safe
def review_case(request: HttpRequest, id: UUID) -> HttpResponse:
    """The case with everything that is known of it."""
    look = found(request, id)
    return page(request, id, look, DecisionForm(pact=look.dossier.pact))


@access(JUDGE)
@require_POST
def take_case(request: HttpRequest, id: UUID) -> HttpResponse:
    """Take the case, or hold it longer while its page is open."""
    look = found(request, id)
    try:
        if look.case:
            actions.take(actor=request.user, case=look.case)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    if request.htmx:
        return render(request, "cases/lease.html", {"id": id, "lease": lease_of(request, look)})
    return redirect("review_case", id)


@access(JUDGE)
@require_POST
def give_back_case(request: HttpRequest, id: UUID) -> HttpResponse:
    """Let others take it."""
    look = found(request, id)
    if look.case:
        actions.give_back(actor=request.user, case=look.case)
    sampling.end(request.session, id)
    return redirect("review_queue")


@access(JUDGE)
@require_safe
def case_prospect(request: HttpRequest, id: UUID) -> HttpResponse:
    """What the chosen clause would mean for the author: a fragment beside the form."""
    look = found(request, id)
    code = request.GET.get("lead", "").strip().partition(" ")[0]
    clause = look.dossier.pact.by_code.get(code)
    raised = [code for code in request.GET.getlist("aggravators") if code in AGGRAVATORS]
    prospect = prospect_of(look, clause, raised) if clause else None
    return render(request, "cases/prospect.html", {"clause": clause, "prospect": prospect})


def found(request: HttpRequest, id: UUID) -> Look:
    """What stands at the address. Nobody reviews what is about themselves."""
    now, blind = timezone.now(), sampling.behind(request.session, id)
    if isinstance(blind, Golden):
        return Look(dossier.of_golden(blind, now), blind)
    case = blind or get_object_or_404(Case.objects.select_related("member", "decision__by"), id=id)
    if case.member_id == request.user.id:
        raise PermissionDenied("a case about oneself")
    return Look(dossier.of_case(case, now), blind)


def prospect_of(look: Look, clause, aggravators) -> prospects.Prospect:
    """What the clause would mean for whoever wrote it; of a golden case, for a newcomer."""
    member = look.dossier.case.member_id if look.dossier.case else UUID(int=look.dossier.id.int ^ 1)
    return prospects.of_clause(member, clause, look.dossier.acted_at, timezone.now(), aggravators)


def page(request: HttpRequest, id: UUID, look: Look, form: DecisionForm, status: int = 200) -> HttpResponse:
    """The page of a case, with the form as it stands."""
    case = look.case
    shown = {"id": id, "it": look.dossier, "case": case, "form": form, "now": timezone.now()}
    shown |= {"lease": lease_of(request, look), "why": queue.reasons(case) if case else []}
    shown |= {"formula": queue.formula(), "covered": look.dossier.shaded and not bare(request)}
    shown |= {"decision": getattr(case, "decision", None) if case else None}
    return render(request, "cases/case.html", shown, status=status)


def lease_of(request: HttpRequest, look: Look) -> dict:
    """Who holds it, until when, and under which token; a blind look is always the reader's."""
    now = timezone.now()
    if look.blind:
        return {"mine": True, "until": now + LEASE, "token": "", "holder": None}
    lease = Lease.objects.filter(case=look.case, until__gt=now).select_related("holder").first()
    if lease is None:
        return {"mine": False, "until": None, "token": "", "holder": None}
    mine = lease.holder_id == request.user.id
    return {"mine": mine, "until": lease.until, "token": lease.token if mine else "", "holder": lease.holder}
