"""Writing the inbox: requests of a few milliseconds in one commit, each acknowledged after it and not before.

Holds the one thread of a process that commits. Does not know HTTP: whoever puts a row gives a function that
is called, once, with nothing or with what went wrong.
"""

import contextlib
import fcntl
import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import IO

from . import files
from .files import Row
from .inbox import Inbox

# Called in the committing thread with the outcomes of one group.
Told = Callable[[Exception | None], None]

# A file is closed and the next one begun when it has grown to so many bytes, or is so many seconds old:
# only closed files can be forgotten, and what lies there is personal data.
FILE_BYTES = 256 * 2**20
FILE_SECONDS = 600.0
# Bytes and rows of one commit, and bytes that may wait: what one process can hold in memory for it.
GATHER_SECONDS = 0.001
GROUP_BYTES, GROUP_ROWS = 32 * 2**20, 2_000
WAITING_BYTES = 128 * 2**20

_log = logging.getLogger(__name__)


class Unavailable(RuntimeError):
    """The inbox cannot be written at present (disk full, read-only, away): nothing was acknowledged."""


class Full(Unavailable):
    """More is waiting for the disk than may wait; come back in a moment."""


class Writer:
    """One process's way into the inbox. `start()` it in the process that writes, after any fork."""

    def __init__(self, inbox: Inbox, *, file_bytes: int = FILE_BYTES, file_seconds: float = FILE_SECONDS):
        self.inbox, self.file_bytes, self.file_seconds = inbox, file_bytes, file_seconds
        self._db: sqlite3.Connection | None = None
        self._path: Path | None = None
        self._lock: IO | None = None
        self._written, self._born = 0, 0.0
        self._waiting: list[tuple[Row, Told]] = []
        self._bytes = 0
        self._wake = threading.Condition()
        self._stopping = False
        self._thread: threading.Thread | None = None
        self._closers: list[threading.Thread] = []

    def start(self) -> "Writer":
        """Begin to commit; may be called again."""
        with self._wake:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="inbox", daemon=True)
                self._thread.start()
        return self

    def put(self, row: Row, told: Told) -> None:
        """Have `row` committed with its neighbours; then `told(None)`, or `told(error)`. Raises Full."""
        with self._wake:
            if self._bytes > WAITING_BYTES:
                raise Full("too much is waiting for the disk")
            self._bytes += len(row.body)
            self._waiting.append((row, told))
            if len(self._waiting) == 1:
                self._wake.notify()

    def put_and_wait(self, row: Row, timeout: float = 30.0) -> None:
        """`put`, and wait until it is on disk. Raises Unavailable."""
        done: Future = Future()
        self.put(row, lambda error: done.set_exception(error) if error else done.set_result(None))
        try:
            done.result(timeout)
        except TimeoutError:
            raise Unavailable("the disk takes too long") from None

    def stop(self) -> None:
        """Commit what waits, close the file, end the thread."""
        with self._wake:
            self._stopping = True
            self._wake.notify()
        if self._thread:
            self._thread.join()
        for closer in self._closers:
            closer.join()

    def _run(self) -> None:
        while True:
            with self._wake:
                if not self._waiting and not self._stopping:
                    self._wake.wait(timeout=max(self.file_seconds / 10, 0.01))
                gathers = bool(self._waiting) and not self._stopping
            if gathers:
                # Whoever comes in the meantime shares the sync; and the answering thread keeps its processor.
                time.sleep(GATHER_SECONDS)
            with self._wake:
                group = self._take()
                ending = self._stopping and not group
            if group:
                self._commit(group)
            if self._path and (ending or self._is_old()):
                self.rotate()
            if ending:
                return

    def _take(self) -> list[tuple[Row, Told]]:
        """The next group, in the order in which its rows were put."""
        size = number = 0
        for row, _ in self._waiting[:GROUP_ROWS]:
            size += len(row.body)
            number += 1
            if size > GROUP_BYTES:
                break
        group, self._waiting = self._waiting[:number], self._waiting[number:]
        self._bytes -= size
        return group

    def _commit(self, group: list[tuple[Row, Told]]) -> None:
        error = self._write([row for row, _ in group])
        for _, told in group:
            try:
                told(error)
            except Exception:
                _log.exception("inbox: whoever waited could not be told")

    def _write(self, rows: Sequence[Row]) -> Exception | None:
        """Commit `rows`; what went wrong, if anything. Goes on with a new file when this one is damaged."""
        for _attempt in range(2):
            try:
                files.add(self._open(), rows)
                self._written += sum(len(row.body) + 400 for row in rows)
                return None
            except (sqlite3.Error, OSError) as error:
                failure = error
                damaged = isinstance(error, sqlite3.Error) and files.is_damage(error)
                self._drop(damaged)
                if not damaged:
                    break
        _log.error("inbox: %s", failure)
        return Unavailable(str(failure))

    def _open(self) -> sqlite3.Connection:
        if self._db is None:
            fresh = self._path is None
            path = self._path or self.inbox.new_path()
            lock = self._lock or files.lock_file(path).open("a")
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self._db = files.create(path)
            except (sqlite3.Error, OSError):
                if fresh:
                    lock.close()
                    with contextlib.suppress(OSError):
                        files.remove(path)
                raise
            if fresh:
                self._path, self._lock, self._written, self._born = path, lock, 0, time.monotonic()
        return self._db

    def _drop(self, damaged: bool) -> None:
        """Give up the connection, so that the next attempt begins afresh; of a damaged file also the file."""
        if self._db:
            with contextlib.suppress(sqlite3.Error):
                self._db.close()
        self._db = None
        if damaged and self._path:
            path = self._leave()
            with contextlib.suppress(OSError):
                self.inbox.set_aside(path)

    def _is_old(self) -> bool:
        grown = self._written >= self.file_bytes
        return grown or (self._written > 0 and time.monotonic() - self._born >= self.file_seconds)

    def rotate(self) -> None:
        """Close the file, so that it can be forgotten once it is compacted; the next row begins another.

        Closing moves the log into the file, which takes a while: another thread does it.
        """
        db, lock = self._db, self._lock
        self._db = self._path = self._lock = None
        self._closers = [c for c in self._closers if c.is_alive()]
        closer = threading.Thread(target=_close, args=(db, lock), name="inbox-close")
        closer.start()
        self._closers.append(closer)

    def _leave(self) -> Path:
        path, self._path = self._path, None
        if self._lock:
            self._lock.close()
        self._lock = None
        return path


def _close(db: sqlite3.Connection | None, lock: IO | None) -> None:
    """Close a file and only then give it up."""
    if db:
        with contextlib.suppress(sqlite3.Error):
            db.close()
    if lock:
        lock.close()
