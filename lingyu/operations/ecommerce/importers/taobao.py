"""Taobao: the seller centre's order list (one row an order) and its item list (one row an item).

The order list comes with 37 columns since 2016, with two more since 2019, and in a variant of
shop systems that imitate it; columns are found by name, so all are one format.
"""

from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from django.utils.translation import gettext as _

from lingyu.kernel.text import N_
from lingyu.store.intake.errors import FileRefused
from lingyu.store.intake.mapping import Field

from ..actions import CLOSED, Entry
from . import formats
from .formats import (
    Notes,
    OrderFormat,
    closing_of,
    closings_of,
    moment_field,
    money_field,
    product_of,
    text_field,
)
from .provinces import province_of

CLOSED_STATUS = "交易关闭"
UNPAID_STATUSES = ("等待买家付款", "未付款")
# Several titles in one cell are joined by it.
TITLE_SEPARATOR = "，"
NO_TIME = N_(
    "This item list has no time of payment, so its amounts belong to no day. "
    "Import the order list (ExportOrderList) of the same period instead."
)


class TaobaoOrders(OrderFormat):
    """The order list: an order is one entry, its amount what the buyer has paid, postage included.

    An order without a time of payment was never paid. One closed after payment was refunded in
    full; the list does not say when, so the refund is booked at the time of payment.
    """

    code, zh, en, platform = "taobao", "淘宝订单列表", "Taobao order list", "taobao"
    needs = ("订单编号", "买家会员名", "订单状态", "订单付款时间", "宝贝标题")
    fields = (
        formats.order_field(),
        money_field("amount", "买家实际支付金额", "Paid amount", "支付金额"),
        moment_field("at", "订单付款时间", "Payment time"),
        text_field("status", "订单状态", "Status"),
        text_field("reason", "订单关闭原因", "Reason of closing"),
        text_field("buyer", "买家会员名", "Buyer"),
        text_field("title", "宝贝标题", "Titles"),
        Field("titles", zh="宝贝种类", en="Number of titles", kind="integer"),
        Field("quantity", zh="宝贝总数量", en="Pieces", kind="integer"),
        text_field("address", "收货地址", "Address"),
        money_field("refund", "退款金额", "Refund amount"),
    )

    def entries(self, rows: Iterable[Any], notes: Notes) -> Iterator[Entry]:
        """The payment of each paid order, and what was given back of it."""
        for row in rows:
            if row.order is None:
                notes.skipped[formats.FOOTER] += 1
            elif row.at is None or row.status in UNPAID_STATUSES:
                notes.skipped[formats.UNPAID] += 1
            elif row.amount is None:
                notes.blank(row, "amount")
            elif (row.refund or 0) > row.amount:
                notes.refuse(row, "refund", "refund_exceeds", _("More is given back than was paid."))
            else:
                yield from self._paid(row, notes)

    def _paid(self, row: Any, notes: Notes) -> Iterator[Entry]:
        one = row.titles == 1 or (row.titles is None and row.title and TITLE_SEPARATOR not in row.title)
        paid = Entry(
            row.row,
            row.order,
            "",
            True,
            row.at,
            1 if row.quantity is None else row.quantity,
            row.amount,
            # What was paid for each of several products is not told.
            product_of(None, row.title) if one else None,
            None,
            notes.buyer(row.buyer),
            province_of(row.address),
        )
        yield paid
        if row.status == CLOSED_STATUS:
            if row.amount:
                yield closing_of(paid, row.at, CLOSED)
        elif row.refund:
            yield Entry(
                row.row,
                row.order,
                f"@{row.at:%Y-%m-%dT%H:%M:%SZ}",
                False,
                row.at,
                0,
                -row.refund,
                paid.product,
                None,
                paid.buyer,
                paid.country,
            )


class TaobaoDetails(OrderFormat):
    """The item list: price × quantity of each item. Only of use where it tells the time of payment."""

    code, zh, en, platform = "taobao_detail", "淘宝宝贝列表", "Taobao item list", "taobao"
    needs = ("订单编号", "标题", "价格", "购买数量")
    fields = (
        formats.order_field(),
        text_field("title", "标题", "Title"),
        Field("price", zh="价格", en="Price", kind="decimal"),
        Field("quantity", zh="购买数量", en="Pieces", kind="integer"),
        text_field("sku", "商家编码", "SKU", "外部系统编号", kind="identifier"),
        text_field("status", "订单状态", "Status"),
        moment_field("at", "订单付款时间", "Payment time", "付款时间"),
    )

    def check(self, mapping: dict[str, str]) -> None:
        """Refuse the list without times: nothing says on which day its money came."""
        if "at" not in mapping:
            raise FileRefused("no_time", _(NO_TIME))

    def entries(self, rows: Iterable[Any], notes: Notes) -> Iterator[Entry]:
        """One entry an item of a paid order; a closed order gives back all of its items."""
        closed = []
        for row in rows:
            if row.order is None:
                notes.skipped[formats.FOOTER] += 1
            elif row.at is None or row.status in UNPAID_STATUSES:
                notes.skipped[formats.UNPAID] += 1
            elif row.price is None or row.quantity is None:
                notes.blank(row, "price" if row.price is None else "quantity")
            else:
                minor = row.price * row.quantity * Decimal(10) ** notes.exponent
                paid = Entry(
                    row.row,
                    row.order,
                    None,
                    True,
                    row.at,
                    row.quantity,
                    int(minor.to_integral_value(ROUND_HALF_EVEN)),
                    product_of(row.sku, row.title),
                    row.title,
                )
                yield paid
                if row.status == CLOSED_STATUS:
                    closed.append(paid)
        yield from closings_of(closed)
