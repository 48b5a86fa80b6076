"""The parts of a collecting process, put together from the settings: sources, door, inbox, doctor.

Holds one of each a process, made at the first request: servers fork or spawn before that.
"""

import hashlib
import threading
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db import close_old_connections

from lingyu.store.inbox import Inbox, Writer

from .book import Book, Entry
from .doctor import Doctor
from .door import Door
from .models import Source

_making = threading.Lock()


class Parts(NamedTuple):
    """What a transport needs."""

    door: Door
    writer: Writer
    doctor: Doctor


def inbox() -> Inbox:
    """The inbox of this house."""
    return Inbox(Path(settings.LINGYU_STORE) / "inbox")


def doctor() -> Doctor:
    """The doctor of this house."""
    return Doctor(Path(settings.LINGYU_STORE) / "doctor.sqlite3")


def secret() -> bytes:
    """What keys the digests of senders: of the site's secret key, and good for nothing else."""
    return hashlib.blake2b(settings.SECRET_KEY.encode(), digest_size=32, person=b"lingyu collect").digest()


def parts() -> Parts:
    """This process's parts, running."""
    with _making:
        return _parts()


@cache
def _parts() -> Parts:
    return Parts(Door(Book(_load_again).start(), secret()), Writer(inbox()).start(), doctor().start())


def _load_again() -> Iterable[Entry]:
    """The same, in a thread that outlives its connections: one that broke is opened anew."""
    close_old_connections()
    return load_entries()


def load_entries() -> Iterable[Entry]:
    """All sources, from the database."""
    return [entry_of(source) for source in Source.objects.all()]


def entry_of(source: Source) -> Entry:
    """A source as the request path needs it."""
    return Entry(
        id=str(source.id),
        prefix=source.prefix,
        name=source.name,
        keys=frozenset([source.key, *source.other_names()]),
        previous=source.previous_key,
        previous_until=source.previous_until,
        protocols=frozenset(source.protocols.split()),
        origins=frozenset(origin.lower() for origin in source.origins.split()),
        per_minute=source.per_minute,
        is_on=source.stopped_at is None,
    )
