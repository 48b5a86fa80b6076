"""My data: take a copy of it, or have it erased; and the receipt of an erasure."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingyu.kernel.access import PUBLIC, SIGNED_IN, access

from .. import actions
from ..forms import ErasureForm
from ..letters import tell_erasure_asked
from ..models import DataExport, Erasure
from ..privacy.erasers import in_order


def exports_of(member) -> dict:
    """The last exports of a member, and whether one is being made."""
    recent = list(member.exports.order_by("-asked_at")[:5])
    open_one = next((e for e in recent if not e.done_at and not e.failed_at), None)
    return {"exports": recent, "open_export": open_one, "moment": timezone.now()}


@access(SIGNED_IN, silenced=True)
@require_GET
def privacy(request: HttpRequest) -> HttpResponse:
    """What the site holds, and the two things one may ask for."""
    erasure = Erasure.objects.standing().filter(member=request.user).first()
    told = {"erasure": erasure, "erasers": in_order(), **exports_of(request.user)}
    return render(request, "account/privacy.html", told)


@access(SIGNED_IN, silenced=True)
@require_POST
def order_export(request: HttpRequest) -> HttpResponse:
    """Ask for a copy of everything."""
    actions.ask_export(actor=request.user)
    messages.success(request, _("Your copy is being made. This page shows how far it has come."))
    return redirect("privacy")


@access(SIGNED_IN, silenced=True)
@require_GET
def export_progress(request: HttpRequest) -> HttpResponse:
    """How far the export has come: the same fragment that the page includes."""
    return render(request, "account/exports.html", exports_of(request.user))


@access(SIGNED_IN, silenced=True)
@require_GET
def fetch_export(request: HttpRequest, id) -> HttpResponse:
    """The file, to its owner and to nobody else, while it is offered."""
    offered = DataExport.objects.fetchable(timezone.now())
    export = get_object_or_404(offered, id=id, member=request.user)
    if not export.path.exists():
        raise Http404
    name = f"lingyu-{request.user.username}-{timezone.localdate(export.done_at)}.zip"
    answer = FileResponse(export.path.open("rb"), as_attachment=True, filename=name)
    answer["Cache-Control"] = "private, no-store"
    return answer


@access(SIGNED_IN, silenced=True)
@reauthentication_required
@require_http_methods(["GET", "POST"])
def order_erasure(request: HttpRequest) -> HttpResponse:
    """Ask to be erased: who asks has just given their password once more."""
    form = ErasureForm(request.user, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            erasure = actions.ask_erasure(actor=request.user, words=form.cleaned_data["words"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            tell_erasure_asked(erasure)
            return redirect("privacy")
    return render(request, "account/erasure.html", {"form": form, "erasers": in_order()})


@access(SIGNED_IN, silenced=True)
@require_POST
def call_off_erasure(request: HttpRequest) -> HttpResponse:
    """Stay after all."""
    if actions.cancel_erasure(actor=request.user):
        messages.success(request, _("Your account stays as it is."))
    return redirect("privacy")


@access(PUBLIC)
@require_GET
def erasure_receipt(request: HttpRequest, token: str) -> HttpResponse:
    """What was done, room by room; it names nobody, and needs no account, which is gone."""
    try:
        erasure = Erasure.behind(token)
    except Erasure.DoesNotExist:
        raise Http404 from None
    steps = {step.code: step for step in erasure.steps.all()}
    rooms = [(eraser, steps.get(eraser.code)) for eraser in in_order()]
    answer = render(request, "account/receipt.html", {"erasure": erasure, "rooms": rooms})
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Robots-Tag"] = "noindex"
    return answer
