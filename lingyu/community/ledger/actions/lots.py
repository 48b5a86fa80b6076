"""Lots: which feathers are taken first, and where those go that come back.

Holds what transfers do to lots; called within their transaction, the member's accounts being locked.
"""

from datetime import datetime, timedelta
from uuid import UUID

from ..models import Lot
from .posting import Draft, Wallet

# What a lot whose time is over meanwhile is given when feathers come back into it.
GRACE = timedelta(days=7)


def take(draft: Draft, member: UUID, amount: int, first: UUID | None = None) -> None:
    """Take `amount` from the member's lots, earliest expiry first; from the lot `first` before any."""
    lots = list(Lot.objects.open_of(member))
    if first:
        lots.sort(key=lambda lot: lot.id != first)
    for lot in lots:
        part = min(lot.left, amount)
        if part:
            _change(draft, lot, -part)
            amount -= part
    if amount:
        raise ValueError(f"the lots of {member} hold {amount} less than the balance says")


def add(draft: Draft, id: UUID, member: UUID, amount: int, expires_at: datetime | None) -> None:
    """A new lot, or more in the one that this transfer's reversal makes anew."""
    if amount:
        Lot.objects.create(id=id, member=member, amount=amount, left=amount, expires_at=expires_at)
        draft.lots.append([str(id), amount, expires_at.isoformat() if expires_at else None])


def credit(draft: Draft, wallet: Wallet, source: str, returning: list[tuple[UUID, int]]) -> None:
    """Give back `returning` (lot, amount) from `source`: debt is repaid first, the rest goes to its lots.

    A lot whose time is over gets seven days from now, so that nobody is given what is gone already.
    """
    total = sum(amount for _, amount in returning)
    repaid = min(total, -wallet.balance("debt"))
    draft.move(repaid, source, "debt")
    draft.move(total - repaid, source, "available")
    lots = Lot.objects.in_bulk([id for id, _ in returning])
    # What expires last repays first, so that the member keeps what can be spent soonest.
    for id, amount in reversed(returning):
        used = min(repaid, amount)
        repaid -= used
        if amount - used:
            lot = lots[id]
            if lot.expires_at and lot.expires_at <= draft.at:
                lot.expires_at = draft.at + GRACE
            _change(draft, lot, amount - used)


def taken(transfer) -> list[tuple[UUID, int]]:
    """What an earlier transfer took from lots, as (lot, amount)."""
    return [(UUID(id), -amount) for id, amount, _ in transfer.lots if amount < 0]


def _change(draft: Draft, lot: Lot, amount: int) -> None:
    lot.left += amount
    lot.amount = max(lot.amount, lot.left)
    lot.save(update_fields=["left", "amount", "expires_at"])
    draft.lots.append([str(lot.id), amount, lot.expires_at.isoformat() if lot.expires_at else None])
