"""Facts of the shops: lines paid, lines refunded, refunds moved to their order, visitors counted.

Holds declarations only; `actions` records them. Ids follow from natural keys, so a fact that is
met again is the same fact.
"""

from datetime import datetime

from lingyu.kernel.events import Event, fact


@fact("ecommerce.shop_opened", zh="店铺已建立", en="Shop opened")
class ShopOpened(Event):
    """A shop was entered into Lingyu; its orders can be imported from now on."""

    shop: str
    platform: str


@fact("ecommerce.order_line_paid", zh="订单行已支付", en="Order line paid")
class OrderLinePaid(Event):
    """A buyer has paid for one line of an order (or for a whole order, where the file has no lines).

    `occurred_at` is the time of payment; `amount` is what was paid for the line after discounts,
    postage included where the file books it so, in minor units of `currency`, never negative.
    `order` is unique over all shops ("shop/number"), `order_number` within its shop. `person` is
    the buyer within the reach of their account: the platform for platform shops, else the shop.
    """

    shop: str
    order: str
    order_number: str
    currency: str
    amount: int
    quantity: int
    product: str | None = None
    country: str | None = None


@fact("ecommerce.order_line_refunded", zh="订单行已退款", en="Order line refunded")
class OrderLineRefunded(Event):
    """Money of an order was given back: `amount` says how much, as a positive number of minor units.

    `occurred_at` is the time of the refund, `booked_at` the time when the order was paid. Where
    the order is not known yet, `matched` is false and `booked_at` is the refund's own time; once
    it becomes known, RefundRebooked moves the amount. `quantity` is the goods returned.
    """

    shop: str
    order: str
    order_number: str
    currency: str
    amount: int
    quantity: int
    booked_at: datetime
    matched: bool
    product: str | None = None
    country: str | None = None


@fact("ecommerce.refund_rebooked", zh="退款改记支付日", en="Refund moved to its order's day")
class RefundRebooked(Event):
    """The order of a refund became known later: its amount moves to the day the order was paid.

    Recorded in pairs that sum to zero: minus the amount at the refund's own time, plus the amount
    at the time of payment (both in `booked_at`). `occurred_at` is when the order was imported.
    """

    shop: str
    order: str
    order_number: str
    currency: str
    amount: int
    booked_at: datetime
    product: str | None = None
    country: str | None = None


@fact("ecommerce.visitors_counted", zh="访客数已统计", en="Visitors counted")
class VisitorsCounted(Event):
    """A shop's platform told how many people visited it on one day, or corrected what it had told.

    `visitors` is the difference to what was known before, so a correction may be negative;
    `occurred_at` is noon of that day in the shop's time zone.
    """

    shop: str
    visitors: int
