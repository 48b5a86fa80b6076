"""What came in: paid amount, orders, buyers, visitors, and what one of each is worth.

Two words that trade mixes up are two metrics here: `revenue_per_buyer` divides by people, `aov`
by orders.
"""

from lingyu.kernel.metrics import Distinct, Ratio, Sum, declare
from lingyu.kernel.text import N_

from ..events import OrderLinePaid, VisitorsCounted

GMV = declare(
    Sum(
        name="gmv",
        zh="成交金额",
        en="Paid amount (GMV)",
        unit="money",
        event=OrderLinePaid,
        field="amount",
        about=N_(
            "What buyers paid, on the day they paid, postage included where the platform books it so. "
            "Refunds are not subtracted, unpaid orders are not in it."
        ),
    )
)
PAID_ORDERS = declare(
    Distinct(
        name="paid_orders",
        zh="支付订单数",
        en="Paid orders",
        event=OrderLinePaid,
        field="order",
        where="amount > 0",
        about=N_(
            "Different orders with an amount paid above zero. Gifts and samples at no charge are left out; "
            "an order refunded later still counts."
        ),
    )
)
PAYING_BUYERS = declare(
    Distinct(
        name="paying_buyers",
        zh="支付买家数",
        en="Paying buyers",
        event=OrderLinePaid,
        field="person",
        where="amount > 0",
        about=N_(
            "Different people who paid something in the period; one person with many orders counts once. "
            "Orders whose file names no buyer are left out."
        ),
    )
)
VISITORS = declare(
    Sum(
        name="visitors",
        zh="访客数",
        en="Visitors",
        unit="count",
        event=VisitorsCounted,
        field="visitors",
        empty=None,  # not counted is not nobody
        about=N_(
            "The daily visitor counts of the shops' platforms, added up: "
            "somebody who came on two days, or to two shops, counts twice."
        ),
    )
)
CONVERSION_RATE = declare(
    Ratio(
        name="conversion_rate",
        zh="支付转化率",
        en="Conversion rate",
        numerator=PAYING_BUYERS,
        denominator=VISITORS,
        known_by="shop",
        about=N_(
            "Paying buyers ÷ visitors, over the shops whose visitors are known in the period. "
            "It is about people, not orders or sessions."
        ),
    )
)
REVENUE_PER_BUYER = declare(
    Ratio(
        name="revenue_per_buyer",
        zh="客单价",
        en="Revenue per buyer",
        unit="money",
        numerator=GMV,
        denominator=PAYING_BUYERS,
        about=N_(
            "Paid amount ÷ paying buyers: what one person paid in the period, over all their orders. "
            "Not the average per order (AOV). Money of unnamed buyers is in the amount, too."
        ),
    )
)
AOV = declare(
    Ratio(
        name="aov",
        zh="笔单价",
        en="Average order value (AOV)",
        unit="money",
        numerator=GMV,
        denominator=PAID_ORDERS,
        about=N_("Paid amount ÷ paid orders: what one order was worth. Not the revenue per buyer."),
    )
)
ITEMS_SOLD = declare(
    Sum(
        name="items_sold",
        zh="支付件数",
        en="Items sold",
        unit="count",
        event=OrderLinePaid,
        field="quantity",
        about=N_(
            "Pieces in the paid lines, those at no charge included. Returned pieces are not subtracted."
        ),
    )
)
