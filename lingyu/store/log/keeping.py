"""A copy of the catalog beside it: when the catalog is damaged it takes its place, and nothing is lost.

What the copy does not know yet is still there: a file of the inbox is forgotten, and a dead file unlinked,
only once a copy was made that has taken note of it. So whoever puts the copy in the catalog's place has all
requests since then come in again, with the same ids. The copy is looked through before it counts.
"""

import contextlib
import logging
import os
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

from ..disk import sync
from ..engines.base import EngineError
from ..inbox.files import companions, is_damage

CATALOG, COPY = "catalog.sqlite3", "catalog-copy.sqlite3"
# Seconds between two copies, and how many times as long as one takes.
PAUSE, TIMES = 60.0, 50
# Put into the place of the catalog, versions go on from far beyond: no cache takes them for others.
LEAP = 1_000_000
# Told from when on (seconds since 1970) facts that do not come by the inbox have to come again.
PUT_BACK: list[Callable[[float], None]] = []
_log = logging.getLogger(__name__)


class Kept:
    """What this process knows of the copy: up to where it read the inbox, and when the next one is due."""

    def __init__(self, folder: Path):
        self.path, self.due = folder / COPY, 0.0
        self._positions: tuple[float, dict[str, int]] = (-1.0, {})

    def at(self) -> float:
        """When it was made, in seconds since 1970; nought when there is none."""
        try:
            return self.path.stat().st_mtime
        except FileNotFoundError:
            return 0.0

    def positions(self) -> dict[str, int]:
        """How far it has read each file of the inbox."""
        if (at := self.at()) != self._positions[0]:
            found: dict[str, int] = {}
            if at:
                with contextlib.closing(sqlite3.connect(self.path)) as db:
                    found = dict(db.execute("select file, seq from position"))
            self._positions = (at, found)
        return self._positions[1]


def keep(log, at_once: bool = False) -> bool:
    """Make the copy anew if its time has come; whether it was. Under the lease.

    Raises sqlite3.DatabaseError when it turns out that the catalog is damaged; the copy before stays.
    """
    kept, began = log.kept, time.monotonic()
    if not at_once and began < kept.due:
        return False
    part, now = kept.path.with_suffix(".part"), time.time()
    for path in (part, *companions(part)):
        path.unlink(missing_ok=True)
    snapshot(log.catalog.db(), part)
    # It is as old as its beginning: by that, other processes know what it covers.
    os.utime(part, (now, now))
    sync([part])
    part.replace(kept.path)
    sync([kept.path])
    kept.due = time.monotonic() + max(PAUSE, TIMES * (time.monotonic() - began))
    return True


def snapshot(source: sqlite3.Connection, path: Path) -> None:
    """A consistent copy of a SQLite file that may be written meanwhile; one file, in no journal.

    Raises sqlite3.DatabaseError when what was copied is damaged.
    """
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as copy:
        source.backup(copy)
        copy.execute("pragma journal_mode=delete")
        said = copy.execute("pragma quick_check(1)").fetchone()[0]
        if said != "ok":
            raise corrupt(f"a page of it is damaged: {said}")


def corrupt(why: str) -> sqlite3.DatabaseError:
    """An error as SQLite raises it for damaged content."""
    error = sqlite3.DatabaseError(why)
    error.sqlite_errorname = "SQLITE_CORRUPT"
    return error


def covered(log) -> dict[str, int]:
    """How far the inbox may be forgotten: as far as the catalog's copy has taken note of it."""
    if log.kept.positions() != log.catalog.positions():
        keep(log)
    return log.kept.positions()


def put_back(folder: Path) -> None:
    """Put the copy in the place of a damaged catalog; the damaged one is set aside. Under the lease.

    Raises EngineError when there is no copy.
    """
    kept, catalog = Kept(folder), folder / CATALOG
    if not (at := kept.at()):
        raise EngineError(f"the catalog in {folder} is damaged, and there is no copy of it: restore a backup")
    aside = folder / "damaged" / str(int(time.time()))
    aside.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = catalog.with_suffix(".part")
    fresh.unlink(missing_ok=True)
    with contextlib.closing(sqlite3.connect(kept.path)) as copy:
        snapshot(copy, fresh)
    with contextlib.closing(sqlite3.connect(fresh, isolation_level=None)) as db:
        db.execute("update meta set version = version + ?1, joins = joins + ?1", (LEAP,))
    sync([fresh])
    for path in (*companions(catalog), catalog):
        if path.exists():
            path.rename(aside / path.name)
    fresh.rename(catalog)
    sync([catalog])
    _log.error(
        "log: the catalog was damaged; its copy is in its place, the damaged one in %s. "
        "What came since then is read again.",
        aside,
    )
    for told in PUT_BACK:
        told(at)


def is_of_the_catalog(error: Exception) -> bool:
    """Whether an error says that what the catalog holds is damaged."""
    return isinstance(error, sqlite3.Error) and is_damage(error)
