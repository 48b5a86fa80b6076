"""Told of the mall: orders shipped, delivered, refunded; goods that are there again."""

from lingyu.community.mall.events import OrderDelivered, OrderRefunded, OrderShipped, WishMet
from lingyu.community.mall.models import Good
from lingyu.kernel.events import Event
from lingyu.kernel.reactions import reaction

from .. import kinds
from ..actions import tell
from ..kinds import Kind


@reaction(on=OrderShipped)
def tell_of_parcel(event: OrderShipped) -> None:
    """Tell a member that the parcel is on its way."""
    _tell(event, kinds.ORDER_SHIPPED)


@reaction(on=OrderDelivered)
def tell_of_delivery(event: OrderDelivered) -> None:
    """Tell a member that an order is theirs, unless they said so themselves."""
    if event.actor != event.person:
        _tell(event, kinds.ORDER_DELIVERED)


@reaction(on=OrderRefunded)
def tell_of_refunded_order(event: OrderRefunded) -> None:
    """Tell a member that the feathers of an order are back."""
    _tell(event, kinds.ORDER_REFUNDED)


@reaction(on=WishMet)
def tell_of_stock(event: WishMet) -> None:
    """Tell a member that a good is in stock again."""
    _tell(event, kinds.BACK_IN_STOCK)


def _tell(event: Event, kind: Kind) -> None:
    good = Good.objects.get(id=event.good)
    order = getattr(event, "order", "")
    tell(
        member=event.person,
        kind=kind,
        key=str(event.id),
        at=event.occurred_at,
        group=order or str(good.id),
        details={"zh": good.zh, "en": good.en} | ({"order": order} if order else {"good_id": str(good.id)}),
    )
