"""Moving an order from one state to another: by the table, once, with a step that says who and why.

Holds the one way in which `Order.state` changes; called within the transaction of what it stands for.
"""

from datetime import datetime

from lingyu.community.accounts.models import Member
from lingyu.kernel.events import Event
from lingyu.kernel.text import one_line
from lingyu.store.outbox import record

from ..models import Good, Order, Step
from ..states import IllegalMove, allowed


def move(
    order: Order,
    after: str,
    by: str,
    at: datetime,
    *,
    actor: Member | None = None,
    reason: str = "",
    note: str = "",
    **fields,
) -> bool:
    """Move it on, if it still is where it was read; False when somebody else has moved it meanwhile.

    Raises IllegalMove for a move that the table does not know, whoever asks.
    """
    before = order.state
    if not allowed(before, after, by):
        raise IllegalMove(f"{by} cannot move an order from {before} to {after}")
    changed = {"state": after, "state_at": at} | fields
    if not Order.objects.filter(id=order.id, state=before).update(**changed):
        return False
    for name, value in changed.items():
        setattr(order, name, value)
    Step.objects.create(
        order=order,
        before=before,
        after=after,
        at=at,
        role=by,
        by=actor,
        reason=reason,
        note=one_line(note)[:300],
    )
    return True


def locked(order: Order) -> Order:
    """The order as it is now, nobody else moving it until the transaction ends."""
    return Order.objects.select_for_update(of=("self",)).select_related("member", "good").get(id=order.id)


def tell(kind: type[Event], order: Order, at: datetime, actor: Member | None = None, **more) -> None:
    """Record a fact about an order."""
    record(
        kind(
            occurred_at=at,
            person=order.member.key,
            actor=actor.key if actor else None,
            order=str(order.id),
            good=order.good_id,
            feathers=order.feathers,
            cost_minor=order.cost_minor,
            currency=order.currency,
            **more,
        )
    )


def lock_good(id) -> Good:
    """The good as it is now, nobody else buying or changing it until the transaction ends."""
    Good.objects.select_for_update(no_key=True).get(id=id)
    return Good.objects.counted().select_related("supplier").get(id=id)
