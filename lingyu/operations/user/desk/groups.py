"""The groups: a card each with the three KPIs, and one group with all that stands behind them.

Holds the views: find, call, render. `group_forms` takes what is set; `group_tables` words tables and charts.
"""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from lingyu.desk.board import shell
from lingyu.kernel.access import PULL_LEVER
from lingyu.kernel.metrics import METRICS

from ..models import Group
from . import framing, group_forms, group_tables
from .reading import losing, reasons
from .reading.cards import cards


def groups(request: HttpRequest, operation, rest: str) -> HttpResponse:
    """All groups; below the id of one that group, and below that what is posted."""
    head, _slash, act = rest.strip("/").partition("/")
    if not head:
        return _all(request, operation)
    if request.method == "POST":
        return _post(request, operation, head, act)
    if head == "new":
        return _new(request, operation, group_forms.GroupForm())
    if act:
        raise Http404(_("There is no such page."))
    return _one(request, operation, _found(head))


def _found(id: str) -> Group:
    try:
        return get_object_or_404(Group.objects.select_related("owner"), id=UUID(id))
    except ValueError:
        raise Http404(_("There is no such group.")) from None


def _all(request: HttpRequest, operation) -> HttpResponse:
    period = framing.period_of(request)
    standing = list(Group.objects.standing().select_related("owner"))
    shown = cards(standing, *framing.books(period, standing), period)
    context = {"operation": operation, "cards": shown, "period": period, "lengths": framing.lengths(period)}
    context |= {"sparks": {c.group.id: group_tables.spark(c) for c in shown}, "metrics": METRICS}
    return render(request, "user/groups.html", shell() | context)


def _new(request: HttpRequest, operation, form) -> HttpResponse:
    return render(request, "user/group_new.html", shell() | {"operation": operation, "form": form})


def _one(request: HttpRequest, operation, group: Group) -> HttpResponse:
    period = framing.period_of(request)
    # All groups are read: a small group's threshold leans on the others.
    everybody = [*Group.objects.standing().exclude(id=group.id), group]
    book, past = framing.books(period, everybody)
    card = next(c for c in cards(everybody, book, past, period) if c.group.id == group.id)
    those = losing.lives(book, group.id, card.threshold)
    found = reasons.fit(book, those)
    context = {"operation": operation, "group": group, "card": card, "period": period, "metrics": METRICS}
    context |= {"lengths": framing.lengths(period), "people": group_tables.people(group, book, those)}
    context |= {"spark": group_tables.spark(card), "trend": group_tables.trend(card)}
    context |= {"silence": group_tables.silence(card.returns), "staying": group_tables.staying(those)}
    context |= {"effects": reasons.effects(found) if found else [], "fit": found}
    context |= {"forms": group_forms.standing(group, card.targets), "may": request.user.may(PULL_LEVER)}
    return render(request, "user/group.html", shell() | context)


def _post(request: HttpRequest, operation, head: str, act: str) -> HttpResponse:
    """Set something, tell what came of it, and show the group."""
    if not request.user.may(PULL_LEVER):
        return HttpResponse(status=403)
    try:
        if head == "new":
            group = group_forms.open_from(request)
        else:
            group = _found(head)
            group_forms.set_from(request, group, act)
    except ValidationError as error:
        if head == "new":
            form = group_forms.GroupForm(request.POST)
            form.is_valid()
            form.add_error(None, error.messages)
            return _new(request, operation, form)
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Saved."))
    return redirect("desk_subpage", operation.code, "groups", str(group.id) if head == "new" else head)
