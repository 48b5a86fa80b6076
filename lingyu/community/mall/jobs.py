"""What the mall does as time passes: delivers, gives back what was not sent, lets go of addresses.

Holds jobs; `deliver` is the one place from which a supplier is asked, and stands outside of any transaction.
"""

from datetime import datetime, timedelta

from django.utils import timezone

from lingyu.kernel.jobs import job

from . import actions, schedule
from .models import Delivery, Good, Order
from .suppliers.answers import TROUBLE, Answer
from .suppliers.asking import ask

BATCH, MANY = 10, 100


@job("mall.deliver", every=timedelta(seconds=5), zh="发放虚拟商品", en="Deliver virtual goods")
def deliver(now: datetime) -> int:
    """Ask suppliers for what is due: claim, ask, conclude."""
    due = Delivery.objects.due(now).select_related("order", "supplier")[:BATCH]
    return sum(_one(delivery, now) for delivery in list(due))


def _one(delivery: Delivery, now: datetime) -> bool:
    claim = actions.claim(delivery=delivery, at=now)
    if claim is None:
        return False
    if claim.secret is None:
        answer = Answer(TROUBLE, trouble="key_missing")
    else:
        answer = ask(
            url=claim.url,
            secret=claim.secret,
            key=claim.key,
            order=claim.order.id,
            good=claim.order.good_id,
            timeout=claim.timeout,
        )
    return actions.conclude(claim=claim, answer=answer, at=max(now, timezone.now()))


@job("mall.overdue", every=timedelta(minutes=10), zh="超时未发货退款", en="Refund what was not sent in time")
def overdue(now: datetime) -> int:
    """Give back the feathers of orders that nobody sent by hand in time."""
    late = Order.objects.by_hand().filter(state__in=["placed", "packed"], placed_at__lte=now - schedule.HAND)
    return sum(actions.refund_overdue(order=order, at=now) for order in list(late[:MANY]))


@job("mall.received", every=timedelta(minutes=10), zh="自动确认收货", en="Take parcels as received")
def received(now: datetime) -> int:
    """What was sent long ago, and nobody complained of, has arrived."""
    sent = Order.objects.filter(state="shipped", state_at__lte=now - schedule.RECEIVED)
    return sum(actions.confirm_received(actor=None, order=order, at=now) for order in list(sent[:MANY]))


@job("mall.forget", every=timedelta(hours=1), zh="清除收货地址", en="Erase addresses")
def forget(now: datetime) -> int:
    """Erase the addresses of orders that ended long enough ago."""
    return actions.erase_addresses(at=now)


@job("mall.wishes", every=timedelta(minutes=1), zh="到货提醒", en="Tell who waits for a good")
def wishes(now: datetime) -> int:
    """Tell who waits for a good of which there is some again."""
    wanted = Good.objects.shown(now).counted().filter(wishes__told_at__isnull=True, wishes__isnull=False)
    there = wanted.exclude(left=0).distinct()
    return sum(actions.tell_wishes(good=good, at=now) for good in there)
