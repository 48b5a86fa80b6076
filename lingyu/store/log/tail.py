"""What waits in the inbox, as rows for a question: so that what was sent is seen at once.

It is read by the same steps as compaction takes, on a copy in memory of what the catalog knows of the
names in it. Nothing is written, and what is damaged is left to the compactor.
"""

import contextlib
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import NamedTuple

import numpy as np

from lingyu.kernel.facts import Fact, Key

from ..inbox import Row as Request
from ..inbox import files
from . import columns
from .compacting import Numbers, reading_of, row_of, unknown
from .people import SURE, Joins, People, milliseconds, named

# Events after which no further request is read: the worker is far behind, and an answer tells how far.
EVENTS = 20_000
_TABLES = ("key", "joined", "member", "name", "source", "meta")


class Tail(NamedTuple):
    """Rows beyond the log: arrays as of `columns.arrays`, their days, names new to it, joins as with them."""

    arrays: dict[str, np.ndarray]
    days: np.ndarray
    names: list[tuple[int, str, str]]
    sources: list[tuple[int, str]]
    joins: Joins
    people: int
    moved: set[int]
    whole: bool
    until: int


def tail_of(log, inbox) -> Tail | None:
    """What waits; None when nothing does."""
    facts, until, whole = _waiting(inbox, log.catalog.positions())
    if not facts:
        return None
    moments = np.array([milliseconds(fact) for fact in facts], dtype=np.int64)
    days = log.calendar.days(moments)
    new, _ = unknown(log, facts, days)
    base = log.derived.joins()
    joins = Joins(base.parents, (base.version, "tail", until, len(facts)))
    db = _copy(log.catalog.db(), [facts[n] for n in new])
    people = People(db, joins, {})
    names, sources = Numbers(db, "name"), Numbers(db, "source")
    rows = [row_of(facts[n], int(moments[n]), people, names, sources) for n in new]
    people.close()
    return Tail(
        columns.arrays(rows),
        days[new],
        db.execute("select id, kind, name from name order by id").fetchall(),
        db.execute("select id, code from source order by id").fetchall(),
        joins,
        db.execute("select people from meta").fetchone()[0],
        people.touched | people.parted,
        whole,
        until,
    )


def waiting_since(log, inbox) -> datetime | None:
    """When the first request came that the log does not have yet; None where it has all."""
    positions, found = log.catalog.positions(), []
    for path in inbox.files():
        with contextlib.suppress(files.Damaged, files.OtherFormat, sqlite3.Error, FileNotFoundError):
            first = next(files.read(path, positions.get(path.name, 0)), None)
            found += [first.received_at] if first else []
    return datetime.fromtimestamp(min(found) / 1e6, UTC) if found else None


def _waiting(inbox, positions: dict[str, int]) -> tuple[list[Fact], int, bool]:
    """(facts, when the last request came in microseconds, whether these are all)."""
    facts: list[Fact] = []
    until = 0
    for request in _requests(inbox, positions):
        facts += reading_of(request, []).facts
        until = max(until, request.received_at)
        if len(facts) >= EVENTS:
            return facts, until, False
    return facts, until, True


def _requests(inbox, positions: dict[str, int]) -> Iterator[Request]:
    for path in inbox.files():
        try:
            yield from files.read(path, positions.get(path.name, 0))
        except (files.Damaged, files.OtherFormat, sqlite3.Error, FileNotFoundError):
            continue


def _copy(catalog: sqlite3.Connection, facts: list[Fact]) -> sqlite3.Connection:
    """In memory, what the catalog knows of the people in these facts; a snapshot."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    for (text,) in catalog.execute(
        "select sql from sqlite_master "
        f"where sql is not null and tbl_name in ({', '.join('?' * len(_TABLES))})",
        _TABLES,
    ).fetchall():
        db.execute(text)
    for table in ("name", "source", "meta"):
        _move(catalog, db, table, "1")
    scopes = dict(catalog.execute("select code, id from source").fetchall())
    numbers: set[int] = set()
    for fact in facts:
        for key in (*fact.keys, *([fact.link.other] if fact.link and fact.link.other else [])):
            for name in _names(key, scopes.get(fact.source, -1)):
                found = catalog.execute(
                    "select person from key where scope = ? and kind = ? and label = ? and value = ?", name
                ).fetchone()
                numbers |= {found[0]} if found else set()
    for number in _relatives(catalog, numbers):
        _move(catalog, db, "key", "person = ?", number)
        _move(catalog, db, "joined", "child = ?", number)
    return db


def _names(key: Key, scope: int) -> list[tuple]:
    if key.kind == "any":
        return [(scope, kind, "", key.value) for kind in SURE]
    return [named(key, scope)]


def _relatives(catalog: sqlite3.Connection, numbers: set[int]) -> set[int]:
    """These numbers and all that any of them is or was joined with."""
    found, waiting = set(), set(numbers)
    while waiting:
        number = waiting.pop()
        found.add(number)
        rows = catalog.execute(
            "select child, parent from joined where (child = ?1 or parent = ?1) and state != 'refused'",
            (number,),
        )
        waiting |= {other for row in rows for other in row} - found
    return found


def _move(catalog, db, table: str, where: str, *bound) -> None:
    rows = catalog.execute(f"select * from {table} where {where}", bound).fetchall()
    if rows:
        marks = ", ".join("?" * len(rows[0]))
        db.executemany(f"insert or ignore into {table} values ({marks})", rows)
