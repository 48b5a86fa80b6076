"""Ending: promises that fall due, and lots whose time is over. Each call works one bounded batch.

Holds what jobs do; every member's turn is a transaction of its own, so that one waits for no other.
"""

import logging
from collections.abc import Callable
from datetime import datetime

from lingyu.store.repeatable import repeatable

from ..events import FeathersExpired
from ..models import Lot, Transfer
from . import rows
from .earning import post_pending, void_pending
from .lots import take
from .posting import Draft, Wallet, open_wallet, post
from .rows import Batch

log = logging.getLogger(__name__)


def fall_due(promise: Transfer, at: datetime) -> bool:
    """Keep one promise, or let it lapse, as was agreed; False when it was resolved before."""
    if promise.about.get("when_due") == "expire":
        return void_pending(key=promise.key, why="overdue", at=at, kind="lapse")
    posting = post_pending(key=promise.key, at=at)
    return posting is not None and posting.new


def post_due(*, at: datetime, limit: int = 200, end: Callable[[Transfer, datetime], bool] = fall_due) -> int:
    """End the promises whose time has come, each as `end` does; how many they were."""
    return _each(list(Transfer.objects.due(at)[:limit]), lambda promise: end(promise, at))


def expire_lots(*, at: datetime, limit: int = 200) -> int:
    """Take away what is left of lots whose time is over; from how many members' it was."""
    members = dict.fromkeys(Lot.objects.expired(at).values_list("member", flat=True)[:limit])
    # Read under the lock: they may have been spent, or given a grace, meanwhile.
    return _each(list(members), lambda member: sweep(open_wallet(member), at) is not None)


def _each(things: list, end) -> int:
    """End each in a transaction of its own; one that cannot be is told of when all others have been."""
    done, fault = 0, None
    for thing in things:
        try:
            done += repeatable(end)(thing)
        except Exception as error:
            log.exception("%s could not be ended", thing)
            fault = fault or error
    if fault and not done:
        raise fault
    return done


def sweep(wallet: Wallet, at: datetime) -> list[Batch]:
    """Take away what is left of the member's lots whose time is over; the lots that are open then."""
    lots = rows.open_lots(wallet.member)
    over = [lot for lot in lots if lot.expires_at and lot.expires_at <= at]
    for lot in over:
        _expire(lot, wallet, at)
    return lots[len(over) :]


def _expire(lot: Batch, wallet: Wallet, at: datetime) -> None:
    draft = Draft("expire", "", lot.left, "expiry", f"lot:{lot.id}", at)
    # A lot that was given feathers back can expire again, even at the same moment.
    draft.key = f"expire:{lot.id}:{draft.id}"
    draft.move(lot.left, "available", "expired")
    take(draft, wallet.member, lot.left, [lot])
    post(draft, wallet, FeathersExpired)
