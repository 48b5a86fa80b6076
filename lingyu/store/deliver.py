"""Delivery: every reaction follows every event it is for, exactly once in effect.

Works the `Delivery` queue. The effect of a reaction and the `Handled` row that says so commit
together; a reaction that fails is tried again later, and holds up neither the other reactions
nor the other events of its envelope.
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
    if fault := _follow_all(delivery):
        Delivery.objects.filter(pk=pk).update(last_error=fault[:2000])
        return False
    Delivery.objects.filter(pk=pk).update(done_at=timezone.now(), last_error="")
    return True


def _follow_all(delivery: Delivery) -> str:
    """Follow every event of the envelope; the first fault in words, or nothing when all went well."""
    reaction = REACTIONS.get(delivery.reaction)
    if reaction is None:
        return f"no reaction is called {delivery.reaction!r} any more"
    events = open_envelope(reaction.event, delivery.envelope.body)
    done = _handled(reaction, events) if delivery.attempts else set()
    faults = []
    for event in events:
        if event.id in done:
            continue
        try:
            follow(reaction, event)
        except Exception as error:
            log.exception("reaction %s failed on event %s", reaction.code, event.id)
            faults.append(f"{type(error).__name__}: {error}")
    return f"{len(faults)} of {len(events)} events failed; first {faults[0]}" if faults else ""


def _handled(reaction: Reaction, events: list[Event]) -> set:
    """The ids among `events` that the reaction has followed before."""
    ids = [event.id for event in events]
    rows = Handled.objects.filter(reaction=reaction.code)
    return {
        found
        for start in range(0, len(ids), 500)
        for found in rows.filter(event_id__in=ids[start : start + 500]).values_list("event_id", flat=True)
    }


def follow(reaction: Reaction, event: Event) -> bool:
    """Run one reaction on one event unless it has been; True when it ran now."""
    with transaction.atomic():
        _, new = Handled.objects.get_or_create(
            reaction=reaction.code, event_id=event.id, defaults={"handled_at": timezone.now()}
        )
        if new:
            reaction.run(event)
        return new
