"""The pages of the notifications: the centre, preferences, and the end of the mails."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingyu.kernel.access import PUBLIC, SIGNED_IN, access

from . import actions
from .bell import ring
from .centre import kinds_of, lines_of, page_of
from .forms import RhythmForm
from .kinds import AREAS, open_to
from .letters import member_behind
from .models import Notification, Preference, Rhythm
from .words import areas_present


@access(SIGNED_IN, silenced=True)
@require_GET
def centre(request: HttpRequest) -> HttpResponse:
    """What is new, the unread first; by area where one is asked for."""
    area = request.GET.get("area", "")
    template = "notifications/lines.html" if request.htmx else "notifications/centre.html"
    return render(request, template, _shown(request, area if area in AREAS else ""))


@access(SIGNED_IN, silenced=True)
@require_GET
def open_notification(request: HttpRequest, id) -> HttpResponse:
    """Go to what a line is about; the line is read by that."""
    told = get_object_or_404(Notification.objects.of(request.user), id=id)
    (line, *_rest) = lines_of(Notification.objects.filter(id=told.id))
    actions.mark_read(actor=request.user, group=told.group)
    return redirect(line.href or "notifications")


@access(SIGNED_IN, silenced=True)
@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Mark one group as read, or all of an area; offer to undo it."""
    now, area, group = timezone.now(), request.POST.get("area", ""), request.POST.get("group", "")
    if group:
        count = actions.mark_read(actor=request.user, group=group[:120], at=now)
    else:
        kinds = kinds_of(area) if area in AREAS else None
        count = actions.mark_all_read(actor=request.user, kinds=kinds, at=now)
    return _back(request, area, undo=now if count else None)


@access(SIGNED_IN, silenced=True)
@require_POST
def unread(request: HttpRequest) -> HttpResponse:
    """Undo: what was read at that moment is unread again."""
    try:
        read_at = datetime.fromisoformat(request.POST.get("read_at", ""))
    except ValueError:
        read_at = None
    if read_at is not None and read_at.tzinfo is not None:
        actions.mark_unread(actor=request.user, read_at=read_at)
    return _back(request, request.POST.get("area", ""))


@access(SIGNED_IN, silenced=True)
@require_http_methods(["GET", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """Which kinds come by which channel, and how often the mail comes."""
    standing = Rhythm.of(request.user)
    form = RhythmForm(
        request.POST if request.method == "POST" else None,
        initial={"period": standing.period, "hour": standing.hour},
    )
    if form.is_valid():
        actions.choose(actor=request.user, wishes=_wishes_in(request))
        actions.set_rhythm(actor=request.user, **form.cleaned_data)
        messages.success(request, _("Your choice is saved."))
        return redirect("notification_preferences")
    told = {"areas": areas_present(request.user), "kinds": open_to(request.user)}
    told |= {"form": form, "wishes": _wishes_of(request.user)}
    return render(request, "notifications/preferences.html", told)


@csrf_exempt
@access(PUBLIC, silenced=True)
@require_http_methods(["GET", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """End the mails: a mailbox does it by one POST (RFC 8058), a person by the button. Looking does nothing.

    No form token is asked for: the address is signed, and whoever has the mail may end the mails.
    """
    member = member_behind(token)
    if member and request.method == "POST":
        actions.unsubscribe(member=member)
    told = {"known": member is not None, "done": member and Rhythm.of(member).period == Rhythm.Period.OFF}
    return render(request, "notifications/unsubscribe.html", told, status=200 if member else 404)


def _shown(request: HttpRequest, area: str, undo: datetime | None = None) -> dict:
    page = page_of(request.user, area, request.GET.get("page"))
    told = Notification.objects.of(request.user)
    return {
        "page": page,
        "area": area,
        "areas": areas_present(request.user),
        "undo": undo.isoformat() if undo else request.GET.get("undo", ""),
        "unread": told.unread().in_area(kinds_of(area)).exists(),
        "any": told.exists(),
        "bell": ring(request.user) if request.htmx else None,
    }


def _back(request: HttpRequest, area: str, undo: datetime | None = None) -> HttpResponse:
    area = area if area in AREAS else ""
    if request.htmx:
        return render(request, "notifications/lines.html", _shown(request, area, undo))
    asked = {"area": area} if area else {}
    if undo:
        asked["undo"] = undo.isoformat()
    return redirect(f"{reverse('notifications')}?{urlencode(asked)}" if asked else "notifications")


def _wishes_of(member) -> dict[tuple[str, str], bool]:
    kinds = open_to(member)
    found = {(code, c): getattr(kind, c) for code, kind in kinds.items() for c in Preference.Channel.values}
    for wish in Preference.objects.filter(member=member):
        found[wish.kind, wish.channel] = wish.wanted
    return found


def _wishes_in(request: HttpRequest) -> dict[tuple[str, str], bool]:
    # Of what the form did not show, nothing was chosen.
    kinds, sent = open_to(request.user), request.POST
    return {(code, c): f"{c}.{code}" in sent for code in kinds for c in Preference.Channel.values}
