"""Identifiers: UUIDv7 for what happens once, UUIDv5 for what has a natural key."""

import hashlib
import os
import time
import uuid

# The root of every deterministic id; changing it would make every known fact new again.
LINGYU = uuid.UUID("6f1d2c1e-52b7-5a0e-9d3f-0c5a7e11f00d")


def uuid7() -> uuid.UUID:
    """A time-ordered UUID (RFC 9562 §5.7): 48 bits of Unix milliseconds, then randomness."""
    value = (time.time_ns() // 1_000_000) << 80 | int.from_bytes(os.urandom(10))
    value = value & ~(0xF << 76) | 7 << 76
    return uuid.UUID(int=value & ~(0b11 << 62) | 0b10 << 62)


def fact_id(*key: str) -> uuid.UUID:
    """The UUIDv5 (RFC 9562 §5.5) of a natural key, the same wherever and whenever it is asked for.

    Parts are joined by U+001F, which no key may contain, so ("ab", "c") and ("a", "bc") differ.
    """
    digest = hashlib.sha1(LINGYU.bytes + "\x1f".join(key).encode(), usedforsecurity=False).digest()
    return uuid.UUID(bytes=digest[:16], version=5)
