"""The pages of segments: all of them, the builder, and what is done with one."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRedirect

from lingyu.kernel.access import EXPORT_DATA, OPEN_DESK, access
from lingyu.store.log import sequences
from lingyu.store.sheets import Column

from .. import board, exports
from ..views import _operation
from . import actions, building, counting, shelf, words
from .models import SavedSegment


@access(OPEN_DESK)
@require_GET
def listing(request: HttpRequest, code: str) -> HttpResponse:
    """All segments, those of this desk first, and what was deleted lately."""
    kept = sorted(shelf.everything(), key=lambda one: one.operation != code)
    gone = SavedSegment.objects.deleted().filter(operation=code)[:10]
    shown = {
        "operation": _operation(code),
        "kept": kept,
        "gone": gone,
        "said": words.said,
        "read": shelf.read,
    }
    return render(request, "desk/segments/list.html", board.shell() | shown)


@access(OPEN_DESK)
def build(request: HttpRequest, code: str, segment=None) -> HttpResponse:
    """The builder; a press of any button but “save” shows the form anew, changed."""
    operation = _operation(code)
    one = get_object_or_404(SavedSegment.objects.kept(), pk=segment) if segment else None
    root, title = building.draft_for(request, one)
    refusal = ""
    if request.POST.get("do") == "save":
        done, refusal = building.saved(request, operation, one, root, title)
        if done:
            messages.success(request, _("The segment has been saved."))
            there = redirect("segment", code, done.pk)
            return HttpResponseClientRedirect(there.url) if request.htmx else there
    shown = building.context(request, operation, one, root, title) | {"refusal": refusal}
    return render(request, "desk/segments/build.html", shown)


@access(OPEN_DESK)
@require_POST
def delete(request: HttpRequest, code: str, segment) -> HttpResponse:
    """Delete a segment; the list offers to bring it back."""
    try:
        actions.delete_segment(actor=request.user, segment=_one(SavedSegment.objects.kept(), segment))
        messages.success(request, _("The segment has been deleted. It can be brought back below."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("segments", _operation(code).code)


@access(OPEN_DESK)
@require_POST
def restore(request: HttpRequest, code: str, segment) -> HttpResponse:
    """Bring a deleted segment back."""
    try:
        actions.restore_segment(actor=request.user, segment=_one(SavedSegment.objects.deleted(), segment))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("segments", _operation(code).code)


@access(OPEN_DESK)
@require_POST
def back(request: HttpRequest, code: str, segment, number: int) -> HttpResponse:
    """Make an earlier version the newest one."""
    one = _one(SavedSegment.objects.kept(), segment)
    try:
        if actions.return_to(actor=request.user, segment=one, number=number):
            messages.success(request, _("Version %(number)s holds again.") % {"number": number})
    except (ValidationError, *building.FAULTS) as error:
        messages.error(request, " ".join(getattr(error, "messages", [building.worded(error)])))
    return redirect("segment", _operation(code).code, one.pk)


@access(EXPORT_DATA)
@require_GET
def people(request: HttpRequest, code: str, segment) -> HttpResponse:
    """The names of a segment's people as CSV."""
    one = _one(SavedSegment.objects.kept(), segment)
    rows = [(name,) for name in counting.names(shelf.read(one.condition), sequences())]
    actions.note_taken(actor=request.user, segment=one, people=len(rows))
    name = f"{slugify(one.title, allow_unicode=False) or one.pk}-people"
    return exports.response(name, "csv", [Column("person", _("Person"))], rows, title=one.title, notes=())


def _one(among, segment) -> SavedSegment:
    return get_object_or_404(among, pk=segment)
