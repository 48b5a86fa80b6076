"""Forgetting: hashes of browsers and devices are let go of when their time is over.

Holds the deletion of traces, and the blanking of arrivals, which stay as numbers.
"""

from datetime import datetime

from django.db import transaction

from ..models import Arrival, Trace
from ..signals import BROWSER_KEPT, DEVICE_KEPT
from .arriving import PROGRAM

BATCH = 1_000


@transaction.atomic
def forget_signals(*, now: datetime) -> int:
    """Let go of one batch; how many rows it was."""
    done = 0
    for kind, kept in (("browser", BROWSER_KEPT), ("device", DEVICE_KEPT)):
        old = Trace.objects.filter(kind=kind, last_at__lt=now - kept).values("id")[:BATCH]
        done += Trace.objects.filter(id__in=list(old.values_list("id", flat=True))).delete()[0]
        aged = Arrival.objects.filter(last_at__lt=now - kept, **{f"{kind}__isnull": False})
        ids = list(aged.exclude(browser=PROGRAM).values_list("id", flat=True)[:BATCH])
        done += Arrival.objects.filter(id__in=ids).update(**{kind: None})
    return done
