"""How fresh the numbers are: the moment up to which every recorded fact is in the event store."""

from datetime import datetime

from django.utils import timezone

from .models import Envelope


def as_of() -> datetime:
    """Now when nothing waits; else when the oldest waiting fact was recorded."""
    oldest = Envelope.objects.waiting().values_list("recorded_at", flat=True).first()
    return oldest or timezone.now()


def waiting() -> int:
    """How many envelopes wait to be shipped."""
    return Envelope.objects.waiting().count()
