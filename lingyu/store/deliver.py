"""Delivery: every reaction follows every event it is for, exactly once in effect.

Works the `Delivery` queue. The effect of a reaction and the `Handled` row that says so commit
together; a reaction that fails is tried again later, and does not hold up the others.
"""

import logging
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from lingyu.kernel.events import Event
from lingyu.kernel.reactions import REACTIONS, Reaction

from .models import Delivery, Handled
from .outbox import open_envelope

log = logging.getLogger(__name__)

# Seconds before the 2nd, 3rd, … attempt; the last one repeats.
BACK_OFF = (1, 5, 30, 120, 600, 3600)


def deliver_due(limit: int = 100) -> int:
    """Deliver what is due, oldest first; returns how many deliveries were completed."""
    ids = list(Delivery.objects.due(timezone.now()).values_list("id", flat=True)[:limit])
    return sum(_deliver(pk) for pk in ids)


def _deliver(pk) -> bool:
    """One delivery, claimed by moving its next attempt into the future."""
    now = timezone.now()
    delivery = Delivery.objects.select_related("envelope").get(pk=pk)
    wait = BACK_OFF[min(delivery.attempts, len(BACK_OFF) - 1)]
    claimed = Delivery.objects.filter(pk=pk, done_at=None, next_at=delivery.next_at).update(
        next_at=now + timedelta(seconds=wait), attempts=delivery.attempts + 1
    )
    if not claimed:
        return False
    reaction = REACTIONS.get(delivery.reaction)
    try:
        if reaction is None:
            raise LookupError(f"no reaction is called {delivery.reaction!r} any more")
        for event in open_envelope(reaction.event, delivery.envelope.body):
            follow(reaction, event)
    except Exception as error:
        log.exception("reaction %s failed on envelope %s", delivery.reaction, delivery.envelope_id)
        Delivery.objects.filter(pk=pk).update(last_error=f"{type(error).__name__}: {error}"[:2000])
        return False
    Delivery.objects.filter(pk=pk).update(done_at=timezone.now(), last_error="")
    return True


def follow(reaction: Reaction, event: Event) -> bool:
    """Run one reaction on one event unless it has been; True when it ran now."""
    with transaction.atomic():
        _, new = Handled.objects.get_or_create(
            reaction=reaction.code, event_id=event.id, defaults={"handled_at": timezone.now()}
        )
        if new:
            reaction.run(event)
        return new
