"""Placing an order: one quote, one transaction, one piece out of the stock.

Holds the purchase.
"""

import json
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from lingyu.community.accounts.models import Member
from lingyu.community.feathers import actions as feathers
from lingyu.community.feathers.models import Receipt
from lingyu.community.feathers.quotes import Quote
from lingyu.community.ledger.actions.posting import open_wallet
from lingyu.kernel.text import one_line
from lingyu.store.repeatable import repeatable

from .. import vault
from ..events import OrderDelivered, OrderPlaced
from ..models import Address, Code, Delivery, Good, Order, Step
from ..objections import objection
from ..purposes import ORDER
from ..states import MEMBER, WORKER
from .moving import lock_good, move, tell

ADDRESS = {"name": 40, "phone": 30, "region": 80, "street": 200, "postcode": 12}


@dataclass(frozen=True)
class Placed:
    """What came of it: the order; or the receipt that says why there is none; or a price that has changed."""

    order: Order | None = None
    receipt: Receipt | None = None
    price: int | None = None


@repeatable
def place_order(
    *, actor: Member, good: Good, quote: Quote, address: dict | None = None, at: datetime | None = None
) -> Placed:
    """Order one piece at the price that was quoted; the same quote again is the same order.

    Codes are the member's at once; everything else waits to be delivered, its feathers set aside.
    """
    at = at or timezone.now()
    open_wallet(actor.id)
    if before := Order.objects.filter(quote=quote.id, member=actor).first():
        return Placed(order=before)
    # Looked at before it is locked, so that those who come too late do not wait for one another.
    good = Good.objects.counted().get(id=good.id)
    against = objection(good, actor, at)
    if against is None:
        good = lock_good(good.id)
        against = objection(good, actor, at)
    if good.feathers != quote.price:
        return Placed(price=good.feathers)
    sealed = _checked(address) if good.kind == Good.Kind.PHYSICAL else ""
    told = {
        "actor": actor,
        "member": actor,
        "purpose": ORDER,
        "subject": f"good:{good.id}",
        "amount": good.feathers,
        "key": f"mall.order|{quote.id}",
        "at": at,
    }
    if against:
        return Placed(receipt=feathers.turn_down(**told, reason=against.reason, facts=against.facts))
    receipt = feathers.hold(**told)
    if not receipt.granted:
        return Placed(receipt=receipt)
    order = _write(good, actor, quote, receipt, at)
    if sealed:
        Address.objects.create(order=order, sealed=vault.seal(sealed, about=f"address {order.id}"))
    _take(good, order)
    _send_on(good, order, at)
    return Placed(order=order, receipt=receipt)


def _write(good: Good, actor: Member, quote: Quote, receipt: Receipt, at: datetime) -> Order:
    order = Order.objects.create(
        quote=quote.id,
        member=actor,
        good=good,
        version=good.version,
        feathers=good.feathers,
        cost_minor=good.cost_minor,
        currency=good.currency,
        placed_at=at,
        state_at=at,
        receipt=receipt.id,
    )
    Step.objects.create(order=order, after="placed", at=at, role=MEMBER, by=actor)
    tell(OrderPlaced, order, at, actor)
    return order


def _take(good: Good, order: Order) -> None:
    """One piece out of the stock. The good is locked and was looked at: nothing left now is a fault."""
    if good.kind == Good.Kind.CODE:
        free = Code.objects.free().filter(good=good).order_by("id").select_for_update().first()
        taken = free and Code.objects.free().filter(id=free.id).update(order=order)
    elif good.stock is None:
        taken = True
    else:
        taken = Good.objects.filter(id=good.id, stock__gt=0).update(stock=F("stock") - 1)
    if not taken:
        raise ValidationError(_("It is sold out."))


def _send_on(good: Good, order: Order, at: datetime) -> None:
    if good.kind == Good.Kind.CODE:
        move(order, "delivered", WORKER, at)
        feathers.settle(actor=None, key=order.key, at=at)
        tell(OrderDelivered, order, at)
    elif good.supplier_id:
        Delivery.objects.create(order=order, supplier=good.supplier, next_at=at)


def _checked(address: dict | None) -> str:
    """An address as it is sealed. ValidationError by field."""
    said = {name: one_line(str((address or {}).get(name, ""))) for name in ADDRESS}
    faults = {
        name: _("No more than %(most)d characters.") % {"most": most}
        for name, most in ADDRESS.items()
        if len(said[name]) > most
    }
    faults |= {
        name: _("A parcel needs it.") for name in ("name", "phone", "region", "street") if not said[name]
    }
    if faults:
        raise ValidationError(faults)
    return json.dumps(said, ensure_ascii=False)
