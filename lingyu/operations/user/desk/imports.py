"""The imports page: a chat export to put in, and what the groups have from imports."""

from django.conf import settings
from django.db.models import Count, Max, Min
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from lingyu.desk.board import shell
from lingyu.desk.uploads import present
from lingyu.kernel.access import IMPORT_DATA

from ..importers.wecom import snapshots
from ..models import Message, Snapshot


def imports(request: HttpRequest, operation, rest: str) -> HttpResponse:
    """The upload form for whoever may import, and how far each group's talk is known."""
    if rest:
        raise Http404(_("There is no such page."))
    upload = present.form(operation, request.GET.get("kind", "")) if request.user.may(IMPORT_DATA) else None
    context = {"operation": operation, "upload": upload, "rows": _rows(), "columns": _columns()}
    context |= {"wecom": _wecom() if settings.LINGYU_WECOM_CORP else None}
    return render(request, "user/imports.html", shell() | context)


def _wecom() -> dict:
    """How far WeCom's statistics are kept: the newest day, days still to be had, and days that are gone."""
    owners, now = settings.LINGYU_WECOM_OWNERS, timezone.now()
    newest = Snapshot.objects.filter(owner__in=owners).aggregate(day=Max("day"))["day"]
    missing, lost = snapshots.missing(owners, now), snapshots.lost(owners, now)
    return {"owners": len(owners), "newest": newest, "missing": len(missing), "lost": len(lost)}


def _columns() -> list[dict]:
    words = [
        ("group__name", _("Group"), "text"),
        ("messages", _("Messages"), "number"),
        ("people", _("Speakers"), "number"),
        ("first", _("From"), "day"),
        ("last", _("To"), "day"),
    ]
    return [{"key": key, "label": label, "format": format_} for key, label, format_ in words]


def _rows() -> list[dict]:
    told = {
        "messages": Count("id"),
        "people": Count("participant", distinct=True),
        "first": Min("day"),
        "last": Max("day"),
    }
    return list(Message.objects.values("group__name").annotate(**told).order_by("group__name"))
