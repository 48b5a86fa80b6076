"""The pages of sources: all of them; one with the lines to paste and what the protocol doctor found.

Holds views: find, call, render. What a machine sends doesn't come here: see `site` and `asgi`.
"""

from datetime import UTC, datetime

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lingyu.kernel.access import MANAGE_SOURCES, access
from lingyu.kernel.operations import in_order
from lingyu.store import freshness

from . import actions, lines
from .doctor import Finding
from .forms import SourceForm, initial_of
from .models import Source
from .remedies import remedy
from .running import doctor


@access(MANAGE_SOURCES)
def sources(request: HttpRequest) -> HttpResponse:
    """All sources, the form of a new one, and what came that belonged to none."""
    form = SourceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.make_source(actor=request.user, **form.fields_of_source())
            return redirect("source", made.id)
        except ValidationError as error:
            form.add_error(None, error)
    found = {"sources": Source.objects.order_by("name"), "form": form, "findings": _findings("")}
    return render(request, "collector/sources.html", _shell() | found)


@access(MANAGE_SOURCES)
def source(request: HttpRequest, source) -> HttpResponse:
    """One source: lines to paste, the doctor's findings, the form."""
    found = get_object_or_404(Source, id=source)
    form = SourceForm(request.POST or None, initial=initial_of(found))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_source(actor=request.user, source=found, **form.fields_of_source())
            messages.success(request, _("The source has been changed."))
            return redirect("source", found.id)
        except ValidationError as error:
            form.add_error(None, error)
    site = request.build_absolute_uri("/")
    context = {"source": found, "form": form, "findings": _findings(str(found.id))}
    context |= {"lines": lines.lines_for(found, site), "base": lines.base_of(found, site)}
    return render(request, "collector/source.html", _shell() | context)


@access(MANAGE_SOURCES)
@require_POST
def rotate(request: HttpRequest, source) -> HttpResponse:
    """A new key; the present one stays valid for a while."""
    found = get_object_or_404(Source, id=source)
    actions.rotate_key(actor=request.user, source=found)
    messages.success(request, _("There is a new key. The one before stays valid for 30 days."))
    return redirect("source", found.id)


@access(MANAGE_SOURCES)
@require_POST
def stop(request: HttpRequest, source) -> HttpResponse:
    """Refuse what it sends."""
    found = get_object_or_404(Source, id=source)
    actions.stop_source(actor=request.user, source=found)
    return redirect("source", found.id)


@access(MANAGE_SOURCES)
@require_POST
def resume(request: HttpRequest, source) -> HttpResponse:
    """Take what it sends again."""
    found = get_object_or_404(Source, id=source)
    actions.resume_source(actor=request.user, source=found)
    return redirect("source", found.id)


def _shell() -> dict:
    """What the frame of the desks' pages needs."""
    return {"desks": in_order(), "waiting": freshness.waiting(), "fresh": freshness.as_of()}


def _findings(source: str) -> list[tuple[Finding, object, datetime]]:
    """What the doctor has on a source, what to do about each, and when it was seen last."""
    found = doctor().findings(source)[:50]
    return [(f, remedy(f.code), datetime.fromtimestamp(f.last_at, UTC)) for f in found]
