"""The orders page: every order by state, and below it each with its timeline and what may be done with it.

Holds the views: find, call, render. A code is never shown here.
"""

from datetime import timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from lingyu.community.mall import actions, reads, schedule, vault
from lingyu.community.mall.models import Code, Good, Order
from lingyu.community.mall.states import OPERATOR, STATES, onward
from lingyu.desk.board import shell

from . import order_file

PAGE = 50
# Waits for somebody's hands, in this order.
TO_DO = ("placed", "packed")


def orders(request: HttpRequest, operation, rest: str) -> HttpResponse:
    """All orders, those that wait for us first when asked; below an id the order."""
    if not rest.strip("/"):
        return _all(request, operation)
    if rest == "orders.csv":
        return order_file.download(request, _matching(**_asked(request)))
    try:
        id = UUID(rest.strip("/"))
    except ValueError:
        raise Http404(_("There is no such order.")) from None
    rows = Order.objects.select_related("good", "member", "address", "delivery__supplier")
    return _one(request, operation, get_object_or_404(rows, id=id))


def _all(request: HttpRequest, operation) -> HttpResponse:
    asked = _asked(request)
    page = Paginator(_matching(**asked), PAGE).get_page(request.GET.get("page"))
    late = timezone.now() - schedule.HAND + timedelta(days=2)
    context = {
        "operation": operation,
        "page": page,
        "asked": asked,
        "base": f"?{urlencode(asked)}&page=",
        "query": urlencode(asked),
        "counts": reads.orders_by_state(),
        "to_do": Order.objects.by_hand().filter(state__in=TO_DO).count(),
        "late": late,
        "states": STATES,
        "kinds": Good.Kind.choices,
        "locked": reads.locked(),
    }
    return render(request, "rewards/orders.html", shell() | context)


def _asked(request: HttpRequest) -> dict[str, str]:
    # PostgreSQL takes no text with a nought in it.
    asked = {name: request.GET.get(name, "") for name in ("q", "state", "kind")}
    return {name: text.replace("\0", "").strip()[:80] for name, text in asked.items()}


def _matching(q: str, state: str, kind: str):
    rows = Order.objects.select_related("good", "member").order_by("-placed_at", "-id")
    if state == "todo":
        rows = Order.objects.by_hand().filter(state__in=TO_DO).select_related("good", "member")
        rows = rows.order_by("placed_at", "id")
    elif state in STATES:
        rows = rows.filter(state=state)
    if kind in Good.Kind.values:
        rows = rows.filter(good__kind=kind)
    if q:
        named = Q(member__username__icontains=q) | Q(member__pen_name__icontains=q)
        named |= Q(good__zh__icontains=q) | Q(good__en__icontains=q) | Q(tracking__iexact=q)
        head, _dash, end = q.replace("#", "").lower().partition("-")
        if len(head) == 6 and len(end) == 6 and all(c in "0123456789abcdef" for c in head + end):
            named |= Q(id__in=_numbered(head, end))
        rows = rows.filter(named)
    return rows


def _numbered(head: str, end: str) -> list[UUID]:
    """The orders of a number: ids are ordered by time, and the number begins as the id does."""
    low, high = UUID(head + "0" * 26), UUID(head + "f" * 26)
    ids = Order.objects.filter(id__range=(low, high)).values_list("id", flat=True)
    return [id for id in ids if id.hex.endswith(end)]


def _one(request: HttpRequest, operation, order: Order) -> HttpResponse:
    if request.method == "POST":
        _done(request, order)
        return redirect(request.path)
    code = Code.objects.filter(order=order).first()
    delivery = getattr(order, "delivery", None)
    context = {
        "operation": operation,
        "order": order,
        "good": order.good,
        "steps": order.steps.select_related("by"),
        "may": onward(order.state, OPERATOR),
        "code": code,
        "reveals": code.reveals.select_related("by").order_by("at") if code else [],
        "reopenings": code.reopenings.select_related("by").order_by("at") if code else [],
        "delivery": delivery,
        "attempts": delivery.attempts.all() if delivery else [],
        "schedule": schedule,
    }
    return render(request, "rewards/order.html", shell() | context | _goes_to(order, code))


def _goes_to(order: Order, code: Code | None) -> dict:
    """The address, as long as somebody has to write it on a parcel; whether a key is gone."""
    told = {"goes_to": None, "lost": code is not None and not vault.opens(code.sealed)}
    if order.state not in ("placed", "packed", "shipped"):
        return told
    try:
        return told | {"goes_to": reads.address_of(order)}
    except vault.Locked:
        return told | {"lost": True}


DOINGS = {
    "pack": lambda said: (actions.pack_order, {}),
    "ship": lambda said: (actions.ship_order, {n: said.get(n, "") for n in ("carrier", "tracking")}),
    "hand": lambda said: (actions.deliver_by_hand, {"text": said.get("text", "")}),
    "received": lambda said: (actions.confirm_received, {}),
    "retry": lambda said: (actions.retry_now, {}),
    "give_up": lambda said: (actions.give_up, {"why": said.get("why", "")}),
    "refund": lambda said: (actions.refund_order, {"why": said.get("why", "")}),
    "reopen": lambda said: (actions.reopen_reveal, {"why": said.get("why", "")}),
}


def _done(request: HttpRequest, order: Order) -> None:
    what = DOINGS.get(request.POST.get("do", ""))
    if what is None:
        return
    action, said = what(request.POST)
    try:
        if action(actor=request.user, order=order, **said):
            messages.success(request, _("Done."))
        else:
            messages.warning(request, _("Nothing changed: the order has moved on meanwhile."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
