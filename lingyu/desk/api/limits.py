"""How often a token may ask: a bucket of one minute's requests each, filled evenly.

Each process counts for itself, as the collector's do: a bound on load, not on what is paid for.
"""

import threading
import time

_buckets: dict[object, tuple[float, float]] = {}
_lock = threading.Lock()


def wait_of(token: object, per_minute: int) -> float:
    """Take one request of `token`'s: 0, or in how many seconds to come back."""
    with _lock:
        now = time.monotonic()
        left, at = _buckets.get(token, (float(per_minute), now))
        left = min(float(per_minute), left + (now - at) * per_minute / 60)
        allowed = left >= 1
        _buckets[token] = (left - 1 if allowed else left, now)
    return 0.0 if allowed else (1 - left) * 60 / max(per_minute, 1)


def forget() -> None:
    """Begin anew, as a process does that starts."""
    with _lock:
        _buckets.clear()
