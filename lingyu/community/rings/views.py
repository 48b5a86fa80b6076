"""Pages of the rings: those that wait, one of them, and answering it."""

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

from . import actions, graph, reading
from .forms import AnswerForm
from .models import Ring
from .names import KINDS

PAGE = 30


@access(JUDGE)
@require_safe
def review_rings(request: HttpRequest) -> HttpResponse:
    """Rings that wait, the surest first; or those that were answered."""
    answered = request.GET.get("show") == "answered"
    rows = Ring.objects.answered().select_related("answered_by") if answered else Ring.objects.waiting()
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    shown = {"page": page, "answered": answered, "kinds": KINDS, "reading": reading}
    shown |= {
        "waiting": Ring.objects.waiting().count(),
        "base": f"?show={'answered' if answered else ''}&page=",
    }
    return render(request, "rings/rings.html", shown)


@access(JUDGE)
@require_safe
def review_ring(request: HttpRequest, id: UUID) -> HttpResponse:
    """One ring: its accounts, its edges with their reasons, and what a person said."""
    ring = get_object_or_404(Ring.objects.select_related("answered_by"), id=id)
    return _page(request, ring, AnswerForm(ring=ring))


@access(JUDGE)
@require_POST
def answer_ring(request: HttpRequest, id: UUID) -> HttpResponse:
    """Say whether they act together."""
    ring = get_object_or_404(Ring, id=id)
    form = AnswerForm(request.POST, ring=ring)
    if not form.is_valid():
        return _page(request, ring, form, status=422)
    given = form.cleaned_data | {"members": [UUID(m) for m in form.cleaned_data["members"]]}
    try:
        cases = actions.answer(actor=request.user, ring=ring, **given)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _told(given["outcome"], len(cases)))
    return redirect("review_ring", id)


def _told(outcome: str, cases: int) -> str:
    if outcome == Ring.Answer.DISMISSED:
        return _("Dismissed: these accounts are not shown as a ring again.")
    told = ngettext("Confirmed: %(num)d case waits now.", "Confirmed: %(num)d cases wait now.", cases)
    return told % {"num": cases}


def _page(request: HttpRequest, ring: Ring, form: AnswerForm, status: int = 200) -> HttpResponse:
    accounts, edges = reading.accounts(ring, timezone.now()), reading.edges(ring)
    names = {str(a.member.id): a.member.display_name for a in accounts}
    shown = {"ring": ring, "form": form, "accounts": accounts, "names": names, "kinds": KINDS}
    # An erased account leaves its rings; the edges that it had tell nothing any more.
    edges = [e for e in edges if e.one in names and e.other in names]
    shown |= {"edges": edges[: reading.EDGES], "more": len(edges) - reading.EDGES}
    shown |= {
        "drawn": [(e.one, e.other, e.score) for e in edges],
        "graph": graph,
        "cases": reading.begun(ring),
        "later": reading.later(ring),
    }
    shown |= {"mine": str(request.user.id) in names}
    return render(request, "rings/ring.html", shown, status=status)
