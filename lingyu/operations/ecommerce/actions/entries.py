"""What an importer hands over and what it is told: entries, conflicts, the comparison of a file.

Plain values; nothing here reads or writes the database.
"""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import msgspec

# A refund that follows from an order having been closed, not from a refund's own record: its line.
CLOSED = "closed"


class Entry(msgspec.Struct, gc=False):
    """One line paid or refunded, as a file tells it.

    `amount` is in minor units, signed like the ledger: paid ≥ 0, refund ≤ 0; so is `quantity`.
    `line` None means that the file does not number its lines: they are told apart by product and
    counted. `closing` marks a refund that the file only implies (the order was closed): it covers
    what refunds of their own already gave back. `row` is the row in the file.
    """

    row: int
    order: str
    line: str | None
    paid: bool
    at: datetime
    quantity: int
    amount: int
    product: str | None = None
    title: str | None = None
    buyer: str | None = None
    country: str | None = None
    closing: bool = False

    @property
    def content(self) -> tuple[datetime, int, int]:
        """What must be equal for two entries of one key to be the same fact."""
        return (self.at, self.quantity, self.amount)


class Known(msgspec.Struct, gc=False):
    """An entry that is in the ledger."""

    id: UUID
    line: str
    paid: bool
    at: datetime
    quantity: int
    amount: int
    product: str | None
    paid_at: datetime | None

    @property
    def content(self) -> tuple[datetime, int, int]:
        """What must be equal for two entries of one key to be the same fact."""
        return (self.at, self.quantity, self.amount)


@dataclass(frozen=True)
class Conflict:
    """An entry that the ledger has with another content; `recorded` is (time, quantity, amount).

    `elsewhere` is the row of the same file that says otherwise, None when it is the ledger.
    `whole` means that the order is booked at another level: as a whole, by its products, or by
    numbered lines.
    """

    entry: Entry
    recorded: tuple[datetime, int, int] | None = None
    elsewhere: int | None = None
    whole: bool = False


class New(msgspec.Struct, gc=False):
    """An entry to be booked, with the line that makes it one of a kind; refunds with their order's day."""

    entry: Entry
    line: str
    paid_at: datetime | None = None


class Late(msgspec.Struct, gc=False):
    """A refund in the ledger whose order has come now, and when that was paid."""

    order: str
    known: Known
    paid_at: datetime


@dataclass
class Comparison:
    """What a file would change: new entries, refunds that find their order, conflicts.

    `unchanged` counts entries that the ledger has already; orders with a conflict are in
    `held_back` (every entry of theirs that is not itself in conflict) and change nothing.
    """

    new: list[New] = field(default_factory=list)
    late: list[Late] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    held_back: list[Entry] = field(default_factory=list)
    unchanged: int = 0

    @property
    def held_back_rows(self) -> dict[int, Entry]:
        """The rows of the file that are held back, each with one entry of it."""
        wrong = {c.entry.row for c in self.conflicts}
        return {e.row: e for e in self.held_back if e.row not in wrong}

    @property
    def paid(self) -> int:
        """Minor units that come in with the new entries."""
        return sum(n.entry.amount for n in self.new if n.entry.paid)

    @property
    def refunded(self) -> int:
        """Minor units given back by the new entries, as a negative number."""
        return sum(n.entry.amount for n in self.new if not n.entry.paid)
