"""How well reviewing is done, the golden cases that measure it, and whether the promised times are kept."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lingyu.community.pact import versions
from lingyu.kernel.access import JUDGE, access

from .. import actions
from ..forms import GoldenForm
from ..measuring import agreement, measures, punctuality
from ..models import Case, Golden

PERIODS = (30, 90)


@access(JUDGE)
@require_safe
def review_quality(request: HttpRequest) -> HttpResponse:
    """Agreement per clause, overturned decisions, and the golden cases."""
    days = _days(request)
    golden = Golden.objects.select_related("by").order_by("retired_at", "-at")[:100]
    shown = {"days_choices": _choices(days), "found": measures.measured(timezone.now(), days)}
    shown |= {"pact": versions.in_force(), "golden": golden, "agreement": agreement}
    return render(request, "cases/quality.html", shown)


@access(JUDGE)
@require_http_methods(["GET", "POST"])
def new_golden(request: HttpRequest) -> HttpResponse:
    """Pick a text by hand whose right answer is known, begun from a decided case or from nothing."""
    source = _decided(request)
    form = GoldenForm(request.POST or None, pact=versions.in_force(), initial=_begun_from(source))
    if form.is_valid():
        try:
            actions.add_golden(actor=request.user, source=source, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Kept. It is mixed among the cases of the other moderators."))
            return redirect("review_quality")
    return render(request, "cases/golden.html", {"form": form}, status=422 if form.errors else 200)


@access(JUDGE)
@require_POST
def retire_golden(request: HttpRequest, id: UUID) -> HttpResponse:
    """Show a golden case no more."""
    actions.retire_golden(actor=request.user, golden=get_object_or_404(Golden, id=id))
    return redirect("review_quality")


@access(JUDGE)
@require_safe
def review_deadlines(request: HttpRequest) -> HttpResponse:
    """Whether the promised times are kept, and where they were not."""
    now, days = timezone.now(), _days(request)
    shown = {"days_choices": _choices(days), "kept": punctuality.kept(now, days), "now": now}
    shown |= {"cases": punctuality.late_cases(now, days), "appeals": punctuality.late_appeals(now, days)}
    return render(request, "cases/deadlines.html", shown)


def _days(request: HttpRequest) -> int:
    return next((d for d in PERIODS if request.GET.get("days") == str(d)), PERIODS[0])


def _choices(days: int) -> list[dict]:
    said = ngettext("%(number)d day", "%(number)d days", max(PERIODS))
    return [{"label": said % {"number": d}, "href": f"?days={d}", "current": d == days} for d in PERIODS]


def _decided(request: HttpRequest) -> Case | None:
    """The decided case that the address names, to begin a golden case from."""
    try:
        id = UUID(request.GET.get("case", ""))
    except ValueError:
        return None
    case = Case.objects.filter(id=id, decision__isnull=False).select_related("decision").first()
    return case if case and case.member_id != request.user.id else None


def _begun_from(case: Case | None) -> dict:
    if case is None:
        return {}
    return {"title": case.title[:200], "text": case.text[:20_000], "clause": case.decision.lead}
