"""Delivering by hand: packing, sending with carrier and number, or saying that it is done.

Holds what operators do for orders that no supplier delivers.
"""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lingyu.community.accounts.models import Member
from lingyu.kernel.text import one_line
from lingyu.store.repeatable import repeatable

from ..events import OrderShipped
from ..models import Delivery, Good, Order
from ..states import OPERATOR
from .ending import deliver
from .moving import locked, move, tell
from .secrets import keep_secret


@transaction.atomic
def pack_order(*, actor: Member, order: Order, at: datetime | None = None) -> bool:
    """A parcel is packed: its member cannot cancel it any more. False when it is not one that waits."""
    order = locked(order)
    if order.good.kind != Good.Kind.PHYSICAL or order.state != "placed":
        return False
    return move(order, "packed", OPERATOR, at or timezone.now(), actor=actor)


@transaction.atomic
def ship_order(
    *, actor: Member, order: Order, carrier: str, tracking: str, at: datetime | None = None
) -> bool:
    """A parcel is on its way, with whom and under which number; False when it is not one that waits."""
    carrier, tracking = one_line(carrier), one_line(tracking)
    if not carrier or len(carrier) > 40:
        raise ValidationError({"carrier": _("Say who carries it, in up to 40 characters.")})
    if not tracking or len(tracking) > 60:
        raise ValidationError({"tracking": _("Give the number of the parcel, up to 60 characters.")})
    at = at or timezone.now()
    order = locked(order)
    if order.good.kind != Good.Kind.PHYSICAL or order.state not in ("placed", "packed"):
        return False
    if not move(order, "shipped", OPERATOR, at, actor=actor, carrier=carrier, tracking=tracking):
        return False
    tell(OrderShipped, order, at, actor)
    return True


@repeatable
def deliver_by_hand(*, actor: Member, order: Order, text: str = "", at: datetime | None = None) -> bool:
    """A virtual good has been delivered by hand. `text` (a code, a link) is sealed: the member reveals it."""
    at = at or timezone.now()
    order = locked(order)
    by_supplier = Delivery.objects.filter(order=order).exists()
    if order.good.kind != Good.Kind.VIRTUAL or by_supplier or order.state != "placed":
        return False
    keep_secret(order, text)
    return deliver(order, OPERATOR, at, actor)
