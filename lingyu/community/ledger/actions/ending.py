"""Ending: promises that fall due, and lots whose time is over. Each call works one bounded batch.

Holds what jobs do; every member's turn is a transaction of its own, so that one waits for no other.
"""

from datetime import datetime

from django.db import transaction

from ..events import FeathersExpired
from ..models import Lot, Transfer
from .earning import post_pending, void_pending
from .posting import Draft, Wallet, open_wallet, post


def post_due(*, at: datetime, limit: int = 200) -> int:
    """Keep, or let lapse, the promises whose time has come; how many they were."""
    done = 0
    for promise in Transfer.objects.due(at)[:limit]:
        with transaction.atomic():
            if promise.about.get("when_due") == "expire":
                done += void_pending(key=promise.key, why="overdue", at=at, kind="lapse")
            else:
                done += post_pending(key=promise.key, at=at) is not None
    return done


def expire_lots(*, at: datetime, limit: int = 200) -> int:
    """Take away what is left of lots whose time is over; how many lots they were."""
    done = 0
    for member, id in list(Lot.objects.expired(at).values_list("member", "id")[:limit]):
        with transaction.atomic():
            wallet = open_wallet(member)
            # Read again under the lock: it may have been spent, or given a grace, meanwhile.
            if lot := Lot.objects.expired(at).filter(id=id).first():
                expire(lot, wallet, at)
                done += 1
    return done


def expire(lot: Lot, wallet: Wallet, at: datetime) -> None:
    """Take away what is left of one lot; the member's accounts are locked."""
    left, key = lot.left, f"expire:{lot.id}:{lot.expires_at.isoformat()}"
    draft = Draft("expire", key, left, "expiry", f"lot:{lot.id}", at)
    draft.move(left, "available", "expired")
    draft.lots.append([str(lot.id), -left, lot.expires_at.isoformat()])
    lot.left = 0
    lot.save(update_fields=["left"])
    post(draft, wallet, FeathersExpired)
