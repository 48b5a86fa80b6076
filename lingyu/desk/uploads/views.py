"""The pages of an upload: received, watched, mapped, imported, thrown away.

Each finds, calls and renders. Whoever may import data may see and finish any upload: the team
works on the same shops.
"""

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import reswap, retarget

from lingyu.kernel.access import IMPORT_DATA, access
from lingyu.kernel.operations import OPERATIONS, Operation

from ..board import shell
from . import runs, shelf
from .asks import WrongAnswer, answers, asks_of, importer_of
from .present import page

# What a form has around its file: fields and boundaries.
FORM_BYTES = 2**16


@csrf_exempt  # the check would read the whole body, however large; `_receive` is checked
@access(IMPORT_DATA)
@require_POST
def receive(request, code):
    """Put the file on the shelf and begin to check it."""
    operation = _operation(code)
    if int(request.META.get("CONTENT_LENGTH") or 0) > shelf.limit() + FORM_BYTES:
        _drain(request)
        messages.error(request, too_large())
        return redirect("desk_page", code, "imports")
    return _receive(request, operation)


@csrf_protect
def _receive(request, operation: Operation) -> HttpResponse:
    importer, file = importer_of(operation, request.POST.get("importer", "")), request.FILES.get("file")
    try:
        if importer is None or not file or not file.size:
            raise WrongAnswer(_("Choose a file with something in it."))
        if file.size > shelf.limit():
            raise WrongAnswer(too_large())
        given = answers(asks_of(importer), request.POST)
    except WrongAnswer as wrong:
        messages.error(request, str(wrong))
        return redirect("desk_page", operation.code, "imports")
    runs.sweep()
    upload = shelf.put(file, operation=operation, importer=importer, answers=given, member=request.user)
    return _run(request, operation, upload, "check")


@access(IMPORT_DATA)
@require_GET
def show(request, code, upload):
    """How the upload stands; while a run is at work, HTMX asks for how far it is."""
    operation, found = _find(code, upload)
    context = page(operation, found)
    if not request.htmx:
        return render(request, "desk/import.html", shell() | context)
    if context["state"] == "running":
        return render(request, "desk/import_progress.html", context)
    return reswap(retarget(render(request, "desk/import_state.html", context), "#import"), "outerHTML")


@access(IMPORT_DATA)
@require_POST
def run(request, code, upload, step):
    """Check again, with the columns chosen by hand if there are any, or import."""
    operation, found = _find(code, upload)
    chosen = {k.removeprefix("map."): v for k, v in request.POST.items() if k.startswith("map.")}
    if chosen and step == "check":
        fields = {f.name for outcome in runs.told(found).files for f in outcome.fields}
        found.about.mapping = {k: v for k, v in chosen.items() if k in fields}
        found.keep()
    return _run(request, operation, found, step)


@access(IMPORT_DATA)
@require_POST
def stop(request, code, upload):
    """End the run at work."""
    operation, found = _find(code, upload)
    runs.stop(found, member=request.user)
    return redirect("desk_upload", operation.code, found.id)


@access(IMPORT_DATA)
@require_POST
def discard(request, code, upload):
    """Throw the upload away; what was imported of it stays."""
    operation, found = _find(code, upload)
    runs.stop(found, member=request.user)
    found.discard()
    messages.success(request, _("The file has been thrown away."))
    return redirect("desk_page", operation.code, "imports")


@access(IMPORT_DATA)
@require_GET
def report(request, code, upload):
    """The rows that were refused, and why, as a file."""
    _operation_of, found = _find(code, upload)
    if not found.report.exists():
        raise Http404(_("No row of this file was refused."))
    name = f"{found.about.name}.errors.csv"
    return FileResponse(found.report.open("rb"), as_attachment=True, filename=name, content_type="text/csv")


def too_large() -> str:
    """What is said of a file above the limit."""
    return _("The file is larger than %(limit)d MB. Import it on the command line, or split it in two.") % {
        "limit": shelf.limit() // 2**20
    }


def _drain(request) -> None:
    """Read what is sent and drop it: a browser hears no answer before it has said all.

    Only up to a measure; who sends more than that finds the connection closed.
    """
    left = 2 * shelf.limit()
    while left > 0 and (block := request.read(2**20)):
        left -= len(block)


def _run(request, operation: Operation, upload: shelf.Upload, step: str) -> HttpResponse:
    try:
        runs.start(upload, step, member=request.user, language=get_language() or "en")
    except runs.TooMany:
        messages.warning(request, _("Other files are being imported. Start this one when they are done."))
    return redirect("desk_upload", operation.code, upload.id)


def _operation(code: str) -> Operation:
    if code not in OPERATIONS:
        raise Http404(_("There is no such desk."))
    return OPERATIONS[code]


def _find(code: str, id_: UUID) -> tuple[Operation, shelf.Upload]:
    operation = _operation(code)
    found = shelf.find(operation, id_)
    if found is None:
        raise Http404(_("This upload is gone: uploads are kept for seven days."))
    return operation, found
