"""Any table with an order number, a time and an amount: own shops, other systems, spreadsheets.

Amounts are a column, or quantity × unit price rounded half to even for each line. What is
negative, or says that it is a refund, is one.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from django.utils.translation import gettext as _

from lingyu.store.intake.cells import LARGEST
from lingyu.store.intake.errors import FileRefused

from ..actions import Entry
from . import formats
from .columns import FIELDS
from .formats import Notes, OrderFormat, product_of

REFUND_WORDS = frozenset(
    {
        "refund",
        "refunded",
        "return",
        "returned",
        "credit",
        "credit note",
        "cancellation",
        "chargeback",
        "退款",
        "退货",
        "退货退款",
        "仅退款",
        "退单",
        "红冲",
    }
)
# Statuses of an order whose money went back as a whole.
REFUNDED_WORDS = frozenset({"refunded", "fully refunded", "已退款", "退款成功", "全额退款"})
UNPAID_WORDS = frozenset(
    {
        "unpaid",
        "pending payment",
        "awaiting payment",
        "pending",
        "cancelled",
        "canceled",
        "draft",
        "未付款",
        "待付款",
        "待支付",
        "等待买家付款",
        "等待付款",
        "已取消",
    }
)


class Generic(OrderFormat):
    """Columns by their names or by the mapping; nothing about a platform is assumed."""

    code, zh, en, platform = "generic", "通用表格", "Any table", "generic"
    fields = FIELDS

    def check(self, mapping: dict[str, str]) -> None:
        """Refuse a file without an amount: neither as such nor as quantity and unit price."""
        if "amount" not in mapping and not {"quantity", "price"} <= mapping.keys():
            raise FileRefused(
                "missing_columns",
                _("No column holds the amount, and there is no pair of quantity and unit price to multiply."),
            )

    def entries(self, rows: Iterable[Any], notes: Notes) -> Iterator[Entry]:
        """One entry a row, and another where the row tells of a refund beside the payment."""
        whole = not {"sku", "title", "line"} & notes.mapping.keys()
        told = {"kind", "status", "refund", "refund_id", "line"} & notes.mapping.keys()
        closed: list[Entry] = []
        priced = None if "amount" in notes.mapping else _Amounts(notes.exponent)
        for row in rows:
            amount = row.amount if priced is None else _priced(row, notes, priced)
            if amount is None:
                if priced is None:
                    notes.blank(row, "amount")
                continue
            if abs(amount) > LARGEST:
                notes.refuse(
                    row, "amount" if priced is None else "price", "overflow", _("The amount is too large.")
                )
                continue
            back = amount < 0 or (row.quantity is not None and row.quantity < 0)
            if told:
                yield from self._told(row, notes, amount, back, whole, closed)
            else:
                yield _entry(row, notes, amount, back, "" if whole else None)
        yield from formats.closings_of(closed)

    def _told(
        self, row: Any, notes: Notes, amount: int, back: bool, whole: bool, closed: list[Entry]
    ) -> Iterator[Entry]:
        """The entries of a row whose file says more: its kind, its status, its refund."""
        status = (row.status or "").casefold()
        if status in UNPAID_WORDS:
            notes.skipped[formats.UNPAID] += 1
            return
        back = back or (row.kind or "").casefold() in REFUND_WORDS
        line = row.line or ("" if whole else None)
        if back and row.refund_id:
            line = _of_refund(row, whole)
        paid = _entry(row, notes, amount, back, line)
        yield paid
        if not back and not row.refund and status in REFUNDED_WORDS:
            closed.append(paid)
        if row.refund and not back:
            if row.refund > paid.amount:
                notes.refuse(row, "refund", "refund_exceeds", _("More is given back than was paid."))
                return
            at = row.refund_at or row.at
            if row.refund_id:
                line = _of_refund(row, whole)
            elif line is not None:
                line = _told_at(at, row.line)
            yield Entry(
                row.row,
                row.order,
                line,
                False,
                at,
                0,
                -row.refund,
                paid.product,
                None,
                paid.buyer,
                paid.country,
            )


def _priced(row: Any, notes: Notes, amounts: "_Amounts") -> int | None:
    """Quantity × unit price in minor units; None after reporting a row that has none."""
    quantity, price = row.quantity, row.price
    if quantity is None or price is None:
        notes.blank(row, "quantity" if quantity is None else "price")
        return None
    if quantity < 0 and price < 0:
        message = _("Quantity and unit price are both negative: it can't be told which way money went.")
        notes.refuse(row, "price", "both_negative", message)
        return None
    return amounts[quantity, price]


def _entry(row: Any, notes: Notes, amount: int, back: bool, line: str | None) -> Entry:
    """The entry of a row: what comes in at its time, or what goes back at its own."""
    quantity = 1 if row.quantity is None else row.quantity
    at = row.at
    if back:
        at = row.refund_at or at
        # Money given back beside a positive quantity, or without one, returns no goods.
        quantity = -abs(row.quantity) if row.quantity and (row.quantity < 0 or amount >= 0) else 0
        amount = -abs(amount)
        if line is not None and not row.refund_id:
            line = _told_at(at, line)
    sku, title = row.sku, row.title
    return Entry(
        row.row,
        row.order,
        line,
        not back,
        at,
        quantity,
        amount,
        product_of(sku, title),
        title,
        notes.buyer(row.buyer),
        row.country,
    )


def _of_refund(row: Any, whole: bool) -> str:
    """The line of a refund with a number; a refund of several products is one line for each."""
    product = None if whole else product_of(row.sku, row.title)
    return f"{row.refund_id}/{product}" if product else row.refund_id


def _told_at(at: datetime, line: str | None) -> str:
    """The line of a refund without a number: its time, so that two refunds of one order are two."""
    moment = f"@{at:%Y-%m-%dT%H:%M:%SZ}"
    return f"{line}{moment}" if line else moment


class _Amounts(dict):
    """Quantity × unit price in minor units, rounded half to even; pairs repeat a lot."""

    def __init__(self, exponent: int):
        super().__init__()
        self._shift = Decimal(10) ** exponent

    def __missing__(self, pair: tuple[int, Decimal]) -> int:
        quantity, price = pair
        found = int((quantity * price * self._shift).to_integral_value(ROUND_HALF_EVEN))
        self[pair] = found
        return found
