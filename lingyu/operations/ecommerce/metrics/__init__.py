"""Numbers of the shops: `sales` is what came in, `refunds` what went back, and both together the net."""

from .refunds import (
    NET_GMV,
    NET_GMV_BY_PAY_DAY,
    REFUND_AMOUNT,
    REFUND_AMOUNT_BY_PAY_DAY,
    REFUND_ORDER_RATE,
    REFUND_RATE,
    REFUNDED_ORDERS,
    UNMATCHED_REFUND_AMOUNT,
)
from .sales import (
    AOV,
    CONVERSION_RATE,
    GMV,
    ITEMS_SOLD,
    PAID_ORDERS,
    PAYING_BUYERS,
    REVENUE_PER_BUYER,
    VISITORS,
)

__all__ = [
    "AOV",
    "CONVERSION_RATE",
    "GMV",
    "ITEMS_SOLD",
    "NET_GMV",
    "NET_GMV_BY_PAY_DAY",
    "PAID_ORDERS",
    "PAYING_BUYERS",
    "REFUNDED_ORDERS",
    "REFUND_AMOUNT",
    "REFUND_AMOUNT_BY_PAY_DAY",
    "REFUND_ORDER_RATE",
    "REFUND_RATE",
    "REVENUE_PER_BUYER",
    "UNMATCHED_REFUND_AMOUNT",
    "VISITORS",
]
