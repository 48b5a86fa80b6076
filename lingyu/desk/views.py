"""The desks' pages: each finds, calls and renders."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lingyu.kernel.access import EXPORT_DATA, OPEN_DESK, PULL_LEVER, access
from lingyu.kernel.metrics import METRICS
from lingyu.kernel.operations import OPERATIONS, Operation
from lingyu.look.samples import style_samples

from . import board, exports, frame, goals


@access(OPEN_DESK)
@require_GET
def home(request):
    """All desks at a glance: the final KPI of each."""
    return render(request, "desk/home.html", board.overview())


@access(OPEN_DESK)
@require_GET
def operation(request, code):
    """One desk; an HTMX request gets the part below the frame."""
    found = _operation(code)
    asked = frame.read(request.GET, found)
    context = board.desk(found, asked, trend=request.GET.get("trend", ""))
    template = "desk/_board.html" if request.htmx.target == "board" else "desk/operation.html"
    return render(request, template, context)


@access(EXPORT_DATA)
@require_GET
def export(request, code, panel, kind):
    """One panel's table as a CSV or Excel file."""
    found = _operation(code)
    shown = found.panel(panel)
    if shown is None:
        raise Http404(_("This desk has no such panel."))
    asked = frame.read(request.GET, found)
    columns, rows = exports.table(found, shown, asked, request.GET.get("trend", ""))
    name = f"{slugify(found.code)}-{shown.code}-{asked.period.start}-{asked.period.end}"
    return exports.response(name, kind, columns, rows, title=shown.en, notes=exports.notes(shown, asked))


@access(OPEN_DESK)
def page(request, code, page, rest=""):
    """A page of the operation's own."""
    found = _operation(code)
    shown = next((p for p in found.pages if p.code == page), None)
    if shown is None:
        raise Http404(_("This desk has no such page."))
    if not request.user.may(shown.permission):
        return HttpResponse(status=403)
    return shown.view(request, found, rest)


@access(PULL_LEVER)
@require_POST
def goal(request, code):
    """Set the goal of the desk's final KPI."""
    goals.from_form(request, _operation(code))
    # An address and not a name of one: `redirect` would look for a view that is called so.
    return HttpResponseRedirect(request.POST["next"]) if goals.is_ours(request) else redirect("desk_home")


@access(OPEN_DESK)
@require_GET
def metric(request, name):
    """What one metric means: formula, unit, dimensions, definition hash."""
    if name not in METRICS:
        raise Http404(_("There is no such metric."))
    return render(request, "desk/metric.html", board.shell() | {"metric": METRICS[name]})


@access(OPEN_DESK)
@require_GET
def metrics(request):
    """All metrics."""
    return render(
        request, "desk/metrics.html", board.shell() | {"metrics": [METRICS[n] for n in sorted(METRICS)]}
    )


@access(OPEN_DESK)
@require_GET
def style(request):
    """The design language on one page."""
    return render(request, "desk/style.html", board.shell() | style_samples())


def _operation(code: str) -> Operation:
    try:
        return OPERATIONS[code]
    except KeyError:
        raise Http404(_("There is no such desk.")) from None
