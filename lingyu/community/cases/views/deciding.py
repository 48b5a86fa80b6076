"""Deciding: one case, several alike, and the answers to blind looks."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from lingyu.community.pact import versions
from lingyu.kernel.access import JUDGE, access

from .. import actions
from ..forms import DecisionForm, ids
from ..models import Case, Golden
from ..reviewing import prospects, queue, sampling
from ..reviewing.wordings import composed
from .looking import Look, found, page, prospect_of
from .queueing import give_next


@access(JUDGE)
@require_POST
def decide_case(request: HttpRequest, id: UUID) -> HttpResponse:
    """Decide it; what would never end is asked about once more."""
    look = found(request, id)
    form = DecisionForm(request.POST, pact=look.dossier.pact)
    if not form.is_valid():
        return page(request, id, look, form, 422)
    if asked := _asks_again(request, id, look, form):
        return asked
    if look.blind:
        return _answered(request, id, look.blind, form.cleaned_data["lead"])
    try:
        _decide(request, look.case, form)
    except ValidationError as error:
        form.add_error(None, error)
        return page(request, id, found(request, id), form, 409)
    return _onwards(request)


@access(JUDGE)
@require_POST
def decide_cases(request: HttpRequest) -> HttpResponse:
    """Decide several cases alike: a preview of what happens to whom, then all of them or none."""
    try:
        cases = queue.chosen(request.POST.getlist("case"))
    except ValueError:
        return _refused(request, _("At most %(number)d cases at once.") % {"number": queue.MOST})
    if not cases:
        return _refused(request, _("Choose at least one case."))
    form = DecisionForm(request.POST if "outcome" in request.POST else None, pact=versions.in_force())
    if form.is_valid() and request.POST.get("confirmed") and _decide_all(request, cases, form):
        return redirect("my_decisions")
    shown = {"cases": _preview(request, cases, form), "form": form, "ready": form.is_valid()}
    return render(request, "cases/bulk.html", shown, status=422 if form.errors else 200)


def _decide(request: HttpRequest, case: Case, form: DecisionForm) -> None:
    told = form.cleaned_data
    token = request.POST.get("token", "")
    decision = actions.decide(
        actor=request.user,
        case=case,
        outcome=told["outcome"],
        lead=told["lead"],
        also=told["also"],
        aggravators=told["aggravators"],
        evidence=told["evidence"],
        words=composed(told["template"], told["words"], case.member),
        token=int(token) if token.isdecimal() and len(token) < 10 else None,
    )
    if decision.outcome == "clear":
        _look_at_bad_faith(request, case)


def _look_at_bad_faith(request: HttpRequest, case: Case) -> None:
    """A report that was found to be untrue and to harm is a subject of its own: a case about its writer."""
    for given in case.reports.filter(id__in=ids(request.POST.getlist("bad_faith"), queue.MOST)):
        if given.reporter_id != request.user.id:
            actions.look_at_report(actor=request.user, report=given)


def _asks_again(request: HttpRequest, id: UUID, look: Look, form: DecisionForm) -> HttpResponse | None:
    told = form.cleaned_data
    if not told["lead"] or request.POST.get("confirmed"):
        return None
    clause = look.dossier.pact.by_code[told["lead"]]
    prospect = prospect_of(look, clause, told["aggravators"])
    if not prospect.permanent:
        return None
    kept = [(k, v) for k, vs in request.POST.lists() if k != "csrfmiddlewaretoken" for v in vs]
    shown = {"id": id, "it": look.dossier, "clause": clause, "prospect": prospect, "kept": kept[:400]}
    return render(request, "cases/confirm.html", shown)


def _answered(request: HttpRequest, id: UUID, blind: Golden | Case, clause: str) -> HttpResponse:
    try:
        if isinstance(blind, Case):
            actions.look_again(actor=request.user, case=blind, clause=clause)
            messages.success(request, _("Thank you. That was a second, blind look: it changes nothing."))
        else:
            answer = actions.answer_golden(actor=request.user, golden=blind, clause=clause)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("review_queue")
    sampling.end(request.session, id)
    if isinstance(blind, Golden) and answer.clause != blind.clause:
        pact = versions.in_force()
        shown = {"golden": blind, "right": pact.by_code.get(blind.clause), "said": pact.by_code.get(clause)}
        return render(request, "cases/explained.html", shown)
    return _onwards(request)


def _onwards(request: HttpRequest) -> HttpResponse:
    return give_next(request) if request.POST.get("next") else redirect("review_queue")


def _refused(request: HttpRequest, words: str) -> HttpResponse:
    messages.error(request, words)
    return redirect("review_queue")


def _decide_all(request: HttpRequest, cases: list[Case], form: DecisionForm) -> bool:
    told = form.cleaned_data
    fields = ("outcome", "lead", "also", "aggravators", "evidence")
    # One text for many authors, in the language of the site.
    words = composed(told["template"], told["words"], cases[0].member)
    try:
        made = actions.decide_many(
            actor=request.user, cases=cases, words=words, **{name: told[name] for name in fields}
        )
    except ValidationError as error:
        form.add_error(None, error)
        return False
    said = ngettext("%(number)d case decided.", "%(number)d cases decided.", len(made))
    messages.success(request, said % {"number": len(made)})
    return True


def _preview(request: HttpRequest, cases: list[Case], form: DecisionForm) -> list[dict]:
    """Of each case what the decision would mean, and what stands in its way."""
    code = form.cleaned_data.get("lead", "") if form.is_bound else ""
    raised = form.cleaned_data.get("aggravators", []) if form.is_bound else []
    return [_line(request, case, code, raised) for case in cases]


def _line(request: HttpRequest, case: Case, code: str, raised: list[str]) -> dict:
    now = timezone.now()
    clause = versions.in_force(case.acted_at).by_code.get(code)
    lease = getattr(case, "lease", None)
    taken = lease is not None and lease.until > now and lease.holder_id != request.user.id
    return {
        "case": case,
        "own": case.member_id == request.user.id,
        "taken": lease.holder if taken else None,
        "unknown": bool(code) and clause is None,
        "prospect": prospects.of_clause(case.member_id, clause, case.acted_at, now, raised)
        if clause
        else None,
    }
