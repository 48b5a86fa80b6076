"""Adjustments by hand: those that wait for a second person, and what became of the others.

Holds the view; `actions` decides who may approve.
"""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from lingyu.community.feathers.explaining import why
from lingyu.desk.board import shell

from .. import actions
from ..models import Adjustment

PAGE = 30


def adjustments(request: HttpRequest, operation, rest: str) -> HttpResponse:
    """All adjustments; `ID/approve` and `ID/decline` are posted to."""
    if rest.strip("/"):
        if request.method != "POST":
            raise Http404(_("There is no such page."))
        _decide(request, rest.strip("/"))
        return redirect("desk_page", operation.code, "adjustments")
    rows = Adjustment.objects.told()
    context = {
        "operation": operation,
        "waiting": list(rows.waiting()),
        "page": Paginator(rows.exclude(outcome=""), PAGE).get_page(request.GET.get("page")),
        "why": why,
        "outcomes": {
            "approved": (_("Approved"), "good"),
            "declined": (_("Declined"), "bad"),
            "withdrawn": (_("Withdrawn"), ""),
        },
    }
    return render(request, "rewards/adjustments.html", shell() | context)


def _decide(request: HttpRequest, rest: str) -> None:
    """Approve or decline, and tell what came of it."""
    id, _slash, way = rest.partition("/")
    try:
        found = get_object_or_404(Adjustment, id=UUID(id))
        decide = {"approve": actions.approve, "decline": actions.decline}[way]
    except (ValueError, KeyError):
        raise Http404(_("There is no such page.")) from None
    try:
        came = decide(actor=request.user, adjustment=found)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return
    if not came:
        messages.info(request, _("It had been decided before."))
    elif way == "decline":
        messages.success(request, _("It will not be done."))
    elif came.amount:
        messages.success(request, _("Done: the member's receipt tells why."))
    else:
        messages.warning(request, _("Approved, but nothing moved: %(why)s") % {"why": why(came)})
