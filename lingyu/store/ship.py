"""Shipping: facts from the outbox into the event store, by state and repeatably.

An envelope is waiting until `shipped_at` is set; it is set after the engine has put the facts on
disk. A shipper killed in between leaves the envelope waiting, and the next one sends it again:
the engine leaves out what it has. Never a high-water mark: transactions commit out of order.
"""

import contextlib
import fcntl
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.db import Error, connection
from django.utils import timezone

from lingyu.kernel.events import EVENTS

from .engines import engine
from .models import Envelope

# Bytes of JSON taken at a time: bounds the memory and the work that a kill can waste.
BATCH_BYTES = 128 * 2**20
# Facts are some 350 bytes: an estimate is enough to bound a batch.
FACT_BYTES = 350
# Envelopes looked at for one batch.
BATCH_ENVELOPES = 20_000
# "lingyu" as a number: the advisory lock of PostgreSQL under which one shipper runs.
_ADVISORY_LOCK = 0x6C696E677975


class Busy(RuntimeError):
    """Another process is shipping."""


def ship_all(progress: Callable[[int], None] = lambda shipped: None, wait: bool = True) -> int:
    """Ship everything that waits; returns how many facts were new to the store.

    Waits for another shipper to finish first, or raises Busy when `wait` is false. `progress` is
    told the number of envelopes done. Call it outside of a transaction: it sends what it sees.
    """
    new = done = 0
    with lease(wait):
        _clear_workplace()
        while batch := _next_batch():
            new += _ship(batch)
            done += len(batch)
            progress(done)
    return new


def _next_batch() -> list[tuple]:
    """(id, size) of the oldest waiting envelopes, up to a batch's worth of bytes.

    Envelopes of events that no room declares any more wait on: their room may come back.
    """
    batch, size = [], 0
    rows = Envelope.objects.waiting().filter(event__in=list(EVENTS)).values_list("id", "size")
    for row in rows[:BATCH_ENVELOPES]:
        size += row[1] * FACT_BYTES
        batch.append(row)
        if size >= BATCH_BYTES:
            break
    return batch


def _ship(batch: list[tuple]) -> int:
    """Write the bodies of one batch to files by event, hand them to the engine, mark them shipped."""
    ids = [row[0] for row in batch]
    with tempfile.TemporaryDirectory(prefix="ship-", dir=_workplace()) as folder:
        new = engine().append(_unpack(ids, Path(folder)))
    now = timezone.now()
    for start in range(0, len(ids), 500):
        Envelope.objects.filter(id__in=ids[start : start + 500]).update(shipped_at=now)
    return new


def _unpack(ids: list, folder: Path) -> list[tuple[str, Path]]:
    """The bodies of envelopes as one file of JSON lines an event."""
    files: dict[str, Path] = {}
    with contextlib.ExitStack() as stack:
        handles: dict = {}
        for start in range(0, len(ids), 200):
            rows = Envelope.objects.filter(id__in=ids[start : start + 200]).order_by("id")
            for event, body in rows.values_list("event", "body"):
                if event not in handles:
                    files[event] = folder / f"{len(files)}.jsonl"
                    handles[event] = stack.enter_context(files[event].open("wb"))
                handles[event].write(body)
    return list(files.items())


def _workplace() -> Path:
    """Where bodies lie for a moment: on the data folder's disk, which is large enough for them."""
    folder = Path(settings.LINGYU_STORE) / "spill"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _clear_workplace() -> None:
    """Remove what a killed shipper left behind; safe under the lease."""
    for folder in _workplace().glob("ship-*"):
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def lease(wait: bool = True) -> Iterator[None]:
    """Be the only shipper: locks that a dead process gives back by itself.

    The data folder's lock holds between the processes of a machine, and also while the database
    is away; PostgreSQL's between machines. Raises Busy when `wait` is false and another one ships.
    """
    with _folder_lock(wait):
        if connection.vendor != "postgresql":
            yield
            return
        with _advisory_lock(wait):
            yield


@contextlib.contextmanager
def _folder_lock(wait: bool) -> Iterator[None]:
    folder = Path(settings.LINGYU_STORE)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "ship.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            raise Busy("another process is shipping") from None
        yield


@contextlib.contextmanager
def _advisory_lock(wait: bool) -> Iterator[None]:
    with connection.cursor() as cursor:
        if wait:
            cursor.execute("select pg_advisory_lock(%s)", [_ADVISORY_LOCK])
        else:
            cursor.execute("select pg_try_advisory_lock(%s)", [_ADVISORY_LOCK])
            if not cursor.fetchone()[0]:
                raise Busy("another process is shipping")
        try:
            yield
        finally:
            # A connection that broke has given the lock back, and its own error matters more.
            with contextlib.suppress(Error):
                cursor.execute("select pg_advisory_unlock(%s)", [_ADVISORY_LOCK])
