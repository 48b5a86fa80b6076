"""What the protocol doctor knows: which faults and repairs each source had lately, how often, with a sample.

Holds a small SQLite file of its own beside the inbox. It is fed by a thread with what it can take: a request
never waits for it, and what is too much is only counted where it is dropped. It also reads a sample of
what was accepted, so that what a reading mends is told before anything is compacted. Does not say what
to do about a fault: see `remedies`.
"""

import contextlib
import logging
import queue
import sqlite3
import threading
import time
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from lingyu.kernel.facts import Remark, read

# Kinds of remarks that are kept of one source; those seen last.
EACH_SOURCE = 100
SAMPLE = 600
# What may wait; a share of one processor that reading samples may take.
WAITING, SHARE = 500, 0.01
_TABLE = """
create table if not exists remark (
    source text not null, protocol text not null, kind text not null, code text not null,
    field text not null, detail text not null, sample text not null, times integer not null,
    first_at real not null, last_at real not null,
    primary key (source, protocol, kind, code, field)
) without rowid
"""
_NOTE = """
insert into remark values (?, ?, ?, ?, ?, ?, ?, 1, ?, ?)
on conflict do update set times = times + 1, last_at = excluded.last_at, detail = excluded.detail,
    sample = case when excluded.sample = '' then sample else excluded.sample end
"""
_PRUNE = """
delete from remark where source = ?1 and (protocol, kind, code, field) not in
    (select protocol, kind, code, field from remark where source = ?1 order by last_at desc limit ?2)
"""
_log = logging.getLogger(__name__)


class Finding(NamedTuple):
    """One kind of remark on a source: how often, since when, last when (seconds since 1970)."""

    source: str
    protocol: str
    kind: str
    code: str
    field: str
    detail: str
    sample: str
    times: int
    first_at: float
    last_at: float


class Doctor:
    """The remarks kept in `path`."""

    def __init__(self, path: Path):
        self.path = Path(path)
        self._queue: queue.Queue = queue.Queue(WAITING)
        self._thread: threading.Thread | None = None

    def start(self) -> "Doctor":
        """Begin to take what is told."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="doctor", daemon=True)
            self._thread.start()
        return self

    def tell(self, source: str, protocol: str, remarks: Iterable[Remark]) -> None:
        """Note remarks when there is time; never waits."""
        if self._queue.qsize() < WAITING:
            with contextlib.suppress(queue.Full):
                self._queue.put_nowait((source, protocol, tuple(remarks)))

    def show(self, row) -> None:
        """Have a look at a kept request when there is time; never waits."""
        if self._queue.empty():
            with contextlib.suppress(queue.Full):
                self._queue.put_nowait((row.source, row.protocol, row))

    def _run(self) -> None:
        while True:
            self._work(*self._queue.get())

    def _work(self, source: str, protocol: str, told) -> None:
        began = time.thread_time()
        try:
            self.note(source, protocol, told if isinstance(told, tuple) else read(told).remarks)
        except Exception:
            _log.exception("doctor: a remark could not be noted")
        if not isinstance(told, tuple):
            time.sleep((time.thread_time() - began) * (1 / SHARE))

    def note(self, source: str, protocol: str, remarks: Iterable[Remark], at: float | None = None) -> None:
        """Write remarks down. Raises sqlite3.Error."""
        now = time.time() if at is None else at
        rows = [
            (
                source,
                protocol,
                r.kind,
                r.code,
                r.field[:200],
                r.detail[:300],
                r.sample[:SAMPLE],
                now,
                now,
            )
            for r in remarks
        ]
        if not rows:
            return
        with contextlib.closing(self._open()) as db, db:
            db.executemany(_NOTE, rows)
            db.execute(_PRUNE, (source, EACH_SOURCE))

    def findings(self, source: str | None = None) -> list[Finding]:
        """Of one source ("" is what belonged to none), or of all; the last one first."""
        if not self.path.exists():
            return []
        with contextlib.closing(self._open()) as db:
            rows = db.execute("select * from remark order by last_at desc").fetchall()
        return [f for f in map(Finding._make, rows) if source is None or f.source == source]

    def _open(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        db = sqlite3.connect(self.path, timeout=5)
        try:
            db.execute("pragma journal_mode=wal")
            db.execute("pragma synchronous=normal")
            db.execute(_TABLE)
        except sqlite3.DatabaseError as error:
            db.close()
            if getattr(error, "sqlite_errorname", "") not in ("SQLITE_CORRUPT", "SQLITE_NOTADB"):
                raise
            # Nothing that can't be told again: begin anew.
            self.path.unlink(missing_ok=True)
            return self._open()
        return db
