"""The tables of the log's catalog, and how those of an older format become those of this one.

Holds SQL and the format's number. Says nothing of what the tables are for: `catalog`, `people`, `traits` do.
"""

import contextlib
import sqlite3
from pathlib import Path

from ..engines.base import EngineError

FORMAT = 2

TABLES = f"""
create table segment (
    id integer primary key, kind text not null, day integer not null, path text not null unique,
    rows integer not null, bytes integer not null, version integer not null, born_at real not null,
    died_at real, digest text not null default '');
create table damaged (path text primary key, why text not null, at real not null) without rowid;
create index segment_live on segment (kind, day) where died_at is null;
create table day (number integer primary key, version integer not null, rows integer not null);
create table position (file text primary key, seq integer not null) without rowid;
create table name (id integer primary key, kind text not null, name text not null, unique (kind, name));
create table source (id integer primary key, code text not null unique);
create table key (
    scope integer not null, kind text not null, label text not null, value text not null,
    person integer not null, known integer not null, primary key (scope, kind, label, value)) without rowid;
create index key_person on key (person);
create index key_value on key (value);
create table joined (
    id integer primary key, child integer not null, parent integer not null, state text not null,
    why text not null, told text not null, by text not null, at real not null,
    undone_by text, undone_at real);
create unique index joined_once on joined (child) where state = 'active';
create index joined_parent on joined (parent) where state = 'active';
create table trait (
    person integer not null, name text not null, value text not null, at integer not null,
    primary key (person, name)) without rowid;
create table member (
    kind text not null, code text not null, person integer not null, first_at integer not null,
    last_at integer not null, primary key (kind, code, person)) without rowid;
create table erased (id integer primary key, by text not null, at real not null, rows integer not null);
create table meta (one integer primary key check (one = 1), zone text not null, people integer not null,
    version integer not null, joins integer not null, events integer not null, doubles integer not null);
pragma user_version = {FORMAT};
"""
# What makes a catalog of one format one of the next.
_UPGRADES = {
    1: "alter table segment add column digest text not null default '';"
    "create table damaged (path text primary key, why text not null, at real not null) without rowid;"
    "pragma user_version = 2;",
}


def prepare(db: sqlite3.Connection, folder: Path, zone: str) -> str:
    """Make the tables if there are none, within a transaction; the zone by whose days the log is kept.

    Raises EngineError for a format of another version of Lingyu.
    """
    found = db.execute("pragma user_version").fetchone()[0]
    if found == 0 and not db.execute("select 1 from sqlite_master").fetchone():
        _run(db, TABLES)
        db.execute("insert into meta values (1, ?, 0, 0, 0, 0, 0)", (zone,))
        found = FORMAT
    while found in _UPGRADES:
        _run(db, _UPGRADES[found])
        found += 1
    if found != FORMAT:
        raise EngineError(
            f"the log in {folder} has format {found}; this version reads format {FORMAT}: "
            "use the version of Lingyu that wrote it"
        )
    return db.execute("select zone from meta").fetchone()[0]


def zone_in(db: sqlite3.Connection) -> str | None:
    """The zone of a catalog of this format; None for an empty one, and for one of another format."""
    if db.execute("pragma user_version").fetchone()[0] != FORMAT:
        return None
    return db.execute("select zone from meta").fetchone()[0]


def zone_of(path: Path) -> str | None:
    """The zone of the log whose catalog this is; None when there is none."""
    if not path.exists():
        return None
    with contextlib.closing(sqlite3.connect(path)) as db:
        return db.execute("select zone from meta").fetchone()[0]


def _run(db: sqlite3.Connection, statements: str) -> None:
    for statement in filter(str.strip, statements.split(";")):
        db.execute(statement)
