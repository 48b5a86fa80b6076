"""Identifiers: UUIDv7 for what happens once, UUIDv5 for what has a natural key."""

import hashlib
import os
import time
import uuid

# The root of every deterministic id; changing it would make every known fact new again.
LINGYU = uuid.UUID("6f1d2c1e-52b7-5a0e-9d3f-0c5a7e11f00d")
# The bits of a UUIDv5 that say which version and variant it is (RFC 9562 §5.5).
_UUID5_SET = 5 << 76 | 0b10 << 62
_UUID5_KEPT = ~(0xF << 76 | 0b11 << 62)
# What `uuid.UUID` says of ids whose making nobody vouched for; a member of an enum costs a call each time.
_UNKNOWN = uuid.SafeUUID.unknown


def uuid7() -> uuid.UUID:
    """A time-ordered UUID (RFC 9562 §5.7), ordered by 244 ns where it is made by one process.

    48 bits of Unix milliseconds, 12 bits of the fraction of a millisecond (§6.2, method 3), then
    62 random bits.
    """
    milliseconds, rest = divmod(time.time_ns(), 1_000_000)
    fraction = rest * 4096 // 1_000_000
    random = int.from_bytes(os.urandom(8)) & (1 << 62) - 1
    return uuid.UUID(int=milliseconds << 80 | 7 << 76 | fraction << 64 | 0b10 << 62 | random)


def fact_id(*key: str) -> uuid.UUID:
    """The UUIDv5 (RFC 9562 §5.5) of a natural key, the same wherever and whenever it is asked for.

    Parts are joined by U+001F, which no key may contain, so ("ab", "c") and ("a", "bc") differ.
    """
    return uuid5_of(hashlib.sha1(LINGYU.bytes + "\x1f".join(key).encode(), usedforsecurity=False).digest())


def uuid5_of(digest: bytes) -> uuid.UUID:
    """The UUIDv5 of a SHA-1 digest; made as unpickling makes one, without the constructor's many checks."""
    number = int.from_bytes(digest[:16]) & _UUID5_KEPT | _UUID5_SET
    made = object.__new__(uuid.UUID)
    object.__setattr__(made, "int", number)
    object.__setattr__(made, "is_safe", _UNKNOWN)
    return made
