"""What is noted of looking at people."""

from django.db import transaction
from django.utils import timezone

from lingyu.store.outbox import record

from ..events import PersonSeen


@transaction.atomic
def note_seen(*, actor, number: int) -> None:
    """Say that somebody looked at a person's page."""
    record(PersonSeen(occurred_at=timezone.now(), actor=str(actor.pk), number=number))
