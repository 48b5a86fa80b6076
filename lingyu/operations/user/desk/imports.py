"""The imports page: a chat export to put in, and what the groups have from imports."""

from django.db.models import Count, Max, Min
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from lingyu.desk.board import shell
from lingyu.desk.uploads import present
from lingyu.kernel.access import IMPORT_DATA

from ..models import Message


def imports(request: HttpRequest, operation, rest: str) -> HttpResponse:
    """The upload form for whoever may import, and how far each group's talk is known."""
    if rest:
        raise Http404(_("There is no such page."))
    upload = present.form(operation, request.GET.get("kind", "")) if request.user.may(IMPORT_DATA) else None
    context = {"operation": operation, "upload": upload, "rows": _rows(), "columns": _columns()}
    return render(request, "user/imports.html", shell() | context)


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
