"""Purging: envelopes that have done all they were for are thrown away after a while.

Holds the outbox small. The facts themselves stay in the event store for ever, and so does what
says that a reaction has followed them.
"""

from datetime import datetime, timedelta

from django.db import transaction

from .models import Delivery, Envelope

# How long a shipped envelope is kept, in case someone wants to look.
KEEP = timedelta(days=7)


def purge_before(moment: datetime, limit: int = 500) -> int:
    """Delete up to `limit` envelopes that nothing waits for since `moment`; returns how many."""
    open_ones = Delivery.objects.filter(done_at__isnull=True).values("envelope_id")
    done = Envelope.objects.shipped().filter(shipped_at__lt=moment, logged_at__lt=moment)
    done = done.exclude(id__in=open_ones)
    with transaction.atomic():
        ids = list(done.order_by("id").values_list("id", flat=True)[:limit])
        Delivery.objects.filter(envelope_id__in=ids).delete()
        Envelope.objects.filter(id__in=ids).delete()
    return len(ids)
