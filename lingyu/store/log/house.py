"""The house's own facts in the log, beside those from outside: so that both are explored together.

Envelopes are taken by state, as shipping does (`store/ship.py`): one is marked after its facts have been
kept, and a kill in between means taking it again, which the log leaves out by the facts' ids. Holds no
metric: those are counted on the older store, by declared columns.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import msgspec
from django.utils import timezone

from lingyu.kernel.events import EVENTS, Event, own_fields
from lingyu.kernel.facts import Fact, Key

from ..models import Envelope
from ..outbox import open_envelope
from . import keeping
from .compacting import EVENTS as BATCH
from .compacting import Compactor

# The source that the house's own facts have, and the protocol: their sums are minor units already.
SOURCE = PROTOCOL = "house"
# Envelopes looked at for one batch.
ENVELOPES = 2_000


def take_waiting(compactor: Compactor) -> int:
    """Keep a batch of the house's facts that the log has not yet; how many envelopes. Under the lease."""
    ids, facts = [], []
    waiting = Envelope.objects.unlogged().filter(event__in=list(EVENTS))[:ENVELOPES]
    for envelope in waiting.iterator(chunk_size=100):
        facts += facts_of(envelope)
        ids.append(envelope.id)
        if len(facts) >= BATCH:
            break
    if ids:
        compactor.take(facts)
        now = timezone.now()
        for start in range(0, len(ids), 500):
            Envelope.objects.filter(id__in=ids[start : start + 500]).update(logged_at=now)
    return len(ids)


def take_again(since: float) -> None:
    """Have what was kept since a moment (seconds since 1970) come once more: an older catalog is in force."""
    then = datetime.fromtimestamp(since, UTC)
    Envelope.objects.filter(logged_at__gte=then).update(logged_at=None)


keeping.PUT_BACK.append(take_again)


def facts_of(envelope: Envelope) -> Iterator[Fact]:
    """The facts of an envelope as the log keeps them."""
    kind = EVENTS[envelope.event]
    fields = tuple(own_fields(kind))
    for event in open_envelope(kind, envelope.body):
        yield fact_of(event, fields, envelope.recorded_at)


def fact_of(event: Event, fields: tuple[str, ...], recorded_at: datetime) -> Fact:
    """One of the house's facts; whose behaviour it is goes by the name that the house has for them."""
    properties = {field: _plain(value) for field in fields if (value := getattr(event, field)) is not None}
    return Fact(
        id=event.id,
        source=SOURCE,
        protocol=PROTOCOL,
        name=event.name,
        occurred_at=event.occurred_at,
        received_at=recorded_at,
        keys=(Key("user", event.person),) if event.person else (),
        properties=properties,
    )


def _plain(value: Any) -> Any:
    return msgspec.to_builtins(value) if isinstance(value, date | datetime | UUID) else value
