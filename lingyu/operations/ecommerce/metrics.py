"""Numbers of the shops: what was paid, by whom, what was given back, on which calendar.

Holds declarations only. Two words that trade mixes up are two metrics here: `revenue_per_buyer`
divides by people, `aov` by orders. Refunds have two calendars: the day of the refund, and the day
on which the order was paid; over all history both give the same total.
"""

from lingyu.kernel.metrics import Derived, Distinct, Ratio, Sum, declare
from lingyu.kernel.text import N_

from .events import OrderLinePaid, OrderLineRefunded, RefundRebooked, VisitorsCounted

GMV = declare(Sum(
    name="gmv", zh="成交金额", en="Paid amount (GMV)", unit="money", event=OrderLinePaid, field="amount",
    about=N_("What buyers paid, on the day they paid, postage included where the platform books it so. "
             "Refunds are not subtracted, unpaid orders are not in it."),
))
PAID_ORDERS = declare(Distinct(
    name="paid_orders", zh="支付订单数", en="Paid orders", event=OrderLinePaid, field="order",
    where="amount > 0",
    about=N_("Different orders with an amount paid above zero. Gifts and samples at no charge are left out; "
             "an order refunded later still counts."),
))
PAYING_BUYERS = declare(Distinct(
    name="paying_buyers", zh="支付买家数", en="Paying buyers", event=OrderLinePaid, field="person",
    where="amount > 0",
    about=N_("Different people who paid something in the period; one person with many orders counts once. "
             "Orders whose file names no buyer are left out."),
))
VISITORS = declare(Sum(
    name="visitors", zh="访客数", en="Visitors", unit="count", event=VisitorsCounted, field="visitors",
    about=N_("The daily visitor counts of the shops' platforms, added up: "
             "somebody who came on two days, or to two shops, counts twice."),
))
CONVERSION_RATE = declare(Ratio(
    name="conversion_rate", zh="支付转化率", en="Conversion rate",
    numerator=PAYING_BUYERS, denominator=VISITORS, known_by="shop",
    about=N_("Paying buyers ÷ visitors, over the shops whose visitors are known in the period. "
             "It is about people, not orders or sessions."),
))
REVENUE_PER_BUYER = declare(Ratio(
    name="revenue_per_buyer", zh="客单价", en="Revenue per buyer", unit="money",
    numerator=GMV, denominator=PAYING_BUYERS,
    about=N_("Paid amount ÷ paying buyers: what one person paid in the period, over all their orders. "
             "Not the average per order (AOV). Money of unnamed buyers is in the amount, too."),
))
AOV = declare(Ratio(
    name="aov", zh="笔单价", en="Average order value (AOV)", unit="money",
    numerator=GMV, denominator=PAID_ORDERS,
    about=N_("Paid amount ÷ paid orders: what one order was worth. Not the revenue per buyer."),
))
ITEMS_SOLD = declare(Sum(
    name="items_sold", zh="支付件数", en="Items sold", unit="count", event=OrderLinePaid, field="quantity",
    about=N_("Pieces in the paid lines, those at no charge included. Returned pieces are not subtracted."),
))

REFUND_AMOUNT = declare(Sum(
    name="refund_amount", zh="退款金额（按退款日）", en="Refund amount (refund day)", unit="money",
    event=OrderLineRefunded, field="amount", good="down",
    about=N_("Money given back, on the day it was given back, whenever its order was paid."),
))
_REFUNDED_AS_BOOKED = declare(Sum(
    name="refund_amount_first_booked", zh="退款金额（首次入账）", en="Refund amount as first booked",
    unit="money", event=OrderLineRefunded, field="amount", at="booked_at", good="down",
    about=N_("Money given back, on the day its order was paid, or on its own day if the order was unknown "
             "at the import. A part of the refund amount by pay day; look at that one."),
))
_REBOOKED = declare(Sum(
    name="refund_amount_rebooked", zh="退款改记金额", en="Refund amount moved later", unit="money",
    event=RefundRebooked, field="amount", at="booked_at", good="neither",
    about=N_("Refunds moved from their own day to the day their order was paid, once that became known: "
             "minus on one day, plus on the other, zero in total."),
))
REFUND_AMOUNT_BY_PAY_DAY = declare(Derived(
    name="refund_amount_by_pay_day", zh="退款金额（按支付日）", en="Refund amount (pay day)", unit="money",
    plus=(_REFUNDED_AS_BOOKED, _REBOOKED), good="down",
    about=N_("Money given back, on the day its order was paid: how much of a day's sales did not last. "
             "Refunds of unknown orders stay on their own day."),
))
_UNMATCHED_AT_IMPORT = declare(Sum(
    name="refund_amount_unmatched_at_import", zh="导入时未匹配的退款", en="Refunds unmatched at their import",
    unit="money", event=OrderLineRefunded, field="amount", where="matched = false", at="booked_at",
    good="down",
    about=N_("Money given back for orders that were unknown when the refund was imported."),
))
_MATCHED_LATER = declare(Sum(
    name="refund_amount_matched_later", zh="后来匹配的退款", en="Refunds matched later", unit="money",
    event=RefundRebooked, field="amount", where="amount < 0", at="booked_at", good="neither",
    about=N_("Refunds whose order arrived after them, as a negative amount on the day of the refund."),
))
UNMATCHED_REFUND_AMOUNT = declare(Derived(
    name="unmatched_refund_amount", zh="未匹配订单的退款", en="Refunds of unknown orders", unit="money",
    plus=(_UNMATCHED_AT_IMPORT, _MATCHED_LATER), good="down",
    about=N_("Money given back for orders that are not in Lingyu to this day: the part of the refunds "
             "for which the two calendars cannot differ. Import the orders' period to bring it down."),
))
REFUNDED_ORDERS = declare(Distinct(
    name="refunded_orders", zh="退款订单数", en="Refunded orders", event=OrderLineRefunded, field="order",
    where="amount > 0", good="down",
    about=N_("Different orders for which money was given back in the period, in part or in whole, "
             "whenever they were paid."),
))
REFUND_RATE = declare(Ratio(
    name="refund_rate", zh="金额退款率", en="Refund rate (amount)",
    numerator=REFUND_AMOUNT, denominator=GMV, good="down",
    about=N_("Refund amount ÷ paid amount, both of the period: the refunds may belong to earlier orders, "
             "so it can exceed 100 %."),
))
REFUND_ORDER_RATE = declare(Ratio(
    name="refund_order_rate", zh="订单退款率", en="Refund rate (orders)", numerator=REFUNDED_ORDERS,
    denominator=PAID_ORDERS, good="down",
    about=N_("Refunded orders ÷ paid orders, both of the period. Not the rate by amount."),
))
NET_GMV = declare(Derived(
    name="net_gmv", zh="净成交金额（按退款日）", en="Net amount (refund day)", unit="money",
    plus=(GMV,), minus=(REFUND_AMOUNT,),
    about=N_("Paid amount − refunds, each on its own day: the cash view. A period can be negative."),
))
NET_GMV_BY_PAY_DAY = declare(Derived(
    name="net_gmv_by_pay_day", zh="净成交金额（按支付日）", en="Net amount (pay day)", unit="money",
    plus=(GMV,), minus=(REFUND_AMOUNT_BY_PAY_DAY,),
    about=N_("Paid amount − what was given back of it so far: the view of the orders. "
             "Recent days still fall while refunds come in."),
))
