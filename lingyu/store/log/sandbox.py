"""SQL by people over the log: a connection of its own for each question, which can read and do nothing else.

Holds the tables that there are (`SCHEMA`) and the limits. First the views are made; then files that
are not of this log are closed off, and the configuration is locked, before a word of the question is run.
"""

import threading
import time
from typing import Any, NamedTuple

import duckdb
import numpy as np

from ..engines.base import EngineError
from . import guarding, rollups, segments
from .canon import JOIN
from .columns import COLUMNS
from .guarding import SqlError, worded
from .reading import LogSequences

SECONDS, ROWS, MEMORY = 30, 10_000, "512MB"
_MONEY = {"amount": "BIGINT", "currency": "VARCHAR"}
# What can be read: tables with their columns and types.
SCHEMA: dict[str, dict[str, str]] = {
    "events": {
        "event": "VARCHAR",
        "person": "UINTEGER",
        "time": "TIMESTAMP_MS",
        "day": "DATE",
        "source": "VARCHAR",
        "bot": "BOOLEAN",
    }
    | {n: k for n, k in COLUMNS.items() if n not in ("event", "person", "time", "source", "bot")},
    "people": {"person": "UINTEGER", "names": "VARCHAR[]", "traits": "JSON"},
    "sessions": {
        "person": "UINTEGER",
        "source": "VARCHAR",
        "day": "DATE",
        "began": "TIMESTAMP_MS",
        "ended": "TIMESTAMP_MS",
        "events": "UINTEGER",
    }
    | dict.fromkeys(
        ("host", "entry", "exit", "referrer", "utm_source", "utm_medium", "utm_campaign"), "VARCHAR"
    ),
    "orders": {
        "person": "UINTEGER",
        "source": "VARCHAR",
        "day": "DATE",
        "time": "TIMESTAMP_MS",
        "event": "VARCHAR",
        "order_ref": "VARCHAR",
    }
    | _MONEY,
}
_DAY = "regexp_extract(filename, '([0-9-]+)_[0-9a-f]{32}[.]parquet$', 1)::INTEGER"
_TEXTS = ("name", "code", "value")
_KINDS = dict.fromkeys(_TEXTS, "VARCHAR") | {"said": "BIGINT"}
_DATE = "DATE '1970-01-01' + {}.day"


class Table(NamedTuple):
    """Rows under named columns of DuckDB's types; `cut` says that there were more than the limit."""

    columns: list[tuple[str, str]]
    rows: list[tuple]
    cut: bool
    seconds: float


def ask(text: str, seen: LogSequences, rows: int = ROWS, seconds: float = SECONDS) -> Table:
    """The rows of one SELECT. Raises SqlError for what is wrong or refused, EngineError beyond the limits."""
    db = duckdb.connect(config={"memory_limit": MEMORY, "threads": 2, "python_enable_replacements": False})
    try:
        db.execute("SET TimeZone = 'UTC'")
        read = guarding.checked(db, text, set(SCHEMA))
        _furnish(db, seen, read)
        _lock(db, seen)
        return _answer(db, text, rows, seconds)
    finally:
        db.close()


def _answer(db, text: str, rows: int, seconds: float) -> Table:
    began = time.monotonic()
    timer = threading.Timer(seconds, db.interrupt)
    timer.start()
    try:
        # A result is fetched as it is made: what is beyond the limit is never computed.
        found = db.execute(text).fetchmany(rows + 1)
        columns = [(name, str(kind)) for name, kind, *_rest in db.description]
    except duckdb.InterruptException:
        raise EngineError(f"the question took over {seconds:g} s and was stopped") from None
    except duckdb.OutOfMemoryException:
        raise EngineError(f"the question needs more memory than {MEMORY}") from None
    except (duckdb.Error, RuntimeError) as error:
        raise worded(error) from None
    finally:
        timer.cancel()
    return Table(columns, found[:rows], len(found) > rows, time.monotonic() - began)


def _lock(db, seen: LogSequences) -> None:
    """Close off every file but those of this log's facts, loading, and the settings themselves."""
    paths = ", ".join(segments.literal(path) for path in _files(seen))
    db.execute(f"SET allowed_paths = [{paths}]")
    for name in ("autoinstall_known_extensions", "autoload_known_extensions", "allow_community_extensions"):
        db.execute(f"SET {name} = false")
    db.execute("SET temp_directory = ''")
    db.execute("SET enable_external_access = false")
    db.execute("SET lock_configuration = true")


def _files(seen: LogSequences) -> list[str]:
    return [str(seen.log.folder / segment.path) for segment in seen.facts]


def _furnish(db, seen: LogSequences, read: set[str]) -> None:
    """Make the tables that a question reads; what is in memory is copied into them."""
    if read - {"people"}:
        _table(db, "canon", ("child", "root"), list(seen.joins.flat().items()))
        _table(db, "names", ("id", "name"), [(n, c) for n, k, c in seen.named if k == "event"])
        _table(db, "sources", ("id", "code"), seen.sources)
        db.execute(f"CREATE VIEW facts AS {_facts(db, seen)}")
    for name in sorted(read):
        if name == "people":
            _people(db, seen)
        else:
            columns = ", ".join(f'"{column}"::{kind} AS "{column}"' for column, kind in SCHEMA[name].items())
            db.execute(f"CREATE VIEW {name} AS SELECT {columns} FROM ({_VIEWS[name]})")


def _facts(db, seen: LogSequences) -> str:
    """All rows by their numbers, with `day` as a number too."""
    parts = []
    if files := _files(seen):
        paths = ", ".join(map(segments.literal, files))
        parts.append(
            f"SELECT * EXCLUDE (filename), {_DAY} AS day FROM read_parquet([{paths}], filename = true)"
        )
    if seen.tail:
        db.register("tail_now", {**seen.tail.arrays, "day": seen.tail.days})
        db.execute(f"CREATE TABLE tail AS SELECT day, {segments.TYPED} FROM tail_now")
        db.unregister("tail_now")
        parts.append("SELECT * FROM tail")
    return " UNION ALL BY NAME ".join(parts) or f"SELECT *, 0 AS day FROM {seen.log.segments.relation([])}"


# Sessions end with the day, as those made out of each day alone do: it goes along as a part of the source.
_BY_DAY = "(SELECT * REPLACE ({'s': source, 'd': day} AS source) FROM facts)"


def _rolled(kind: str) -> str:
    return rollups.SELECTS[kind].format(
        facts=_BY_DAY,
        join=JOIN,
        person="coalesce(c.root, f.person)",
        events="f.event IN (SELECT id FROM names)",
    )


_VIEWS = {
    "events": (
        "SELECT f.* EXCLUDE (event, person, source, day), n.name AS event, "
        f"coalesce(c.root, f.person) AS person, s.code AS source, {_DATE.format('f')} AS day "
        f"FROM facts f {JOIN} JOIN names n ON n.id = f.event LEFT JOIN sources s ON s.id = f.source"
    ),
    "sessions": (
        f"SELECT r.* EXCLUDE (source), s.code AS source, DATE '1970-01-01' + r.source.d AS day "
        f"FROM ({_rolled('sessions')}) r LEFT JOIN sources s ON s.id = r.source.s"
    ),
    "orders": (
        "SELECT r.* EXCLUDE (source, event), s.code AS source, n.name AS event, "
        f"DATE '1970-01-01' + r.source.d AS day FROM ({_rolled('orders')}) r "
        "JOIN names n ON n.id = r.event LEFT JOIN sources s ON s.id = r.source.s"
    ),
}


def _people(db, seen: LogSequences) -> None:
    """One row a person: all their names, and of each trait what was said last."""
    catalog, root = seen.log.catalog.db(), seen.joins.root
    keys = [(root(p), v) for p, v in catalog.execute("select person, value from key")]
    traits = [(root(p), n, v, at) for p, n, v, at in catalog.execute("select * from trait")]
    _table(db, "person_names", ("person", "name"), keys)
    _table(db, "person_traits", ("person", "name", "value", "said"), traits)
    db.execute(
        "CREATE VIEW people AS SELECT n.person::UINTEGER AS person, n.names, t.traits FROM "
        "(SELECT person, list(name ORDER BY name) AS names FROM person_names GROUP BY person) n LEFT JOIN "
        "(SELECT person, json_group_object(name, value::JSON) AS traits FROM (SELECT person, name, "
        "arg_max(value, said) AS value FROM person_traits GROUP BY person, name) GROUP BY person) t "
        "USING (person)"
    )


def _table(db, name: str, columns: tuple[str, ...], rows: list[tuple]) -> None:
    """A table of rows in memory: names, codes and values are texts, all else numbers."""
    arrays: dict[str, Any] = {
        column: np.array([row[place] for row in rows], dtype=object if column in _TEXTS else np.int64)
        for place, column in enumerate(columns)
    }
    kinds = ", ".join(f"{c}::{_KINDS.get(c, 'UINTEGER')} AS {c}" for c in columns)
    db.register("rows_now", arrays)
    db.execute(f"CREATE TABLE {name} AS SELECT {kinds} FROM rows_now")
    db.unregister("rows_now")


__all__ = ["ROWS", "SCHEMA", "SECONDS", "SqlError", "Table", "ask"]
