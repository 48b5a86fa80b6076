"""Making the log anew by the days of another zone: every fact goes to the day that it now lies in.

All files are written before one transaction puts them in the place of the old ones: until then, and after a
kill, the log is as it was. Needs room on disk for the facts once more. What is made out of days is made anew
afterwards, as after any change. Ids are listed for the days beside theirs, too: a fact may have moved by one,
and is looked for by one to each side.
"""

import shutil
import time
from pathlib import Path
from zoneinfo import ZoneInfo

from ..engines.base import EngineError
from . import damage, keeping, layout
from .calendar import Calendar
from .catalog import Segment, publish
from .door import Log


def rezone(folder: Path, zone: str, memory: str = "1GB") -> tuple[int, int]:
    """(facts, the version that the log has now); nothing is done, and version nought, if it has that zone.

    Raises EngineError.
    """
    before = layout.zone_of(folder / "catalog.sqlite3")
    if before in (None, zone):
        log = Log(folder, zone, memory)
        return sum(log.catalog.rows().values()), 0
    old, new = Log(folder, before, memory), Calendar(ZoneInfo(zone))
    with old.lease():
        _check(old)
        born, rows = _facts(old, new)
        born += _ids(old, rows)
        with old.catalog.writing() as db:
            _put(db, zone, born, rows)
            version = db.execute("select version from meta").fetchone()[0]
        keeping.keep(old, at_once=True)
    return sum(rows.values()), version


def _check(old: Log) -> None:
    if damage.listed(old.catalog):
        raise EngineError("files of facts are damaged: mend the log first (`lingyu log mend`)")
    needed = sum(segment.bytes for kind in ("facts", "ids") for segment in old.catalog.live(kind))
    if (free := shutil.disk_usage(old.folder).free) < 3 * needed:
        raise EngineError(f"making the log anew needs {3 * needed} bytes on disk, and {free} are free")


def _facts(old: Log, new: Calendar) -> tuple[list[Segment], dict[int, int]]:
    """New files of facts, and how many facts each new day has."""
    known = sorted(old.catalog.days())
    born: list[Segment] = []
    for day in sorted({day + move for day in known for move in (-1, 0, 1)}):
        # Zones are at most 26 hours apart.
        near = old.catalog.live("facts", day - 2, day + 2)
        if near:
            born += old.segments.between(near, new.start(day), new.start(day + 1), day)
    rows: dict[int, int] = {}
    for segment in born:
        rows[segment.day] = rows.get(segment.day, 0) + segment.rows
    if sum(rows.values()) != sum(old.catalog.rows().values()):
        raise EngineError("making the log anew would have changed the number of facts; nothing was changed")
    return born, rows


def _ids(old: Log, rows: dict[int, int]) -> list[Segment]:
    """Runs of ids for new days, where all days from which its facts come have theirs still."""
    counts = old.catalog.rows()
    kept = {day: old.catalog.live("ids", day, day) for day in counts}
    whole = {day for day, runs in kept.items() if sum(run.rows for run in runs) >= counts[day]}
    born = []
    for day in rows:
        near = [other for other in (day - 2, day - 1, day, day + 1, day + 2) if other in counts]
        if whole.issuperset(near):
            for other in near:
                born += [old.new_ids(day, run) for run in damage.sound_runs(old, kept[other])]
    return born


def _put(db, zone: str, born: list[Segment], rows: dict[int, int]) -> None:
    db.execute("update segment set died_at = ? where died_at is null", (time.time(),))
    publish(db, born)
    version = db.execute(
        "update meta set zone = ?, version = version + 1, joins = joins + 1 returning version", (zone,)
    ).fetchone()[0]
    db.execute("delete from day")
    db.executemany("insert into day values (?, ?, ?)", [(day, version, count) for day, count in rows.items()])
