"""What went back, on two calendars: the day of the refund, and the day on which its order was paid.

Over all history both give the same total.
"""

from lingyu.kernel.metrics import Derived, Distinct, Ratio, Sum, declare
from lingyu.kernel.text import N_

from ..events import OrderLineRefunded, RefundRebooked
from .sales import GMV, PAID_ORDERS

REFUND_AMOUNT = declare(
    Sum(
        name="refund_amount",
        zh="退款金额（按退款日）",
        en="Refund amount (refund day)",
        unit="money",
        event=OrderLineRefunded,
        field="amount",
        good="down",
        about=N_("Money given back, on the day it was given back, whenever its order was paid."),
    )
)
_REFUNDED_AS_BOOKED = declare(
    Sum(
        name="refund_amount_first_booked",
        zh="退款金额（首次入账）",
        en="Refund amount as first booked",
        unit="money",
        event=OrderLineRefunded,
        field="amount",
        at="booked_at",
        good="down",
        about=N_(
            "Money given back, on the day its order was paid, or on its own day if the order was unknown "
            "at the import. A part of the refund amount by pay day; look at that one."
        ),
    )
)
_REBOOKED = declare(
    Sum(
        name="refund_amount_rebooked",
        zh="退款改记金额",
        en="Refund amount moved later",
        unit="money",
        event=RefundRebooked,
        field="amount",
        at="booked_at",
        good="neither",
        about=N_(
            "Refunds moved from their own day to the day their order was paid, once that became known: "
            "minus on one day, plus on the other, zero in total."
        ),
    )
)
REFUND_AMOUNT_BY_PAY_DAY = declare(
    Derived(
        name="refund_amount_by_pay_day",
        zh="退款金额（按支付日）",
        en="Refund amount (pay day)",
        unit="money",
        plus=(_REFUNDED_AS_BOOKED, _REBOOKED),
        good="down",
        about=N_(
            "Money given back, on the day its order was paid: how much of a day's sales did not last. "
            "Refunds of unknown orders stay on their own day."
        ),
    )
)
_UNMATCHED_AT_IMPORT = declare(
    Sum(
        name="refund_amount_unmatched_at_import",
        zh="导入时未匹配的退款",
        en="Refunds unmatched at their import",
        unit="money",
        event=OrderLineRefunded,
        field="amount",
        where="matched = false",
        at="booked_at",
        good="down",
        about=N_("Money given back for orders that were unknown when the refund was imported."),
    )
)
_MATCHED_LATER = declare(
    Sum(
        name="refund_amount_matched_later",
        zh="后来匹配的退款",
        en="Refunds matched later",
        unit="money",
        event=RefundRebooked,
        field="amount",
        where="amount < 0",
        at="booked_at",
        good="neither",
        about=N_("Refunds whose order arrived after them, as a negative amount on the day of the refund."),
    )
)
UNMATCHED_REFUND_AMOUNT = declare(
    Derived(
        name="unmatched_refund_amount",
        zh="未匹配订单的退款",
        en="Refunds of unknown orders",
        unit="money",
        plus=(_UNMATCHED_AT_IMPORT, _MATCHED_LATER),
        good="down",
        about=N_(
            "Money given back for orders that are not in Lingyu to this day: the part of the refunds "
            "for which the two calendars cannot differ. Import the orders' period to bring it down."
        ),
    )
)
REFUNDED_ORDERS = declare(
    Distinct(
        name="refunded_orders",
        zh="退款订单数",
        en="Refunded orders",
        event=OrderLineRefunded,
        field="order",
        where="amount > 0",
        good="down",
        about=N_(
            "Different orders for which money was given back in the period, in part or in whole, "
            "whenever they were paid."
        ),
    )
)
REFUND_RATE = declare(
    Ratio(
        name="refund_rate",
        zh="金额退款率",
        en="Refund rate (amount)",
        numerator=REFUND_AMOUNT,
        denominator=GMV,
        good="down",
        about=N_(
            "Refund amount ÷ paid amount, both of the period: the refunds may belong to earlier orders, "
            "so it can exceed 100 %."
        ),
    )
)
REFUND_ORDER_RATE = declare(
    Ratio(
        name="refund_order_rate",
        zh="订单退款率",
        en="Refund rate (orders)",
        numerator=REFUNDED_ORDERS,
        denominator=PAID_ORDERS,
        good="down",
        about=N_("Refunded orders ÷ paid orders, both of the period. Not the rate by amount."),
    )
)
NET_GMV = declare(
    Derived(
        name="net_gmv",
        zh="净成交金额（按退款日）",
        en="Net amount (refund day)",
        unit="money",
        plus=(GMV,),
        minus=(REFUND_AMOUNT,),
        about=N_("Paid amount − refunds, each on its own day: the cash view. A period can be negative."),
    )
)
NET_GMV_BY_PAY_DAY = declare(
    Derived(
        name="net_gmv_by_pay_day",
        zh="净成交金额（按支付日）",
        en="Net amount (pay day)",
        unit="money",
        plus=(GMV,),
        minus=(REFUND_AMOUNT_BY_PAY_DAY,),
        about=N_(
            "Paid amount − what was given back of it so far: the view of the orders. "
            "Recent days still fall while refunds come in."
        ),
    )
)
