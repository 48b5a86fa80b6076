"""Entries into the inbox: some hundred a request, durable before the next ones are read.

An entry's id is that which the file gives it; without one, its content and how many equal ones stand before
it in the file: so the same file again brings nothing new, and two equal rows are two events.
"""

import hashlib
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice

import msgspec

from lingyu.store.inbox import Row, Writer

from .protocol import CODE
from .reading import Entry

# Events of one request.
TOGETHER = 500
_encode = msgspec.json.Encoder(order="deterministic").encode


def send(entries: Iterable[Entry], writer: Writer, *, source: str, file: str) -> int:
    """Put entries into the inbox; how many. Raises Unavailable: what was put before that is there."""
    sent, entries = 0, _identified(entries)
    while some := list(islice(entries, TOGETHER)):
        writer.put_and_wait(_request(some, source, file))
        sent += len(some)
    return sent


def _request(some: list[list], source: str, file: str) -> Row:
    received = time.time_ns() // 1_000
    return Row(source, CODE, received, "", "", "", len(some), "FILE", file[:200], b"{}", _encode(some))


def _identified(entries: Iterable[Entry]) -> Iterator[list]:
    """What the reader is given of each: id, name, microseconds, person, visitor, properties."""
    seen: Counter[bytes] = Counter()
    for entry in entries:
        at = round(entry.at.timestamp() * 1_000_000)
        told = [entry.name, at, entry.person, entry.visitor, entry.properties]
        if entry.id:
            yield [f"row {entry.id}", *told]
            continue
        digest = hashlib.blake2b(_encode(told), digest_size=12).digest()
        seen[digest] += 1
        yield [f"row {digest.hex()} {seen[digest]}", *told]
