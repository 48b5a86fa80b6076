"""Reporting what breaks the pact: the form, as a page and as a dialog, and what happens next."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from lingyu.community.pact import versions
from lingyu.kernel.access import SIGNED_IN, access

from .. import actions, surfaces
from ..models import Report
from ..surfaces import Shown
from ..weighing import deadlines


@access(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, kind: str, id: UUID) -> HttpResponse:
    """Say which clause a subject breaks; a browser with the script gets it as a dialog."""
    subject, error = f"{kind}:{id}", ""
    shown = _readable(subject)
    clause, words = request.POST.get("clause", ""), request.POST.get("words", "")[:500]
    if request.method == "POST":
        try:
            kept = actions.report(actor=request.user, subject=subject, clause=clause[:10], words=words)
            return _thanks(request, kept) if request.htmx else redirect("report_thanks", kept.id)
        except ValidationError as refused:
            error = " ".join(refused.messages)
    context = _asked(kind, id, shown, request) | {"clause": clause, "words": words, "error": error}
    template = "cases/report_dialog.html" if request.htmx else "cases/report.html"
    return render(request, template, context, status=422 if error and not request.htmx else 200)


@access(SIGNED_IN, silenced=True)
@require_safe
def report_thanks(request: HttpRequest, id: UUID) -> HttpResponse:
    """What happens next with one's report."""
    return _thanks(
        request, get_object_or_404(Report.objects.select_related("case"), id=id, reporter=request.user)
    )


def _readable(subject: str) -> Shown:
    """The subject, if everybody may read it: a report must not show what is closed."""
    shown = surfaces.find(subject)
    if shown is None or not surfaces.is_public(subject, shown):
        raise Http404
    return shown


def _asked(kind: str, id: UUID, shown: Shown, request: HttpRequest) -> dict:
    return {
        "kind": surfaces.surface(kind),
        "subject_id": id,
        "shown": shown,
        "own": shown.member.id == request.user.id,
        "pact": versions.in_force(),
        "language": get_language() or "en",
    }


def _thanks(request: HttpRequest, kept: Report) -> HttpResponse:
    clause = versions.in_force(kept.at).by_code.get(kept.clause)
    hours = int(deadlines.promised(clause).total_seconds() // 3600)
    template = "cases/report_done.html" if request.htmx else "cases/report_thanks.html"
    return render(request, template, {"report": kept, "named": clause, "hours": hours})
