"""Lots: which feathers are taken first, and where those go that come back.

Holds what transfers do to lots; called within their transaction, the member's accounts being locked.
"""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from . import rows
from .posting import Contradiction, Draft, Wallet
from .rows import Batch

# What a lot whose time is over meanwhile is given when feathers come back into it.
GRACE = timedelta(days=7)


def take(draft: Draft, member: UUID, amount: int, lots: list[Batch]) -> None:
    """Take `amount` from `lots`, in their order."""
    for lot in lots:
        part = min(lot.left, amount)
        if part:
            _change(draft, lot, -part)
            amount -= part
    if amount:
        raise Contradiction(f"the lots of {member} hold {amount} less than the balance says")


def add(draft: Draft, member: UUID, amount: int, expires_at: datetime | None) -> None:
    """A new lot, brought by this transfer."""
    if amount:
        lot = {"id": draft.id, "member": member, "amount": amount, "left": amount, "expires_at": expires_at}
        draft.made.append(lot)
        draft.lots.append([str(draft.id), amount, _written(expires_at)])


def credit(
    draft: Draft, wallet: Wallet, source: str, returning: list[tuple[UUID, int]], owed: int | None = None
) -> None:
    """Give back `returning` (lot, amount) from `source`: what is `owed` is repaid first (all of the debt,
    when it is not said), the rest goes to its lots.

    A lot whose time is over gets seven days from now, so that nobody is given what is gone already.
    """
    total = sum(amount for _, amount in returning)
    repaid = min(total, -wallet.balance("debt") if owed is None else owed)
    draft.move(repaid, source, "debt")
    draft.move(total - repaid, source, "available")
    lots = rows.lots_of(id for id, _ in returning)
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


def _change(draft: Draft, lot: Batch, amount: int) -> None:
    lot.left += amount
    lot.amount = max(lot.amount, lot.left)
    draft.changed[lot.id] = lot
    draft.lots.append([str(lot.id), amount, _written(lot.expires_at)])


def _written(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat() if at else None
