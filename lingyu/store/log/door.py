"""The log of this house: its folder, its parts, and the lease under which one process at a time writes.

Holds what the parts share. One DuckDB in memory a process, one question at a time
(`engines.duck.gate`).
"""

import contextlib
import fcntl
import sqlite3
import threading
import uuid
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
from django.conf import settings

from ..engines.duck.gate import Gate
from ..inbox import Inbox
from . import damage, ids, keeping
from .calendar import Calendar
from .catalog import Catalog, Segment, written
from .derived import Derived
from .keeping import Kept
from .segments import Segments


class Busy(RuntimeError):
    """Another process writes the log."""


class Log:
    """Facts below `folder`, by days of `zone`; `memory` is DuckDB's limit for this process."""

    def __init__(self, folder: Path, zone: str = "Asia/Shanghai", memory: str = "1GB"):
        self.folder, self.zone = Path(folder), ZoneInfo(zone)
        self.calendar = Calendar(self.zone)
        self.catalog = self._catalog(zone)
        self.gate = Gate(self.folder / "spill", memory)
        self.kept = Kept(self.folder)
        self.segments = Segments(self.folder, self.gate.connection)
        # Paths of runs of ids that this process has found to be as they were written.
        self.sound: set[str] = set()

    def _catalog(self, zone: str) -> Catalog:
        """The catalog; its copy when it cannot even be opened. Raises EngineError, Busy."""
        try:
            return Catalog(self.folder, zone)
        except sqlite3.DatabaseError as error:
            if not keeping.is_of_the_catalog(error):
                raise
            with self.lease(wait=False):
                keeping.put_back(self.folder)
            return Catalog(self.folder, zone)

    @cached_property
    def derived(self) -> Derived:
        """What is made out of the facts of a day."""
        return Derived(self)

    def new_ids(self, day: int, found: np.ndarray) -> Segment:
        """A run of a day's ids, written and synced, not listed yet."""
        path = f"ids/{day}_{uuid.uuid4().hex}.npy"
        ids.write(self.folder / path, found)
        return written(self.folder, "ids", day, path, len(found))

    def runs(self, first: int, last: int) -> list[np.ndarray]:
        """The ids of these days, a run each; those of a damaged file are left out, and it is struck."""
        return damage.sound_runs(self, self.catalog.live("ids", first, last))

    @contextlib.contextmanager
    def lease(self, wait: bool = True, of: str = "lease") -> Iterator[None]:
        """Be the only one who writes (or does what `of` names); a dead process gives it back by itself.

        Whoever waits is next: they hold the place before the door, which is asked for first, so that one
        who comes again and again does not keep the others out. Raises Busy.
        """
        how = fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB)
        with contextlib.ExitStack() as held:
            file = held.enter_context((self.folder / f"{of}.lock").open("w"))
            try:
                with (self.folder / f"{of}.next").open("w") as place:
                    fcntl.flock(place, how)
                    fcntl.flock(file, how)
            except BlockingIOError:
                raise Busy(f"another process has the log's {of}") from None
            yield


_logs: dict[tuple, Log] = {}
_making = threading.Lock()


def log() -> Log:
    """The one of the settings; one a process."""
    key = (Path(settings.LINGYU_STORE) / "log", settings.TIME_ZONE, settings.LINGYU_QUERY_MEMORY)
    with _making:
        if key not in _logs:
            _logs[key] = Log(*key)
        return _logs[key]


def inbox() -> Inbox:
    """The inbox that this house's collectors write."""
    return Inbox(Path(settings.LINGYU_STORE) / "inbox")
