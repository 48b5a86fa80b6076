"""Pinduoduo: the order export, one row an order of one product."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta, timezone
from typing import Any

from lingyu.store.intake.mapping import Field

from ..actions import CLOSED, Entry
from . import formats
from .formats import Notes, OrderFormat, closing_of, moment_field, money_field, product_of, text_field
from .provinces import province_of

UNPAID_WORDS = ("待支付", "待付款", "已取消", "未付款", "支付失败")
REFUNDED_WORD = "退款成功"
_CHINA = timezone(timedelta(hours=8))


class PddOrders(OrderFormat):
    """What the user has paid; a blank time is read from the order number, which begins with the day.

    A refund that succeeded gives back all of it, at a time that is not told: that of payment.
    """

    code, zh, en, platform = "pdd", "拼多多订单", "Pinduoduo orders", "pdd"
    needs = ("订单号", "订单状态", "用户实付金额(元)", "商品数量(件)")
    fields = (
        formats.order_field("订单号"),
        moment_field("at", "支付时间", "Payment time", "订单成交时间", "拼单成功时间"),
        text_field("status", "订单状态", "Status"),
        text_field("after_sale", "售后状态", "After-sales status"),
        money_field("amount", "用户实付金额(元)", "Paid amount"),
        Field("quantity", zh="商品数量(件)", en="Pieces", kind="integer"),
        text_field("title", "商品", "Title"),
        text_field("sku", "商家编码-规格维度", "SKU", "商家编码-商品维度", kind="identifier"),
        text_field("goods", "商品id", "Product number", kind="identifier"),
        text_field("province", "省", "Province"),
    )

    def entries(self, rows: Iterable[Any], notes: Notes) -> Iterator[Entry]:
        """The payment of each paid order, and its refund."""
        for row in rows:
            if row.order is None:
                notes.skipped[formats.FOOTER] += 1
                continue
            status = row.status or ""
            if any(word in status for word in UNPAID_WORDS):
                notes.skipped[formats.UNPAID] += 1
                continue
            at = row.at or _day_in(row.order)
            if at is None or row.amount is None:
                notes.blank(row, "at" if at is None else "amount")
                continue
            paid = Entry(
                row.row,
                row.order,
                "",
                True,
                at,
                1 if row.quantity is None else row.quantity,
                row.amount,
                product_of(row.sku or row.goods, row.title),
                row.title,
                None,
                province_of(row.province),
            )
            yield paid
            if row.amount and (REFUNDED_WORD in status or row.after_sale == REFUNDED_WORD):
                yield closing_of(paid, at, CLOSED)


def _day_in(order: str) -> datetime | None:
    """Midnight of the day with which an order number (yyMMdd-…) begins."""
    day, dash, _rest = order.partition("-")
    try:
        return datetime.strptime(day, "%y%m%d").replace(tzinfo=_CHINA) if dash and len(day) == 6 else None
    except ValueError:
        return None
