"""Reversing: refunds of what was spent, claw-backs of what was issued, and their restoration.

Holds reversals; each is linked to its original, and together they never exceed it.
"""

from datetime import datetime
from uuid import UUID

from django.db.models import Sum

from ..events import FeathersClawedBack, FeathersRefunded, FeathersRestored
from ..models import Lot, Transfer
from . import lots, rows
from .ending import sweep
from .posting import Draft, Posting, Wallet, again, known, open_wallet, post


def refund(
    *, key: str, refund_key: str, at: datetime, amount: int | None = None, why: str = ""
) -> Posting | None:
    """Give back what was spent under `key` (a spend, or a hold that was settled), all that is left of it or
    `amount`, into the lots it came from. None when nothing is left to give back."""
    spent, wallet = _original(key, ("spend", "hold"))
    if found := known(refund_key, spent.member, "refund", amount=amount, reverses_id=spent.id):
        return again(found, wallet)
    if spent.kind == "hold" and not Transfer.objects.filter(closes=spent, kind="settle").exists():
        raise ValueError(f"what is held under {key!r} has not been spent: release it")
    amount = _within(spent, amount)
    if not amount:
        return None
    draft = _draft("refund", refund_key, amount, spent, at, why)
    sweep(wallet, at)
    lots.credit(draft, wallet, "spent", _remaining(spent, amount))
    return post(draft, wallet, FeathersRefunded)


def claw_back(
    *, key: str, claw_key: str, at: datetime, amount: int | None = None, why: str = ""
) -> Posting | None:
    """Take back what was issued under `key` (or promised under it, and kept). What the member has spent
    already becomes a debt, which the next feathers repay; what expired is lost already, and no debt.
    None when nothing is left to take back."""
    issued, wallet = _original(key, ("issue",))
    if found := known(claw_key, issued.member, "claw_back", amount=amount, reverses_id=issued.id):
        return again(found, wallet)
    amount = _within(issued, amount)
    if not amount:
        return None
    sweep(wallet, at)
    there = rows.open_lots(issued.member, first=issued.id)
    own = there[0].left if there and there[0].id == issued.id else 0
    gone = min(amount - min(amount, own), _expired(issued))
    draft = _draft("claw_back", claw_key, amount, issued, at, why)
    draft.about["expired"] = gone
    taken = min(amount - gone, wallet.balance("available"))
    draft.move(gone, "expired", "clawed_back")
    draft.move(taken, "available", "clawed_back")
    draft.move(amount - gone - taken, "debt", "clawed_back")
    lots.take(draft, issued.member, taken, there)
    return post(draft, wallet, FeathersClawedBack)


def _expired(issued: Transfer) -> int:
    """How much of what was issued has expired and has not been taken back since."""
    ends = Transfer.objects.filter(kind="expire", member=issued.member, subject=f"lot:{issued.id}")
    expired = ends.aggregate(all=Sum("amount"))["all"] or 0
    claws = Transfer.objects.filter(reverses=issued, kind="claw_back")
    standing = claws.exclude(id__in=Transfer.objects.filter(kind="restore").values("reverses"))
    return max(0, expired - sum(claw.about.get("expired", 0) for claw in standing))


def restore(*, claw_key: str, restore_key: str, at: datetime, why: str = "") -> Posting | None:
    """Undo a claw-back exactly: what it took goes back into its lots, what it made a debt is one no more,
    or is given back in a lot with the expiry of the issue. None when it was restored before."""
    clawed = Transfer.objects.select_related("reverses").get(key=claw_key, kind="claw_back")
    wallet = open_wallet(clawed.member)
    if found := known(restore_key, clawed.member, "restore", reverses_id=clawed.id):
        return again(found, wallet)
    if not _within(clawed, None):
        return None
    sweep(wallet, at)
    draft = _draft("restore", restore_key, clawed.amount, clawed, at, why)
    gone = clawed.about.get("expired", 0)
    draft.move(gone, "clawed_back", "expired")
    debt = -wallet.balance("debt")
    owed = clawed.amount - gone - sum(amount for _, amount in lots.taken(clawed))
    repaid = min(owed, debt)
    draft.move(repaid, "clawed_back", "debt")
    if owed - repaid:
        # The debt has been repaid since from later feathers: these are given back.
        draft.move(owed - repaid, "clawed_back", "available")
        lots.add(draft, clawed.member, owed - repaid, _expiry(clawed.reverses_id, at))
    lots.credit(draft, wallet, "clawed_back", lots.taken(clawed), owed=debt - repaid)
    return post(draft, wallet, FeathersRestored)


def _expiry(lot: UUID, at: datetime) -> datetime | None:
    """When feathers expire that come back for a lot: as it does, but not before they are there."""
    found = Lot.objects.filter(id=lot).first()
    if found is None or found.expires_at is None:
        return None
    return found.expires_at if found.expires_at > at else at + lots.GRACE


def _original(key: str, kinds: tuple[str, ...]) -> tuple[Transfer, Wallet]:
    found = Transfer.objects.filter(key__in=[key, f"{key}:kept"], kind__in=kinds).first()
    if found is None:
        raise LookupError(f"no {' or '.join(kinds)} is called {key!r}")
    return found, open_wallet(found.member)


def _within(original: Transfer, amount: int | None) -> int:
    """How much may be reversed: all that is left, or `amount`; ValueError when it is more than that."""
    undone = Transfer.objects.filter(reverses=original).aggregate(all=Sum("amount"))["all"] or 0
    if original.kind == "issue":
        # What was taken back and restored can be taken back again.
        again = Transfer.objects.filter(reverses__reverses=original, kind="restore")
        undone -= again.aggregate(all=Sum("amount"))["all"] or 0
    left = original.amount - undone
    if amount is not None and not 0 < amount <= left:
        raise ValueError(
            f"{amount} of {original.key!r} cannot be reversed: {left} of {original.amount} are left"
        )
    return left if amount is None else amount


def _draft(kind: str, key: str, amount: int, original: Transfer, at: datetime, why: str) -> Draft:
    return Draft(kind, key, amount, original.cause, original.subject, at, {"why": why}, reverses=original)


def _remaining(spent: Transfer, amount: int) -> list[tuple[UUID, int]]:
    """The lots that `amount` of a spend goes back to: the latest expiry first, earlier refunds left out."""
    there = dict(lots.taken(spent))
    for earlier in Transfer.objects.filter(reverses=spent).order_by("id"):
        for id, part in _spread(there, earlier.amount):
            there[id] -= part
    return _spread(there, amount)


def _spread(there: dict[UUID, int], amount: int) -> list[tuple[UUID, int]]:
    found = []
    for id, left in reversed(there.items()):
        part = min(left, amount)
        if part:
            found.append((id, part))
            amount -= part
    return found
