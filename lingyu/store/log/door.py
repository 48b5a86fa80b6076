"""The log of this house: its folder, its parts, and the lease under which one process at a time writes.

Holds what the parts share. One DuckDB in memory a process, one question at a time
(`engines.duck.gate`).
"""

import contextlib
import fcntl
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
from . import ids
from .calendar import Calendar
from .catalog import Catalog, Segment
from .derived import Derived
from .segments import Segments


class Busy(RuntimeError):
    """Another process writes the log."""


class Log:
    """Facts below `folder`, by days of `zone`; `memory` is DuckDB's limit for this process."""

    def __init__(self, folder: Path, zone: str = "Asia/Shanghai", memory: str = "1GB"):
        self.folder, self.zone = Path(folder), ZoneInfo(zone)
        self.calendar = Calendar(self.zone)
        self.catalog = Catalog(self.folder, zone)
        self.gate = Gate(self.folder / "spill", memory)
        self.segments = Segments(self.folder, self.gate.connection)

    @cached_property
    def derived(self) -> Derived:
        """What is made out of the facts of a day."""
        return Derived(self)

    def new_ids(self, day: int, found: np.ndarray) -> Segment:
        """A run of a day's ids, written and synced, not listed yet."""
        path = f"ids/{day}_{uuid.uuid4().hex}.npy"
        return Segment("ids", day, path, len(found), ids.write(self.folder / path, found))

    @contextlib.contextmanager
    def lease(self, wait: bool = True, of: str = "lease") -> Iterator[None]:
        """Be the only one who writes (or does what `of` names); a dead process gives it back by itself.

        Raises Busy.
        """
        with (self.folder / f"{of}.lock").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
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
