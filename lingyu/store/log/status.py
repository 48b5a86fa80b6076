"""How the log is: what it holds, what waits, what is wrong with it. For a command, a page, a monitor.

Holds the numbers and the codes of troubles; words for them are of whoever shows them. Changes nothing.
"""

import shutil
import sqlite3
from collections.abc import Callable
from datetime import date

import msgspec

from ..inbox import Inbox, files
from . import damage
from .calendar import date_of
from .catalog import KINDS

# Below so many bytes free, or so many requests waiting, somebody has to look.
LOW_DISK, MANY_WAITING = 2**30, 100_000


class Kind(msgspec.Struct, frozen=True):
    """Live files of one kind."""

    files: int
    rows: int
    bytes: int


class Left(msgspec.Struct, frozen=True):
    """A damaged file of facts, which no answer counts."""

    day: date
    path: str
    rows: int
    why: str


class Status(msgspec.Struct, frozen=True, kw_only=True):
    """All of it. `copied_at` is when the catalog was copied last, in seconds since 1970."""

    folder: str
    zone: str
    first_day: date | None
    last_day: date | None
    facts: int
    doubles: int
    people: int
    joins: int
    names: int
    sources: int
    erasures: int
    kinds: dict[str, Kind]
    stale_days: int
    waiting: int
    inbox_files: int
    unread_files: int
    set_aside_files: int
    copied_at: float
    free_bytes: int
    damaged: list[Left]
    troubles: list[str]


def status_of(log, inbox: Inbox) -> Status:
    """The log as it is now. Raises sqlite3.Error when its catalog cannot be read."""
    db, days = log.catalog.db(), sorted(log.catalog.days())
    kinds = {kind: _kind(log, kind) for kind in KINDS}
    left = [Left(date_of(one.day), one.path, one.rows, one.why) for one in damage.listed(log.catalog)]
    waiting, unreadable = _waiting(inbox, log.catalog.positions())
    found = {
        "unread_files": len(list(inbox.unread.glob(f"*{files.SUFFIX}"))),
        "set_aside_files": len(list(inbox.damaged.glob(f"*{files.SUFFIX}"))) + unreadable,
        "free_bytes": shutil.disk_usage(log.folder).free,
        "waiting": waiting,
    }
    return Status(
        folder=str(log.folder),
        zone=log.zone.key,
        first_day=date_of(days[0]) if days else None,
        last_day=date_of(days[-1]) if days else None,
        facts=kinds["facts"].rows,
        doubles=_one(db, "select doubles from meta"),
        people=log.catalog.people(),
        joins=_one(db, "select count(*) from joined where state = 'active'"),
        names=len(log.catalog.names()),
        sources=len(log.catalog.sources()),
        erasures=_one(db, "select count(*) from erased"),
        kinds=kinds,
        stale_days=len(log.derived.stale()),
        inbox_files=len(inbox.files()),
        copied_at=log.kept.at(),
        damaged=left,
        troubles=_troubles(log, left, **found),
        **found,
    )


def look_through(log, progress: Callable[[int], None] = lambda done: None) -> list[str]:
    """Read every file of the log and compare it with what was written; paths of those that are damaged.

    They are noted, as if they had been met. Raises sqlite3.DatabaseError for a damaged catalog.
    """
    said = _one(log.catalog.db(), "pragma quick_check(1)")
    if said != "ok":
        raise sqlite3.DatabaseError(f"the catalog is damaged: {said}")
    found = []
    for done, segment in enumerate([s for kind in KINDS for s in log.catalog.live(kind)], 1):
        found += [bad.path for bad in damage.check(log, [segment])]
        progress(done)
    return found


def _kind(log, kind: str) -> Kind:
    live = log.catalog.live(kind)
    return Kind(len(live), sum(s.rows for s in live), sum(s.bytes for s in live))


def _one(db, sql: str):
    return db.execute(sql).fetchone()[0]


def _waiting(inbox: Inbox, positions: dict[str, int]) -> tuple[int, int]:
    """Requests that are not in the log yet, and files of which that cannot be said."""
    waiting = unreadable = 0
    for path in inbox.files():
        try:
            waiting += max(files.last(path) - positions.get(path.name, 0), 0)
        except FileNotFoundError:
            continue
        except (files.Damaged, files.OtherFormat, sqlite3.Error):
            unreadable += path.exists()
    return waiting, unreadable


def _troubles(log, left: list[Left], *, unread_files, set_aside_files, free_bytes, waiting) -> list[str]:
    """Codes of what somebody has to look at."""
    noted = {
        "facts_damaged": bool(left),
        "catalog_was_damaged": (log.folder / "damaged").is_dir(),
        "requests_unread": unread_files > 0,
        "inbox_damaged": set_aside_files > 0,
        "disk_low": free_bytes < LOW_DISK,
        "far_behind": waiting > MANY_WAITING,
    }
    return [code for code, holds in noted.items() if holds]
