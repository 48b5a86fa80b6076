"""Douyin: the shop's order export, one row a sub-order."""

from collections.abc import Iterable, Iterator
from typing import Any

from lingyu.store.intake.mapping import Field

from ..actions import CLOSED, Entry
from . import formats
from .formats import Notes, OrderFormat, closing_of, moment_field, money_field, product_of, text_field
from .provinces import province_of

UNPAID_WORDS = ("待支付", "待付款", "未支付")
CLOSED_WORD = "已关闭"
REFUNDED_WORDS = ("退款成功", "已全额退款", "退款完成")


class DouyinOrders(OrderFormat):
    """What a sub-order's buyer pays, at the completion of payment, else at submission.

    A closed order counts as paid and given back only if its after-sales status says that money
    went back; otherwise it was never paid.
    """

    code, zh, en, platform = "douyin", "抖店订单", "Douyin orders", "douyin"
    needs = ("主订单编号", "子订单编号", "选购商品", "订单应付金额")
    fields = (
        formats.order_field("主订单编号"),
        text_field("line", "子订单编号", "Sub-order number", kind="identifier"),
        text_field("title", "选购商品", "Title"),
        text_field("sku", "商家编码", "SKU", "商品ID", kind="identifier"),
        Field("quantity", zh="商品数量", en="Pieces", kind="integer"),
        money_field("amount", "订单应付金额", "Amount"),
        moment_field("paid_at", "支付完成时间", "Payment time"),
        moment_field("placed_at", "订单提交时间", "Submitted"),
        text_field("status", "订单状态", "Status"),
        text_field("after_sale", "售后状态", "After-sales status"),
        text_field("address", "省", "Province", "详细地址"),
    )

    def entries(self, rows: Iterable[Any], notes: Notes) -> Iterator[Entry]:
        """The payment of each paid sub-order, and its refund where it was closed."""
        for row in rows:
            if row.order is None and row.line is None:
                notes.skipped[formats.FOOTER] += 1
                continue
            status = row.status or ""
            refunded = any(word in (row.after_sale or "") for word in REFUNDED_WORDS)
            unpaid = CLOSED_WORD in status and not refunded and row.paid_at is None
            if unpaid or any(word in status for word in UNPAID_WORDS):
                notes.skipped[formats.UNPAID] += 1
                continue
            at = row.paid_at or row.placed_at
            needed = {"order": row.order, "line": row.line, "amount": row.amount, "paid_at": at}
            if missing := [name for name, value in needed.items() if value is None]:
                notes.blank(row, missing[0])
                continue
            paid = Entry(
                row.row,
                row.order,
                row.line,
                True,
                at,
                1 if row.quantity is None else row.quantity,
                row.amount,
                product_of(row.sku, row.title),
                row.title,
                None,
                province_of(row.address),
            )
            yield paid
            if row.amount and (CLOSED_WORD in status or (refunded and "全额" in (row.after_sale or ""))):
                yield closing_of(paid, at, f"{CLOSED}/{row.line}")
            elif refunded:
                notes.skipped[formats.UNKNOWN_REFUND] += 1
