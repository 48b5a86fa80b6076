"""What an adapter of a format is, and what it may say about a row.

Holds the base class, the notes an adapter takes, and the wording of statuses that all platforms
share. The adapters are in the modules of their platforms; `known.FORMATS` lists them.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from lingyu.kernel.text import Named
from lingyu.store.intake.errors import RowError, excerpt
from lingyu.store.intake.mapping import Field, plain
from lingyu.store.intake.reader import Errors

from ..actions import CLOSED, Entry


@dataclass
class Notes:
    """What an adapter knows of the file it reads, and where it reports rows.

    `mapping` is {field: column}; `scope` is what buyers' names are unique within; `bad` collects
    order numbers of which a row was refused; `skipped` counts rows that are no sale, by reason.
    """

    mapping: dict[str, str]
    scope: str
    exponent: int
    errors: Errors
    bad: set[str] = field(default_factory=set)
    skipped: Counter[str] = field(default_factory=Counter)

    def refuse(self, row: Any, name: str, code: str, message: str) -> None:
        """Report `row` for what is in its field `name`; its whole order is held back."""
        value = getattr(row, name, None)
        column = self.mapping.get(name, "")
        shown = "" if value is None else excerpt(str(value))
        self.errors.append(RowError(row.row, column, shown, code, message))
        if row.order is not None:
            self.bad.add(row.order)

    def blank(self, row: Any, name: str) -> None:
        """Report that `row` lacks what it needs in the field `name`."""
        self.refuse(row, name, "blank", _("This must not be empty."))

    def buyer(self, name: str | None) -> str | None:
        """The key of a buyer: a person within the reach of their account."""
        return f"{self.scope}/{name[:100]}" if name else None


class OrderFormat(Named):
    """One kind of order file.

    `needs` are the column names by which it is recognised; `fields` what is read of it;
    `platform` is that of a shop opened for it.
    """

    code: ClassVar[str]
    platform: ClassVar[str]
    needs: ClassVar[tuple[str, ...]] = ()
    fields: ClassVar[tuple[Field, ...]]

    def fits(self, columns: Iterable[str]) -> bool:
        """Whether a header with `columns` is of this format."""
        return bool(self.needs) and {plain(n) for n in self.needs} <= {plain(c) for c in columns}

    def check(self, mapping: dict[str, str]) -> None:
        """Raise FileRefused when the mapped columns cannot give an amount or a time."""

    def entries(self, rows: Iterable[Any], notes: Notes) -> Iterator[Entry]:
        """The ledger entries that `rows` tell of; what cannot be one is reported to `notes`."""
        raise NotImplementedError


# Reasons why a row is no sale, counted in `Notes.skipped`.
UNPAID = "unpaid"
FOOTER = "footer"
OPEN_REFUND = "open_refund"
UNKNOWN_REFUND = "unknown_refund"


def order_field(*synonyms: str, required: bool = False) -> Field:
    """The order's number; where it is not required, rows without one are footers."""
    return Field(
        "order", zh="订单编号", en="Order number", kind="identifier", required=required, synonyms=synonyms
    )


def money_field(name: str, zh: str, en: str, *synonyms: str, signed: bool = False) -> Field:
    """An amount in the currency of the shop."""
    return Field(name, zh=zh, en=en, kind="money", synonyms=synonyms, signed=signed)


def text_field(name: str, zh: str, en: str, *synonyms: str, kind: str = "text") -> Field:
    """A text or an identifier that may be blank."""
    return Field(name, zh=zh, en=en, kind=kind, synonyms=synonyms)


def moment_field(name: str, zh: str, en: str, *synonyms: str) -> Field:
    """A time that may be blank."""
    return Field(name, zh=zh, en=en, kind="moment", synonyms=synonyms)


def closing_of(paid: Entry, at: datetime, line: str) -> Entry:
    """The refund that follows from `paid` having been closed at `at`: all of it."""
    return Entry(
        row=paid.row,
        order=paid.order,
        line=line,
        paid=False,
        at=at,
        quantity=-paid.quantity,
        amount=-paid.amount,
        product=paid.product,
        buyer=paid.buyer,
        country=paid.country,
        closing=True,
    )


def closings_of(paid: Iterable[Entry], at: datetime | None = None) -> Iterator[Entry]:
    """The same for lines without numbers: one refund for each order and product, at `at` or as paid."""
    groups: dict[tuple[str, str | None], Entry] = {}
    for entry in paid:
        if (key := (entry.order, entry.product)) in groups:
            groups[key].amount -= entry.amount
            groups[key].quantity -= entry.quantity
        else:
            groups[key] = closing_of(entry, at or entry.at, f"{CLOSED}/{entry.product or ''}")
    yield from (entry for entry in groups.values() if entry.amount)


def product_of(sku: str | None, title: str | None) -> str | None:
    """What the ledger calls a product: its SKU, else its title."""
    return sku or (title[:200] if title else None)
