"""What was paid: the question about orders, each counted once, net of what went back.

Holds the shape, and the names by which common tools call paying and giving back.
"""

import msgspec

from ..query import Period
from .parts import Step, Unit
from .people import Condition

# Segment's, Google's and Matomo's e-commerce events, and what shops call them.
PAYMENTS = (
    "Order Completed",
    "purchase",
    "order_completed",
    "order_paid",
    "PaidOrder",
    "支付",
    "付款",
    "下单支付",
)
REFUNDS = ("Order Refunded", "refund", "order_refunded", "refund_completed", "退款")


class Revenue(
    msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="revenue", forbid_unknown_fields=True
):
    """How much was paid and given back in each bucket of `grain`, by currency.

    An order counts once, at the first of the `paid` events that name it (by its source and its number),
    however often it is told again; without a number each event is an order. What is negative, and every
    `refunded` event, is money given back, at its own time. net = gross − refunds; average = gross ÷
    orders. Without `paid` the events are those that common tools call a payment, where there are any,
    else all that carry revenue or an order's number with a sum; likewise `refunded`.
    """

    paid: Step | None = None
    refunded: Step | None = None
    grain: Unit = "day"
    period: Period | None = None
    among: Condition | None = None
