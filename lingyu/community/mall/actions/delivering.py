"""Delivery by suppliers: taking a due order, and what its answer changes. Nothing here speaks to the outside.

`claim` is one transaction and `conclude` another; between them the supplier is asked, outside of both
(`jobs.deliver`). What comes back counts only under the fence it was claimed under.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from lingyu.community.accounts.models import Member
from lingyu.store.repeatable import repeatable

from .. import purposes, schedule, vault
from ..events import OrderFailed, OrderRefunded
from ..models import Attempt, Delivery, Order, Supplier
from ..states import OPERATOR, SUPPLIER, WORKER
from ..suppliers.answers import ACCEPTED, DELIVERED, REFUSED, Answer
from .ending import deliver, give_back
from .moving import locked, move, tell
from .secrets import keep_secret

ASKING = "asking"


@dataclass(frozen=True)
class Claim:
    """One order to ask a supplier for, and all that is needed to ask: no row is touched meanwhile.

    Without a `secret` its key is missing: nothing is asked, and it is tried again like other trouble.
    """

    order: Order
    key: str
    fence: int
    url: str
    secret: str | None
    timeout: int


@transaction.atomic
def claim(*, delivery: Delivery, at: datetime) -> Claim | None:
    """Take a due delivery for a lease; None when another worker has, or it is over.

    One that is past every try, or past its deadline, is given up instead.
    """
    order = locked(delivery.order)
    mine = Delivery.objects.filter(order=order, fence=delivery.fence, done_at__isnull=True, next_at__lte=at)
    if delivery.tries >= schedule.TRIES or at >= order.placed_at + schedule.DEADLINE:
        if mine.update(done_at=at, outcome="given_up", fence=F("fence") + 1):
            _fail(order, WORKER, "given_up", at)
        return None
    leased = {"next_at": at + schedule.LEASE, "outcome": ASKING}
    if not mine.update(fence=F("fence") + 1, tries=F("tries") + 1, **leased):
        return None
    if order.state == "placed":
        move(order, "delivering", WORKER, at)
    supplier = delivery.supplier
    return Claim(
        order=order,
        key=delivery.key,
        fence=delivery.fence + 1,
        url=supplier.url,
        secret=_secret(supplier),
        timeout=supplier.timeout,
    )


def _secret(supplier: Supplier) -> str | None:
    try:
        return vault.unseal(supplier.secret, about=f"supplier {supplier.id}")
    except vault.Locked:
        return None


@repeatable
def conclude(*, claim: Claim, answer: Answer, at: datetime | None = None) -> bool:
    """Write what the supplier answered; False when somebody else has concluded meanwhile."""
    at = at or timezone.now()
    order = locked(claim.order)
    found = Delivery.objects.filter(order=order, fence=claim.fence, done_at__isnull=True).first()
    if found is None:
        return False
    _note(found, answer, at)
    _apply(order, found, answer, WORKER, at)
    return True


@repeatable
def hear(*, order: Order, answer: Answer, at: datetime | None = None) -> bool:
    """What a supplier tells of its own accord; said a hundred times it is done once. False when it was."""
    at = at or timezone.now()
    order = locked(order)
    found = Delivery.objects.filter(order=order).first()
    if found is None or answer.kind not in (DELIVERED, REFUSED):
        return False
    if found.done_at or order.state != "delivering":
        # The first one too late is kept for the operator: it was refunded, and yet delivered.
        if answer.kind == DELIVERED and found.outcome != DELIVERED:
            told_late = Attempt.objects.filter(delivery=found, outcome="delivered_late").exists()
            if not told_late:
                Attempt.objects.create(delivery=found, at=at, outcome="delivered_late", called_back=True)
        return False
    _note(found, answer, at, called_back=True)
    _apply(order, found, answer, SUPPLIER, at)
    return True


@repeatable
def give_up(*, actor: Member, order: Order, why: str, at: datetime | None = None) -> bool:
    """Stop asking the supplier, and give the feathers back; False when it has ended meanwhile."""
    at = at or timezone.now()
    order = locked(order)
    if order.state != "delivering":
        return False
    waiting = Delivery.objects.filter(order=order, done_at__isnull=True)
    if not waiting.update(done_at=at, outcome="given_up", fence=F("fence") + 1):
        return False
    _fail(order, OPERATOR, "given_up", at, actor, why)
    return True


@transaction.atomic
def retry_now(*, actor: Member, order: Order, at: datetime | None = None) -> bool:
    """Ask the supplier now instead of at the next time of the schedule; False when that is over."""
    at = at or timezone.now()
    waiting = Delivery.objects.filter(order=order, done_at__isnull=True, next_at__gt=at)
    # Not while a worker is at it.
    waiting = waiting.exclude(outcome=ASKING)
    return bool(waiting.update(next_at=at))


def _note(found: Delivery, answer: Answer, at: datetime, called_back: bool = False) -> None:
    Attempt.objects.create(delivery=found, at=at, outcome=answer.words, called_back=called_back)


def _apply(order: Order, found: Delivery, answer: Answer, by: str, at: datetime) -> None:
    row = Delivery.objects.filter(order=order)
    if answer.kind == DELIVERED:
        row.update(done_at=at, outcome=DELIVERED, fence=F("fence") + 1)
        keep_secret(order, answer.code)
        deliver(order, by, at)
    elif answer.kind == REFUSED:
        row.update(done_at=at, outcome=REFUSED, fence=F("fence") + 1)
        _fail(order, by, "refused", at)
    else:
        again = schedule.next_try(found.tries, at, order.placed_at)
        if again is None and answer.kind == ACCEPTED:
            # The supplier is at it: its call-back is waited for until the deadline.
            again = max(order.placed_at + schedule.DEADLINE, at + timedelta(seconds=1))
        if again is None:
            row.update(done_at=at, outcome="given_up", fence=F("fence") + 1)
            _fail(order, by, "given_up", at)
        else:
            row.update(next_at=again, outcome=answer.words)


def _fail(order: Order, by: str, why: str, at: datetime, actor: Member | None = None, note: str = "") -> None:
    """Failed, and refunded in the same transaction: nobody waits for feathers that are not spent."""
    before = order.state
    if before == "placed":
        move(order, "delivering", WORKER, at)
        before = "delivering"
    if not move(order, "failed", by, at, actor=actor, reason=purposes.FAILED, note=note):
        return
    tell(OrderFailed, order, at, actor, reason=why)
    move(order, "refunded", by, at, actor=actor, reason=purposes.FAILED)
    give_back(order, before, purposes.FAILED, at)
    tell(OrderRefunded, order, at, actor, reason="failed")
