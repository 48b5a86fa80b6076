"""Changes: all of them, what is in force, a new one, and one with its steps and what it would do."""

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lingyu.community.pact import engine, versions
from lingyu.kernel.access import KEEP_PACT, access

from .. import actions, board, effects, excerpts, impact, readiness
from ..editions import current
from ..forms import ROWS, ChangeForm
from ..limits import LIMITS
from ..models import Difference, RuleChange, Trial

PAGE = 30


@access(KEEP_PACT)
@require_safe
def rulebook(request: HttpRequest) -> HttpResponse:
    """All changes, the last one first, with where each stands."""
    page = Paginator(RuleChange.objects.newest(), PAGE).get_page(request.GET.get("page"))
    now = timezone.now()
    steps = {c.id: readiness.gates(c, now) if c.state == "trial" else [] for c in page}
    return render(request, "rulebook/changes.html", {"page": page, "steps": steps, "edition": current()})


@access(KEEP_PACT)
@require_safe
def in_force(request: HttpRequest) -> HttpResponse:
    """The switch-board: the set in force, and how each rule and term fares."""
    screener = engine.screener()
    shown = {
        "edition": current(),
        "live": RuleChange.objects.live().newest(),
        "screener": screener,
        "rules": next((s.run for s in screener.steps if s.name == "rules"), None),
        "finders": board.finders(timezone.now()),
        "days": board.DAYS,
    }
    return render(request, "rulebook/in_force.html", shown)


@access(KEEP_PACT)
@require_http_methods(["GET", "POST"])
def new_change(request: HttpRequest) -> HttpResponse:
    """Propose a change; a list from outside is tried here first, and only what it is good for is proposed."""
    form = ChangeForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        about = {"title": form.cleaned_data["title"], "why": form.cleaned_data["why"]}
        try:
            made = actions.propose(actor=request.user, content=form.content, **about)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("rule_change", made.number)
    shown = {"form": form, "rows": range(ROWS), "cut": excerpts.excerpt}
    return render(request, "rulebook/new.html", shown)


@access(KEEP_PACT)
@require_safe
def change(request: HttpRequest, number: int) -> HttpResponse:
    """One change: what it says, its steps and what is missing, what it would do and to whom."""
    row = found(number)
    shown = standing(row) | {
        "concerned": impact.by_clause(row, versions.in_force()),
        "people": impact.people(row).count(),
        "overturned": effects.overturned(row),
        "limits": LIMITS,
        "seed": row.number * 1_000 + row.samples.count(),
    }
    return render(request, "rulebook/change.html", shown)


@access(KEEP_PACT)
@require_safe
def progress(request: HttpRequest, number: int) -> HttpResponse:
    """How far the trials are: the part of the page that keeps itself up to date."""
    row = found(number)
    if not request.htmx:
        return redirect("rule_change", number)
    return render(request, "rulebook/progress.html", standing(row))


@access(KEEP_PACT)
@require_safe
def differences(request: HttpRequest, number: int) -> HttpResponse:
    """Texts of which the change says something else, with the places marked; of one clause or all."""
    row, clause, side = found(number), request.GET.get("clause", ""), request.GET.get("side", "new")
    rows = Difference.objects.tried().filter(change=row).select_related("screening__member")
    rows = rows.filter(stratum="lost") if side == "lost" else rows.stricter()
    rows = rows.filter(clause=clause) if clause else rows
    page = Paginator(rows.order_by("-screening__at", "clause"), PAGE).get_page(request.GET.get("page"))
    shown = {"change": row, "page": page, "side": side, "clause": clause, "pact": versions.in_force()}
    return render(request, "rulebook/differences.html", shown | {"excerpt": excerpts.of_difference})


@access(KEEP_PACT)
@require_safe
def concerned(request: HttpRequest, number: int) -> HttpResponse:
    """The people whose texts it would newly find, by name."""
    row = found(number)
    page = Paginator(impact.people(row), PAGE).get_page(request.GET.get("page"))
    return render(request, "rulebook/people.html", {"change": row, "page": page})


def found(number: int) -> RuleChange:
    """The change of this number, with what became of it; 404 where there is none."""
    rows = RuleChange.objects.newest().prefetch_related("trials")
    return get_object_or_404(rows, number=number)


def standing(row: RuleChange) -> dict:
    """What the head of a change's page and its own part both show."""
    trials = {trial.phase: trial for trial in row.trials.all()}
    return {
        "change": row,
        "gates": readiness.gates(row, timezone.now()),
        "labelled": readiness.labelled(row),
        "trials": trials,
        "running": row.state == "trial" and any(t.ended_at is None for t in trials.values()),
        "phases": dict(Trial.Phase.choices),
        "title": _("Change %(number)d") % {"number": row.number},
    }
