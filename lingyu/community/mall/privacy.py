"""What the mall holds about a member, for their export and their erasure."""

from django.utils import timezone

from lingyu.community.accounts.models import Erasure, Member
from lingyu.community.accounts.privacy import Delete, Through, contribution, eraser

from . import actions, reads
from .models import Order, Wish


@contribution("mall_orders", zh="羽毛精选订单", en="Orders in the mall")
def orders(member: Member):
    """Every order, with its address as long as it is kept. Codes are not in it: they are shown once."""
    rows = Order.objects.filter(member=member).select_related("good", "address").order_by("placed_at")
    for order in rows.iterator(500):
        yield {
            "number": order.number,
            "good": order.good.zh,
            "feathers": order.feathers,
            "placed_at": order.placed_at,
            "state": order.state,
            "carrier": order.carrier,
            "tracking": order.tracking,
            "address": " ".join((reads.address_of(order) or {}).values()),
        }


@contribution("mall_wishes", zh="到货提醒", en="Goods waited for")
def wishes(member: Member):
    """Goods of which the member wants to be told."""
    for row in Wish.objects.filter(member=member).select_related("good").order_by("at"):
        yield {"good": row.good.zh, "at": row.at, "told_at": row.told_at}


@eraser("mall", zh="收货地址", en="Addresses of parcels")
def forget_addresses(erasure: Erasure):
    """Addresses go; orders stay, because the feathers' sums rest on them, and lead to nobody."""
    member = erasure.member
    yield Through(lambda: actions.erase_addresses(at=timezone.now(), member=member))
    yield Delete(Wish.objects.filter(member=member))
