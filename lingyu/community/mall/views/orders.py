"""One's own orders: all of them, one with its timeline, and what may be done with it."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lingyu.kernel.access import SIGNED_IN, access

from .. import actions, reads, schedule, vault
from ..models import Code, Order

PAGE = 20


@access(SIGNED_IN, silenced=True)
@require_safe
def my_orders(request: HttpRequest) -> HttpResponse:
    """Every order, newest first."""
    rows = Order.objects.of(request.user).select_related("good")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "mall/orders.html", {"page": page})


@access(SIGNED_IN, silenced=True)
@never_cache
@require_safe
def order(request: HttpRequest, id: UUID) -> HttpResponse:
    """One order: where it is, and how it came there."""
    return _show(request, _own(request, id))


@access(SIGNED_IN, silenced=True)
@never_cache
@require_POST
def reveal(request: HttpRequest, id: UUID) -> HttpResponse:
    """Show the code, this once: it is in this answer and nowhere else."""
    found = _own(request, id)
    try:
        text = actions.reveal_code(actor=request.user, order=found)
    except vault.Locked:
        messages.error(request, _("Your code cannot be opened at present. It does not count as shown."))
        return redirect("order", id)
    if text is None:
        messages.warning(request, _("It has been shown before. Write to us if it was lost."))
        return redirect("order", id)
    return _show(request, _own(request, id), text)


@access(SIGNED_IN, silenced=True)
@require_POST
def cancel(request: HttpRequest, id: UUID) -> HttpResponse:
    """Take an order back."""
    if actions.cancel_order(actor=request.user, order=_own(request, id)):
        messages.success(request, _("The order is cancelled; your feathers are back."))
    else:
        messages.warning(request, _("It is too late for that: it is under way."))
    return redirect("order", id)


@access(SIGNED_IN, silenced=True)
@require_POST
def received(request: HttpRequest, id: UUID) -> HttpResponse:
    """The parcel is here."""
    if actions.confirm_received(actor=request.user, order=_own(request, id)):
        messages.success(request, _("Enjoy it!"))
    return redirect("order", id)


def _own(request: HttpRequest, id: UUID) -> Order:
    rows = Order.objects.of(request.user).select_related("good", "member", "address", "delivery")
    return get_object_or_404(rows, id=id)


def _show(request: HttpRequest, order: Order, text: str | None = None) -> HttpResponse:
    code = Code.objects.filter(order=order).prefetch_related("reveals", "reopenings").first()
    context = {
        "order": order,
        "good": order.good,
        "steps": list(order.steps.all()),
        "code": code,
        "text": text,
        "closed": code and len(code.reveals.all()) > len(code.reopenings.all()),
        "delivery": getattr(order, "delivery", None),
        "schedule": schedule,
    }
    return render(request, "mall/order.html", context | _goes_to(order, code))


def _goes_to(order: Order, code: Code | None) -> dict:
    """The address, and whether something of this order is sealed with a key that is gone."""
    lost = code is not None and not vault.opens(code.sealed)
    try:
        return {"goes_to": reads.address_of(order), "lost": lost}
    except vault.Locked:
        return {"goes_to": None, "lost": True}
