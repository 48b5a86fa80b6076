"""How often and how long a delivery is tried: published to members and operators as it stands here.

Holds values. The first try is made at once; after the last one the feathers go back.
"""

from datetime import datetime, timedelta

M = timedelta(minutes=1)
RETRIES = (1 * M, 3 * M, 5 * M, 10 * M, 20 * M, 60 * M, 360 * M, 720 * M)
TRIES = len(RETRIES) + 1
# Whatever happens, an order that a supplier delivers has ended by then.
DEADLINE = timedelta(hours=24)
# How long a try may take before another worker takes it over; longer than any supplier is waited for.
LEASE = timedelta(minutes=2)
# By hand: sent within, or refunded; and taken as received so long after it was sent.
HAND, RECEIVED = timedelta(days=7), timedelta(days=15)
# How long an address is kept once an order has ended.
ADDRESS_KEPT = timedelta(days=30)


def next_try(tries: int, now: datetime, placed_at: datetime) -> datetime | None:
    """When to try again after `tries` in vain; None when that was the last."""
    if tries >= TRIES or now >= placed_at + DEADLINE:
        return None
    return min(now + RETRIES[tries - 1], placed_at + DEADLINE)
