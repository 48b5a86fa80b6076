"""Forgetting a person: facts, names and traits go from every file, and a search proves it.

The files of the days on which they did something are written anew without them, the old ones unlinked
in the same breath; what is made out of those days is made again. What waits in the inbox has to be
compacted before (`Forgetting.run` does), or it would come in afterwards. Holds no rule of who may ask
for it.
"""

import time
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import duckdb

from ..engines.base import EngineError
from ..engines.duck.sql import literal
from ..inbox import Inbox, files
from . import damage, keeping
from .catalog import KINDS, publish, touch
from .columns import TEXTS
from .compacting import Compactor, reading_of
from .people import tree


class Erased(NamedTuple):
    """What was erased: numbers of the person, facts, days that were written anew."""

    numbers: int
    facts: int
    days: int


def erase(log, inbox: Inbox, root: int, *, by: str) -> Erased:
    """Forget the person whom `root` stands for; under the lease. `by` is noted, of the person nothing is."""
    if left_out := damage.listed(log.catalog):
        raise EngineError(
            f"{len(left_out)} files of facts are damaged, so that nobody can be erased from them: put them "
            "back from a backup or give them up (`lingyu log mend`)"
        )
    Compactor(log, inbox).run()
    numbers = sorted(tree(log.catalog.db(), root))
    days, facts = log.derived.days_with([root]), 0
    for day in days:
        facts += _without(log, day, numbers)
    with log.catalog.writing() as db:
        _forget_names(db, numbers)
        db.execute("insert into erased (by, at, rows) values (?, ?, ?)", (by, time.time(), facts))
        db.execute("update meta set version = version + 1, joins = joins + 1")
    log.derived.build(day for day in days if day in log.catalog.days())
    # The copy of the catalog forgets them with it.
    keeping.keep(log, at_once=True)
    log.catalog.sweep(time.time())
    log.catalog.db().execute("pragma wal_checkpoint(truncate)")
    return Erased(len(numbers), facts, len(days))


def _without(log, day: int, numbers: list[int]) -> int:
    """Write a day's files anew without these people; how many facts went."""
    died = log.catalog.live("facts", day, day)
    born = log.segments.merge(died, without=numbers)
    gone = sum(s.rows for s in died) - sum(s.rows for s in born)
    with log.catalog.writing() as db:
        publish(db, born, [segment.path for segment in died])
        touch(db, {day: -gone})
        if not born:
            db.execute("delete from day where number = ?", (day,))
            db.execute("update segment set died_at = ? where day = ? and kind != 'ids'", (time.time(), day))
    return gone


def _forget_names(db, numbers: list[int]) -> None:
    each = [(number,) for number in numbers]
    for table in ("key", "trait", "member"):
        db.executemany(f"delete from {table} where person = ?", each)
    db.executemany("delete from joined where child = ?1 or parent = ?1", each)


# --- The proof -----------------------------------------------------------------------------------


class Hit(NamedTuple):
    """Where a word was found."""

    file: str
    where: str


def search(log, inbox: Inbox, words: Iterable[str]) -> list[Hit]:
    """Every place below the log's folder and the inbox where one of `words` stands; none after an erasure.

    Files of facts are decompressed and every text of theirs is looked at, files that are no longer
    listed too; all others are searched byte by byte.
    """
    wanted = [word for word in words if word]
    found = []
    for path in sorted(p for p in log.folder.rglob("*") if p.is_file()):
        if path.suffix == ".parquet" and path.parent.name in KINDS:
            found += _in_parquet(log, path, wanted)
        else:
            found += _in_bytes(path, wanted)
    for path in inbox.files():
        for row in files.read(path, 0):
            text = row.body + row.headers + f"{row.target} {row.agent} {row.address}".encode() + _said(row)
            found += [Hit(path.name, f"request {row.seq}") for word in wanted if word.encode() in text]
    return found


def _said(row) -> bytes:
    """What a request says once it is unpacked: a search of its bytes would not see it."""
    return "\n".join(
        str((fact.keys, fact.link, fact.properties, fact.context)) for fact in reading_of(row, []).facts
    ).encode("utf-8", "replace")


def _in_parquet(log, path: Path, wanted: list[str]) -> list[Hit]:
    with log.gate.connection() as db:
        source = f"read_parquet({literal(str(path))})"
        try:
            columns = [name for name, *_ in db.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()]
        except duckdb.Error as error:
            return [Hit(str(path), f"cannot be read: {error}")]
        texts = [name for name in columns if name in TEXTS or name == "props"]
        where = " OR ".join(
            f'contains("{name}"::VARCHAR, {literal(word)})' for name in texts for word in wanted
        )
        rows = db.execute(f"SELECT count(*) FROM {source} WHERE {where or 'false'}").fetchone()[0]
    return [Hit(str(path), f"{rows} rows")] if rows else []


def _in_bytes(path: Path, wanted: list[str]) -> list[Hit]:
    data = path.read_bytes()
    return [Hit(str(path), "bytes") for word in wanted if word.encode() in data]
