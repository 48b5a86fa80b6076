"""The outbox: the one door by which a fact enters the house's memory.

Holds `record()`. Does not ship: `lingyu.store.ship` reads what is waiting here.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import cache
from itertools import groupby

import msgspec
from django.db import connection
from django.utils import timezone

from lingyu.kernel.events import EVENTS, DeclarationError, Event, own_fields
from lingyu.kernel.reactions import reactions_to

from .models import Delivery, Envelope
from .rows import Statement, columns, inserting, run

_encode = msgspec.json.Encoder()

# Facts a body holds at most: a body is read whole by a reaction and must stay a small thing.
ENVELOPE_SIZE = 5_000
# What every engine can keep: 64-bit integers, and years that calendars and zones cover.
INTEGERS = range(-(2**63), 2**63)
YEARS = range(1900, 2201)


class OutsideTransaction(RuntimeError):
    """`record()` was called where the change and its fact could not commit together."""


def record(*events: Event) -> None:
    """Write `events` to the outbox, in the transaction of the change that they report.

    Raises OutsideTransaction when none is open, DeclarationError for an event that is not
    registered, ValueError for a value that its field cannot hold: another type, a naive time, a
    number beyond 64 bits. A fact that could not be shipped is never let in.
    """
    record_all(events)


def record_all(events: Iterable[Event]) -> None:
    """`record()` for many facts at once: neighbours of one kind share an envelope."""
    for statements in _posts(events):
        run(statements)


def recording(events: Iterable[Event]) -> list[Statement]:
    """The statements of `record()`, for whoever runs them together with those of the change itself."""
    return [statement for statements in _posts(events) for statement in statements]


def _posts(events: Iterable[Event]) -> Iterator[list[Statement]]:
    if not connection.in_atomic_block:
        raise OutsideTransaction(
            "record() must run in the transaction that makes the change: open one with atomic()"
        )
    now = timezone.now()
    for kind, those in groupby(events, key=type):
        if EVENTS.get(getattr(kind, "name", None)) is not kind:
            raise DeclarationError(f"{kind.__qualname__} is not a registered event: decorate it with @fact")
        for batch in _batches(those, ENVELOPE_SIZE):
            yield _post(kind, batch, now)


def _batches(events: Iterable[Event], size: int) -> Iterator[list[Event]]:
    batch: list[Event] = []
    for event in events:
        batch.append(event)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def _post(kind: type[Event], batch: list[Event], now: datetime) -> list[Statement]:
    body = _encode.encode_lines(batch)
    _check(kind, body)
    envelope = Envelope(event=kind.name, size=len(batch), body=body, recorded_at=now)
    due = (Delivery(envelope_id=envelope.id, reaction=r.code, next_at=now) for r in reactions_to(kind))
    return [*inserting(Envelope, [columns(envelope)]), *inserting(Delivery, map(columns, due))]


def _check(kind: type[Event], body: bytes) -> None:
    """Read the body back as whoever opens it will, and look at what types alone do not say."""
    try:
        events = open_envelope(kind, body)
    except msgspec.ValidationError as error:
        raise ValueError(f"{kind.name}: {error}") from None
    fields = _bounded(kind)
    for event in events:
        for field, check in fields:
            value = getattr(event, field)
            if value is not None and (fault := check(value)):
                raise ValueError(f"{kind.name}: {field} {value} {fault}")


@cache
def _bounded(kind: type[Event]) -> list:
    """(field, check) of the fields whose values a type alone does not bound."""
    kinds = {"occurred_at": datetime, **own_fields(kind)}
    return [(field, _CHECKS[k]) for field, k in kinds.items() if k in _CHECKS]


def _integer(value: int) -> str | None:
    return None if value in INTEGERS else "does not fit into 64 bits"


def _day(value: date) -> str | None:
    return None if value.year in YEARS else f"is not between the years {YEARS[0]} and {YEARS[-1]}"


def _moment(value: datetime) -> str | None:
    return "has no time zone; facts are aware UTC" if value.tzinfo is None else _day(value)


_CHECKS = {int: _integer, date: _day, datetime: _moment}


def open_envelope(kind: type[Event], body: bytes) -> list[Event]:
    """The events in an envelope's body, in the order in which they were recorded."""
    return _decoder(kind).decode_lines(bytes(body))


@cache
def _decoder(kind: type[Event]) -> msgspec.json.Decoder:
    return msgspec.json.Decoder(kind)
