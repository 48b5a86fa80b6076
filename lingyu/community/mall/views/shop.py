"""The mall, one good, and ordering it."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lingyu.community.feathers import quotes
from lingyu.community.ledger.reads import balance
from lingyu.kernel.access import PUBLIC, SIGNED_IN, access

from .. import actions, reads, schedule, tiers
from ..forms import AddressForm
from ..models import Good, Wish
from ..purposes import ORDER


@access(PUBLIC)
@require_safe
def mall(request: HttpRequest) -> HttpResponse:
    """What there is to have for feathers."""
    kind = request.GET.get("kind", "")
    kind = kind if kind in Good.Kind.values else ""
    member = request.user if request.user.is_authenticated else None
    context = {
        "shelves": reads.shelves(member, timezone.now(), kind),
        "kind": kind,
        "kinds": Good.Kind.choices,
        "balance": balance(member.id) if member else None,
        "standing": _standing(member),
    }
    return render(request, "mall/mall.html", context)


def _standing(member) -> dict | None:
    """The member's tier, and what is missing to the next."""
    if member is None:
        return None
    table = tiers.in_force()
    mine, earned = tiers.tier_of(member, table)
    return {"tier": mine, "earned": earned, "next": next((t for t in table if t.least > earned), None)}


@access(PUBLIC)
@require_safe
def good(request: HttpRequest, id: UUID) -> HttpResponse:
    """One good: what it is, what it costs, and whether one may have it."""
    found = _shelf(request, id)
    context = {"shelf": found, "good": found.good, "tier": tiers.tier(found.good.least_tier)}
    context |= {"schedule": schedule, "wished": _wished(request, found.good)}
    if request.user.is_authenticated:
        context["quote"] = _quote(request, found.good)
    return render(request, "mall/good.html", context)


@access(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def order_good(request: HttpRequest, id: UUID) -> HttpResponse:
    """Confirm the price, say where it goes, and order."""
    found = _shelf(request, id)
    form = AddressForm(request.POST or None) if found.good.kind == "physical" else None
    if request.method == "POST":
        return _order(request, found, form)
    if found.against:
        return redirect("good", id)
    return _confirm(request, found, form)


def _order(request: HttpRequest, found: reads.Shelf, form: forms.Form | None) -> HttpResponse:
    good = found.good
    try:
        quote = quotes.read(ORDER, request.POST.get("quote", ""), good.id, request.user.id)
    except quotes.BadQuote:
        messages.warning(request, _("The price you saw is too old. Here is the present one."))
        return redirect("order_good", good.id)
    if form is not None and not form.is_valid():
        return _confirm(request, found, form, status=422)
    try:
        placed = actions.place_order(
            actor=request.user, good=good, quote=quote, address=form and form.cleaned_data
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("good", good.id)
    if placed.order:
        return redirect("order", placed.order.id)
    if placed.receipt and placed.receipt.reason != "too_few":
        messages.warning(request, _("This order was not placed; nothing was taken."))
        return redirect("good", good.id)
    return _confirm(request, found, form, was=placed.price and quote.price, status=409)


def _confirm(
    request: HttpRequest,
    found: reads.Shelf,
    form: forms.Form | None,
    was: int | None = None,
    status: int = 200,
) -> HttpResponse:
    good = Good.objects.get(id=found.good.id)
    context = {"good": good, "quote": _quote(request, good), "form": form, "was": was}
    return render(request, "mall/confirm.html", context, status=status)


@access(SIGNED_IN)
@require_POST
def wish(request: HttpRequest, id: UUID) -> HttpResponse:
    """Wait for a good that is sold out, or wait no longer."""
    good = _shelf(request, id).good
    if request.POST.get("wanted") == "0":
        actions.unwish(actor=request.user, good=good)
    else:
        actions.wish(actor=request.user, good=good)
        messages.success(request, _("We tell you when it is there again."))
    return redirect("good", id)


def _shelf(request: HttpRequest, id: UUID) -> reads.Shelf:
    good = get_object_or_404(Good.objects.counted(), id=id)
    member = request.user if request.user.is_authenticated else None
    found = reads.shelf(good, member, timezone.now())
    # Whoever has ordered it may look at it for ever.
    if found is None or not (good.is_open or (member and good.orders.filter(member=member).exists())):
        raise Http404(_("This is not in the mall."))
    return found


def _quote(request: HttpRequest, good: Good) -> quotes.Quote:
    there = balance(request.user.id).available
    return quotes.quote(ORDER, good.id, request.user.id, good.feathers, there)


def _wished(request: HttpRequest, good: Good) -> bool:
    if not request.user.is_authenticated:
        return False
    return Wish.objects.filter(good=good, member=request.user, told_at__isnull=True).exists()
