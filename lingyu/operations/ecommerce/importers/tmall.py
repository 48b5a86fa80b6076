"""Tmall: the order details with sub-orders, and the refunds."""

from collections.abc import Iterable, Iterator
from typing import Any

from lingyu.store.intake.mapping import Field

from ..actions import CLOSED, Entry
from . import formats
from .formats import Notes, OrderFormat, closing_of, moment_field, money_field, product_of, text_field
from .provinces import province_of
from .taobao import CLOSED_STATUS, UNPAID_STATUSES

REFUNDED_STATUS = "退款成功"


class TmallOrders(OrderFormat):
    """The order details: a sub-order is one entry under its own number.

    A sub-order closed after payment was refunded in full, at a time that is not told: it is booked
    at the time of payment. A refund of a sub-order that was not closed has no amount here; import
    the refunds for it.
    """

    code, zh, en, platform = "tmall", "天猫订单明细", "Tmall order details", "tmall"
    needs = ("主订单编号", "子订单编号", "买家实付金额", "订单付款时间")
    fields = (
        formats.order_field("主订单编号"),
        text_field("line", "子订单编号", "Sub-order number", kind="identifier"),
        text_field("title", "商品标题", "Title"),
        text_field("sku", "商家编码", "SKU", kind="identifier"),
        Field("quantity", zh="购买数量", en="Pieces", kind="integer"),
        money_field("amount", "买家实付金额", "Paid amount"),
        text_field("status", "订单状态", "Status"),
        text_field("refund_status", "退款状态", "Refund status"),
        moment_field("at", "订单付款时间", "Payment time"),
        text_field("buyer", "买家会员名", "Buyer", "买家昵称"),
        text_field("address", "收货地址", "Address", "收货省份", "省"),
    )

    def entries(self, rows: Iterable[Any], notes: Notes) -> Iterator[Entry]:
        """The payment of each paid sub-order, and its refund where it was closed."""
        for row in rows:
            if row.order is None and row.line is None:
                notes.skipped[formats.FOOTER] += 1
            elif row.order is None or row.line is None:
                notes.blank(row, "order" if row.order is None else "line")
            elif row.at is None or row.status in UNPAID_STATUSES:
                notes.skipped[formats.UNPAID] += 1
            elif row.amount is None:
                notes.blank(row, "amount")
            else:
                paid = Entry(
                    row.row,
                    row.order,
                    row.line,
                    True,
                    row.at,
                    1 if row.quantity is None else row.quantity,
                    row.amount,
                    product_of(row.sku, row.title),
                    row.title,
                    notes.buyer(row.buyer),
                    province_of(row.address),
                )
                yield paid
                if row.status == CLOSED_STATUS and row.amount:
                    yield closing_of(paid, row.at, f"{CLOSED}/{row.line}")
                elif row.refund_status == REFUNDED_STATUS:
                    notes.skipped[formats.UNKNOWN_REFUND] += 1


class TmallRefunds(OrderFormat):
    """The refunds: each under its own number, at the time it was completed, what the buyer got back."""

    code, zh, en, platform = "tmall_refund", "天猫退款", "Tmall refunds", "tmall"
    needs = ("退款编号", "订单编号", "退款完结时间")
    fields = (
        formats.order_field(),
        text_field("line", "退款编号", "Refund number", kind="identifier"),
        moment_field("at", "退款完结时间", "Completed"),
        money_field("amount", "退给买家金额", "Given back to the buyer"),
        money_field("total", "退款总额", "Refund total"),
        text_field("sku", "商家编码", "SKU", kind="identifier"),
        text_field("title", "宝贝标题", "Title"),
    )

    def entries(self, rows: Iterable[Any], notes: Notes) -> Iterator[Entry]:
        """One refund a row; those not completed yet are passed over."""
        for row in rows:
            amount = row.total if row.amount is None else row.amount
            if row.order is None and row.line is None:
                notes.skipped[formats.FOOTER] += 1
            elif row.order is None or row.line is None:
                notes.blank(row, "order" if row.order is None else "line")
            elif row.at is None:
                notes.skipped[formats.OPEN_REFUND] += 1
            elif amount is None:
                notes.blank(row, "amount")
            else:
                yield Entry(
                    row.row,
                    row.order,
                    row.line,
                    False,
                    row.at,
                    0,
                    -amount,
                    product_of(row.sku, row.title),
                    row.title,
                )
