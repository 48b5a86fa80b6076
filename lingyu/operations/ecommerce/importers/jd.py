"""JD: the merchant centre's order export, one row an item, the order's amounts repeated on each."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from lingyu.kernel.trees import rounded_to_sum
from lingyu.store.intake.mapping import Field

from ..actions import Entry
from . import formats
from .formats import Notes, OrderFormat, closings_of, moment_field, money_field, product_of, text_field
from .provinces import province_of

CASH_ON_DELIVERY = "货到付款"
CANCELLED_WORDS = ("取消", "删除", "退款完成")


class JdOrders(OrderFormat):
    """What an order's buyer has paid, spread over its items by price × quantity, to the cent.

    An order is paid at its confirmation of payment; cash on delivery when it is completed. One
    cancelled after payment was refunded in full, at its completion if that has a time.
    """

    code, zh, en, platform = "jd", "京东订单", "JD orders", "jd"
    needs = ("订单号", "商品ID", "京东价", "订购数量", "付款确认时间")
    fields = (
        formats.order_field("订单号"),
        text_field("sku", "商品ID", "SKU", kind="identifier"),
        text_field("title", "商品名称", "Title"),
        Field("quantity", zh="订购数量", en="Pieces", kind="integer"),
        Field("price", zh="京东价", en="JD price", kind="decimal"),
        money_field("total", "订单金额", "Order amount"),
        money_field("settled", "结算金额", "Settled amount"),
        money_field("balance", "余额支付", "Paid from balance"),
        money_field("due", "应付金额", "Due amount"),
        text_field("method", "支付方式", "Payment method"),
        text_field("status", "订单状态", "Status"),
        text_field("buyer", "下单帐号", "Account", "下单账号"),
        text_field("address", "客户地址", "Address"),
        moment_field("paid_at", "付款确认时间", "Payment confirmed"),
        moment_field("done_at", "订单完成时间", "Completed"),
    )

    def entries(self, rows: Iterable[Any], notes: Notes) -> Iterator[Entry]:
        """Each paid order's items with their share of what was paid."""
        orders: dict[str, list[Any]] = defaultdict(list)
        for row in rows:
            if row.order is None:
                notes.skipped[formats.FOOTER] += 1
            else:
                orders[row.order].append(row)
        for items in orders.values():
            yield from self._order(items, notes)

    def _order(self, items: Sequence[Any], notes: Notes) -> Iterator[Entry]:
        at = _paid_at(items)
        if at is None:
            notes.skipped[formats.UNPAID] += len(items)
            return
        amounts = {_paid_amount(row) for row in items}
        if len(amounts) > 1 or None in amounts:
            for row in items:
                notes.refuse(
                    row,
                    "due",
                    "amounts_differ",
                    _("The rows of one order must repeat one amount, but these differ or are empty."),
                )
            return
        # Sorted, so that the odd cents fall the same way in whatever order the rows come.
        items = sorted(items, key=lambda r: (r.sku or "", r.title or "", r.price or 0, r.quantity or 0))
        cancelled = any(word in (items[0].status or "") for word in CANCELLED_WORDS)
        closed = []
        for row, share in zip(items, _shares(items, amounts.pop()), strict=True):
            paid = Entry(
                row.row,
                row.order,
                None,
                True,
                at,
                1 if row.quantity is None else row.quantity,
                share,
                product_of(row.sku, row.title),
                row.title,
                notes.buyer(row.buyer),
                province_of(row.address),
            )
            closed.append(paid)
            yield paid
        if cancelled:
            yield from closings_of(closed, next((r.done_at for r in items if r.done_at is not None), at))


def _paid_at(items: Sequence[Any]) -> datetime | None:
    """When the order was paid, None if it was not."""
    at = next((r.paid_at for r in items if r.paid_at is not None), None)
    if at is None and CASH_ON_DELIVERY in (items[0].method or ""):
        at = next((r.done_at for r in items if r.done_at is not None), None)
    return at


def _paid_amount(row: Any) -> int | None:
    """What the buyer has paid for the whole order: the amount due, and the balance used where it is apart."""
    if row.due is None:
        return row.total if row.settled is None else row.settled
    if row.balance and row.settled is not None and row.due + row.balance <= row.settled:
        return row.due + row.balance
    return row.due


def _shares(items: Sequence[Any], amount: int) -> list[int]:
    """`amount` spread by price × quantity, equally where nothing has a price; sums to it exactly."""
    weights = [Fraction(r.price or 0) * (1 if r.quantity is None else r.quantity) for r in items]
    whole = sum(weights)
    if not whole:
        weights, whole = [Fraction(1)] * len(items), Fraction(len(items))
    return rounded_to_sum([amount * w / whole for w in weights], amount)
