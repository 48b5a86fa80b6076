"""What of the log cannot be read any more: found, noted, left out of answers, and told with each of them.

A file is compared with the digest that was noted when it was written: a disk may change bytes in such a way
that Parquet reads them, and only says something else. What can be made again (derived files) or done without
(ids: `compacting` compares by content then) is struck at once. A file of facts stays where it is, and is
listed as damaged until it is whole again, or an operator gives it up. Holds no repair: a backup has the file.
"""

import hashlib
import logging
import re
import sqlite3
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple, TypeVar

import duckdb
import msgspec
import numpy as np

from ..engines.duck.sql import literal
from . import ids
from .catalog import Segment, touch
from .columns import COLUMNS

_log = logging.getLogger(__name__)
# What reading a file raises that is not one, or not whole.
UNREADABLE = (ValueError, EOFError, OSError, msgspec.MsgspecError)
_NAMED = re.compile(r"facts/-?\d+_[0-9a-f]{32}[.]parquet")
Found = TypeVar("Found")


class Damaged(NamedTuple):
    """A file of facts that is left out: how many facts of which day, what is wrong, since when (seconds)."""

    day: int
    path: str
    rows: int
    why: str
    at: float


def listed(catalog) -> list[Damaged]:
    """The files of facts that are left out at present."""
    rows = catalog.db().execute(
        "select s.day, s.path, s.rows, d.why, d.at from damaged d join segment s on s.path = d.path "
        "where s.died_at is null order by s.day, s.path"
    )
    return [Damaged(*row) for row in rows]


def fault_of(folder: Path, segment: Segment) -> str:
    """What is wrong with a file; nothing when it is as it was written. The whole file is read."""
    try:
        with (folder / segment.path).open("rb") as file:
            if (size := file.seek(0, 2)) != segment.bytes:
                return f"it has {size} bytes, and had {segment.bytes}"
            file.seek(0)
            changed = segment.digest and hashlib.file_digest(file, "sha256").hexdigest() != segment.digest
    except OSError as error:
        return error.strerror or str(error)
    return "its bytes are not those that were written" if changed else ""


def check(log, segments: Iterable[Segment], stopped: Callable[[], bool] = lambda: False) -> list[Segment]:
    """Look whether these are as they were written; those that are not are noted, and answered."""
    found = []
    for segment in segments:
        if stopped():
            break
        if why := fault_of(log.folder, segment):
            note(log, segment, why)
            found.append(segment)
    return found


def note(log, segment: Segment, why: str) -> None:
    """Leave a file out from now on. When the catalog cannot be written, it is only told."""
    kept = segment.kind == "facts"
    _log.error("log: %s is damaged and is %s: %s", segment.path, "left out" if kept else "struck", why)
    try:
        with log.catalog.writing() as db:
            if kept:
                db.execute("insert or ignore into damaged values (?, ?, ?)", (segment.path, why, time.time()))
            else:
                db.execute("update segment set died_at = ? where path = ?", (time.time(), segment.path))
    except sqlite3.Error as error:
        _log.error("log: that could not be noted: %s", error)


def sound_runs(log, segments: Iterable[Segment]) -> list[np.ndarray]:
    """Runs of ids, each looked at once a process: what is wrong there would let a fact in twice."""
    found = []
    for segment in segments:
        if segment.path not in log.sound:
            if why := fault_of(log.folder, segment):
                note(log, segment, why)
                continue
            log.sound.add(segment.path)
        try:
            found.append(ids.read(log.folder / segment.path))
        except UNREADABLE as error:
            note(log, segment, str(error))
    return found


# --- Answering all the same -----------------------------------------------------------------------


def spared(log, sql: str, run: Callable[[str], Found], told: list[Damaged] | None = None) -> Found:
    """`run(sql)`; when that fails on files of facts, once more without those that are damaged.

    Those are added to `told`. An empty file stands in for each, so that the text can stay as it is.
    """
    try:
        return run(sql)
    except duckdb.Error as error:
        if not is_of_files(error):
            raise
        named = set(_NAMED.findall(sql))
        bad = {segment.path for segment in check(log, _known(log, named))}
        # Another process may have noted it since `sql` was made.
        bad |= {one.path for one in listed(log.catalog) if one.path in named}
        if not bad:
            raise
    if told is not None:
        told[:] = listed(log.catalog)
    stand_in = literal(str(_empty(log.folder)))
    for path in bad:
        sql = sql.replace(literal(str(log.folder / path)), stand_in)
    return run(sql)


def is_of_files(error: Exception) -> bool:
    """Whether reading failed, and not the question: DuckDB says some of it without a class of its own."""
    kinds = (duckdb.IOException, duckdb.InvalidInputException, duckdb.SerializationException)
    return isinstance(error, kinds) or type(error) is duckdb.Error


def _known(log, paths: set[str]) -> list[Segment]:
    return [segment for segment in log.catalog.live("facts") if segment.path in paths]


def _empty(folder: Path) -> Path:
    """A file of facts without any."""
    path = folder / "empty.parquet"
    if not path.exists():
        columns = ", ".join(f'NULL::{kind} AS "{name}"' for name, kind in COLUMNS.items())
        part = path.with_suffix(".part")
        with duckdb.connect() as db:
            db.execute(f"COPY (SELECT {columns} WHERE false) TO {literal(str(part))} (FORMAT parquet)")
        part.replace(path)
    return path


# --- Mending --------------------------------------------------------------------------------------


class Mended(NamedTuple):
    """How many files count again; which were given up, and how many facts were in them."""

    back: int
    gone: tuple[str, ...]
    facts: int


def mend(log, give_up: bool = False) -> Mended:
    """Count files again that are whole again; with `give_up`, strike the others. Under the log's lease.

    Files never change: the one of that name from a backup is the file.
    """
    back, gone = 0, []
    for one in listed(log.catalog):
        if not fault_of(log.folder, log.catalog.segment(one.path)):
            with log.catalog.writing() as db:
                _count_again(db, one)
            back += 1
        elif give_up:
            with log.catalog.writing() as db:
                _strike(db, one)
            gone.append(one)
    return Mended(back, tuple(one.path for one in gone), sum(one.rows for one in gone))


def _count_again(db, one: Damaged) -> None:
    db.execute("delete from damaged where path = ?", (one.path,))
    # What is made out of the day may have been made without it in the meantime.
    touch(db, {one.day: 0})


def _strike(db, one: Damaged) -> None:
    db.execute("delete from damaged where path = ?", (one.path,))
    db.execute("update segment set died_at = ? where path = ?", (time.time(), one.path))
    touch(db, {one.day: -one.rows})
    db.execute(
        "delete from day where number = ?1 and not exists (select 1 from segment "
        "where day = ?1 and kind = 'facts' and died_at is null)",
        (one.day,),
    )
