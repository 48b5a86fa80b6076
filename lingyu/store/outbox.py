"""The outbox: the one door by which a fact enters the house's memory.

Holds `record()`. Does not ship: `lingyu.store.ship` reads what is waiting here.
"""

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby

import msgspec
from django.db import connection
from django.utils import timezone

from lingyu.kernel.events import EVENTS, DeclarationError, Event
from lingyu.kernel.reactions import reactions_to

from .models import Delivery, Envelope

_encode = msgspec.json.Encoder()

# Facts a body holds at most: a body is read whole by a reaction and must stay a small thing.
ENVELOPE_SIZE = 5_000


class OutsideTransaction(RuntimeError):
    """`record()` was called where the change and its fact could not commit together."""


def record(*events: Event) -> None:
    """Write `events` to the outbox, in the transaction of the change that they report.

    Raises OutsideTransaction when none is open, DeclarationError for an event that is not
    registered, ValueError for a naive time.
    """
    record_all(events)


def record_all(events: Iterable[Event]) -> None:
    """`record()` for many facts at once: neighbours of one kind share an envelope."""
    if not connection.in_atomic_block:
        raise OutsideTransaction("record() must run in the transaction that makes the change: open one with atomic()")
    now = timezone.now()
    for kind, run in groupby(events, key=type):
        if EVENTS.get(getattr(kind, "name", None)) is not kind:
            raise DeclarationError(f"{kind.__qualname__} is not a registered event: decorate it with @fact")
        for batch in _batches(run, ENVELOPE_SIZE):
            _post(kind, batch, now)


def _batches(events: Iterable[Event], size: int) -> Iterable[list[Event]]:
    batch: list[Event] = []
    for event in events:
        if event.occurred_at.tzinfo is None:
            raise ValueError(f"{type(event).name}: occurred_at {event.occurred_at} has no time zone; facts are aware UTC")
        batch.append(event)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def _post(kind: type[Event], batch: list[Event], now: datetime) -> None:
    envelope = Envelope.objects.create(
        event=kind.name, size=len(batch), body=_encode.encode_lines(batch), recorded_at=now
    )
    Delivery.objects.bulk_create(
        Delivery(envelope=envelope, reaction=r.code, next_at=now) for r in reactions_to(kind)
    )


def open_envelope(kind: type[Event], body: bytes) -> list[Event]:
    """The events in an envelope's body, in the order in which they were recorded."""
    return msgspec.json.Decoder(kind).decode_lines(bytes(body))
