"""How orders end without delivery, or after it: cancelled, refunded, received; and addresses let go of.

Holds these writes. A piece that has not left the house goes back into the stock.
"""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from lingyu.community.accounts.models import Member
from lingyu.community.feathers import actions as feathers
from lingyu.community.ledger.actions.posting import open_wallet
from lingyu.kernel.text import one_line
from lingyu.store.repeatable import repeatable

from .. import purposes, schedule
from ..events import OrderCancelled, OrderDelivered, OrderRefunded
from ..models import Address, Code, Delivery, Good, Order
from ..states import MEMBER, OPEN, OPERATOR, WORKER, allowed
from .moving import locked, move, tell


@repeatable
def cancel_order(*, actor: Member, order: Order, at: datetime | None = None) -> bool:
    """Take one's own order back, as long as nothing has been done for it; False when it is too late."""
    at = at or timezone.now()
    order = locked(order)
    if order.member_id != actor.id:
        raise ValidationError(_("This is somebody else's order."))
    if order.state != "placed" or not move(order, "cancelled", MEMBER, at, actor=actor):
        return False
    _stop_delivery(order, at, "cancelled")
    give_back(order, "placed", purposes.CANCELLED, at)
    tell(OrderCancelled, order, at, actor)
    return True


@repeatable
def refund_order(*, actor: Member, order: Order, why: str, at: datetime | None = None) -> bool:
    """Give the feathers of an order back, whatever has become of it; False when they were, or it is being
    delivered this moment. `why` is shown to the member."""
    why = one_line(why)
    if not why:
        raise ValidationError({"why": _("Say why: the member reads it.")})
    return _refund(order, OPERATOR, purposes.REFUNDED, at or timezone.now(), actor, why)


@repeatable
def refund_overdue(*, order: Order, at: datetime) -> bool:
    """Give back the feathers of an order that nobody sent in time; False when it is not one."""
    if at < order.placed_at + schedule.HAND:
        return False
    return _refund(order, WORKER, purposes.OVERDUE, at)


def _refund(
    order: Order, by: str, reason: str, at: datetime, actor: Member | None = None, note: str = ""
) -> bool:
    order = locked(order)
    before = order.state
    if not allowed(before, "refunded", by) or not move(
        order, "refunded", by, at, actor=actor, reason=reason, note=note
    ):
        return False
    _stop_delivery(order, at, "refunded")
    give_back(order, before, reason, at)
    tell(OrderRefunded, order, at, actor, reason=reason.removeprefix("mall."))
    return True


@repeatable
def confirm_received(*, actor: Member | None, order: Order, at: datetime | None = None) -> bool:
    """The parcel has arrived, says its member, an operator, or (nobody) the time that has passed."""
    at = at or timezone.now()
    order = locked(order)
    by = WORKER if actor is None else MEMBER if actor.id == order.member_id else OPERATOR
    if order.state != "shipped":
        return False
    if by == WORKER and at < order.state_at + schedule.RECEIVED:
        return False
    return deliver(order, by, at, actor)


def deliver(order: Order, by: str, at: datetime, actor: Member | None = None, note: str = "") -> bool:
    """The order is done: its feathers are spent. Within the transaction of whoever found out."""
    if not move(order, "delivered", by, at, actor=actor, note=note):
        return False
    feathers.settle(actor=actor, key=order.key, at=at)
    tell(OrderDelivered, order, at, actor)
    return True


def give_back(order: Order, before: str, reason: str, at: datetime) -> None:
    """The piece into the stock, if it is still in the house, and the feathers to the member."""
    open_wallet(order.member_id)
    pooled = Code.objects.filter(order=order, batch__isnull=False, reveals__isnull=True)
    # Nobody has seen it: it is as good as before.
    Code.objects.filter(id__in=list(pooled.values_list("id", flat=True))).update(order=None)
    if before in ("placed", "delivering", "packed"):
        Good.objects.filter(id=order.good_id, stock__isnull=False).update(stock=F("stock") + 1)
    if before == "delivered":
        feathers.refund(actor=None, key=order.key, why=reason, at=at)
    else:
        feathers.release(actor=None, key=order.key, why=reason, at=at)


def _stop_delivery(order: Order, at: datetime, outcome: str) -> None:
    Delivery.objects.filter(order=order, done_at__isnull=True).update(
        done_at=at, outcome=outcome, fence=F("fence") + 1
    )


@transaction.atomic
def erase_addresses(*, at: datetime, member: Member | None = None, batch: int = 500) -> int:
    """Empty addresses that nothing needs any more, or all of one member; how many."""
    kept = Address.objects.filter(erased_at__isnull=True)
    if member:
        kept = kept.filter(order__member=member)
    else:
        kept = kept.exclude(order__state__in=OPEN).filter(order__state_at__lte=at - schedule.ADDRESS_KEPT)
    ids = list(
        kept.values_list("order_id", flat=True)[:batch]
        if not member
        else kept.values_list("order_id", flat=True)
    )
    return Address.objects.filter(order__in=ids).update(sealed="", erased_at=at)
