"""Plain files of facts, read into memory: CSV in its many forms, workbooks, Parquet, JSON lines.

A file needs a person, an event and a time in each row; its further columns are the events' properties. Holds
no meaning of a moment (`moments`) and no sequences (`held`).
"""

from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb
import numpy as np

from lingyu.kernel.query import QueryError
from lingyu.kernel.text import N_

from .expressions import text
from .held import MEMORY, Held
from .holding import hold
from .moments import milliseconds

SHANGHAI = ZoneInfo("Asia/Shanghai")
PARQUET, JSON = {".parquet", ".pq"}, {".jsonl", ".ndjson", ".json"}
BATCH = 100_000
FIELDS = ("person", "event", "time")
# What is told of an unreadable value, and how many different ones are looked at by hand.
EXCERPT, BY_HAND = 60, 50_000


class FactsRefused(QueryError):
    """The file can't be read as facts: `file`, and where it is about a row, its `row` and `field` are in
    `params`.
    """


def load(
    path: Path | str,
    *,
    columns: Mapping[str, str] | None = None,
    zone: ZoneInfo = SHANGHAI,
    lenient: bool = False,
) -> Held:
    """The facts of a file. `columns` says which column is the person, the event, the time; others are
    guessed.

    With `lenient` rows that can't be read are left out, and `held.refused` counts them; else the first of
    them is refused. Raises FactsRefused, and for what is no table at all FileRefused of the intake.
    """
    path = Path(path)
    if not path.is_file():
        raise FactsRefused(N_("%(file)s: there is no such file."), file=str(path))
    duck = duckdb.connect(config={"memory_limit": MEMORY})
    duck.execute("SET TimeZone = 'UTC'")
    given = {name: column for name, column in (columns or {}).items() if column}
    try:
        if path.suffix.lower() in PARQUET:
            _parquet(duck, path, given)
        elif path.suffix.lower() in JSON:
            _json(duck, path, given)
        else:
            _table(duck, path, given)
        refused = _moments(duck, path, zone, lenient)
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        raise FactsRefused(N_("%(file)s: %(reason)s"), file=path.name, reason=reason) from None
    return hold(duck, zone, refused=refused)


def _parquet(duck, path: Path, given: Mapping[str, str]) -> None:
    source = f"read_parquet({text(str(path))}, file_row_number = true)"
    there = [name for name, *_rest in duck.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()]
    names = _mapped(path, [name for name in there if name != "file_row_number"], given)
    duck.execute(f"CREATE TABLE lines AS SELECT file_row_number + 1 AS row, {_selected(names)} FROM {source}")


def _json(duck, path: Path, given: Mapping[str, str]) -> None:
    """Each object a row: of the lines, or of one list."""
    with path.open("rb") as file:
        listed = file.read(64).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"[")
    if listed:
        source = f"read_json_objects({text(str(path))}, format = 'array')"
        duck.execute(f"CREATE TABLE objects AS SELECT json, row_number() OVER () AS row FROM {source}")
    else:
        # One column: a control character separates, which no line of JSON can have.
        duck.execute(
            "CREATE TABLE objects AS SELECT json, row_number() OVER () AS row FROM "
            f"read_csv({text(str(path))}, columns = {{'json': 'VARCHAR'}}, delim = '\x01', quote = '', "
            "escape = '', header = false, auto_detect = false, strict_mode = false)"
        )
        duck.execute("DELETE FROM objects WHERE trim(coalesce(json, '')) = ''")
        wrong = duck.execute("SELECT min(row) FROM objects WHERE NOT json_valid(json)").fetchall()[0][0]
        if wrong is not None:
            raise FactsRefused(N_("%(file)s, row %(row)s: is no JSON."), file=path.name, row=wrong, field="")
        duck.execute("ALTER TABLE objects ALTER json TYPE JSON")
    there = duck.execute(
        "SELECT key FROM (SELECT unnest(json_keys(json)) AS key, row FROM objects LIMIT 10000) "
        "GROUP BY key ORDER BY min(row)"
    ).fetchall()
    names = _mapped(path, [key for (key,) in there], given)
    cells = ", ".join(f"json ->> {text(_pointer(names[field]))} AS {field}" for field in FIELDS)
    duck.execute(f"CREATE TABLE lines AS SELECT row, {cells}, json::VARIANT AS props FROM objects")
    duck.execute("DROP TABLE objects")


def _pointer(name: str) -> str:
    return "/" + name.replace("~", "~0").replace("/", "~1")


def _table(duck, path: Path, given: Mapping[str, str]) -> None:
    from lingyu.store.intake.facts import FACTS
    from lingyu.store.intake.files import open_table
    from lingyu.store.intake.mapping import known_names

    with open_table(path, known={*known_names(FACTS), *given.values()}, max_rows=10**9) as table:
        names = _mapped(path, list(table.columns), given)
        places = [place for place, name in enumerate(table.columns) if name]
        rows = table.rows()
        made = False
        while batch := list(islice(rows, BATCH)):
            duck.register("batch", _columns(path, batch, table.columns, places))
            select = f"SELECT row, {_selected(names)} FROM batch"
            duck.execute(f"INSERT INTO lines {select}" if made else f"CREATE TABLE lines AS {select}")
            duck.unregister("batch")
            made = True
    if not made:
        raise FactsRefused(N_("%(file)s: there are no rows below the header."), file=path.name)


def _columns(path: Path, batch: list, columns, places: list[int]) -> dict[str, np.ndarray]:
    """A batch of rows as columns of text; an empty cell is nothing."""
    width = len(columns)
    for number, cells in batch:
        if len(cells) < width:
            cells.extend([""] * (width - len(cells)))
        elif any(cells[width:]):
            raise FactsRefused(
                N_("%(file)s, row %(row)s: has %(have)s cells where the header has %(want)s."),
                file=path.name, row=number, field="", have=len(cells), want=width,
            )  # fmt: skip
    numbers = np.array([number for number, _cells in batch], np.int64)
    cells = {columns[p]: np.array([row[p] or None for _number, row in batch], object) for p in places}
    return {"row": numbers} | cells


def _mapped(path: Path, there: list[str], given: Mapping[str, str]) -> dict[str, str]:
    """The file's columns: `given` ones have to be there, others are guessed by their names; all are
    returned.
    """
    from lingyu.store.intake.facts import FACTS
    from lingyu.store.intake.mapping import guess

    for field, column in given.items():
        if column not in there:
            raise FactsRefused(
                N_("%(file)s: has no column “%(column)s” for %(field)s. It has: %(there)s."),
                file=path.name, column=column, field=field, there=", ".join(there),
            )  # fmt: skip
    open_fields = [field for field in FACTS if field.name not in given]
    found = guess([c for c in there if c not in given.values()], open_fields) | dict(given)
    if missing := [field for field in FIELDS if field not in found]:
        raise FactsRefused(
            N_("%(file)s: which column is the %(field)s? Say --%(field)s COLUMN. It has: %(there)s."),
            file=path.name, field=missing[0], there=", ".join(there),
        )  # fmt: skip
    return found | {f"props:{c}": c for c in there if c not in found.values()}


def _selected(names: Mapping[str, str]) -> str:
    """The columns of `lines` out of a file's."""

    def quoted(name: str) -> str:
        return '"' + name.replace('"', '""') + '"'

    further = [quoted(c) for field, c in names.items() if field.startswith("props:")]
    packed = ", ".join(f"{c} := {c}" for c in further)
    props = f"struct_pack({packed})::VARIANT" if further else "NULL::VARIANT"
    who, what = (f"CAST({quoted(names[field])} AS VARCHAR) AS {field}" for field in FIELDS[:2])
    return f"{who}, {what}, {quoted(names['time'])} AS time, {props} AS props"


def _moments(duck, path: Path, zone: ZoneInfo, lenient: bool) -> int:
    """Give each line its milliseconds, `ms`; refuse the first line that lacks something, or leave them
    out.
    """
    kind = duck.execute(
        "SELECT data_type FROM duckdb_columns() WHERE table_name = 'lines' AND column_name = 'time'"
    )
    kind = kind.fetchall()[0][0]
    duck.execute("ALTER TABLE lines ADD COLUMN ms BIGINT")
    duck.execute(f"UPDATE lines SET ms = {milliseconds('time', kind, zone)}")
    if kind == "VARCHAR":
        _by_hand(duck, zone)
    wrong = "coalesce(trim(person), '') = '' OR coalesce(trim(event), '') = '' OR ms IS NULL"
    count, row = duck.execute(f"SELECT count(*), min(row) FROM lines WHERE {wrong}").fetchall()[0]
    if count and not lenient:
        raise _refusal(duck, path, row, count, zone)
    duck.execute(f"DELETE FROM lines WHERE {wrong}")
    return count


def _by_hand(duck, zone: ZoneInfo) -> None:
    """Read what SQL could not as the importers do: written dates and their like."""
    found = {raw: at for raw, at, _why in _read_by_hand(duck, zone) if at is not None}
    if found:
        read = {"raw": np.array(list(found), object), "found": np.array(list(found.values()), np.int64)}
        duck.register("read_by_hand", read)
        duck.execute("UPDATE lines SET ms = found FROM read_by_hand WHERE ms IS NULL AND time = raw")
        duck.unregister("read_by_hand")


def _read_by_hand(duck, zone: ZoneInfo) -> Iterator[tuple[str, int | None, str]]:
    from lingyu.store.intake.cells import moment
    from lingyu.store.intake.errors import CellError

    left = duck.execute(f"SELECT DISTINCT time FROM lines WHERE ms IS NULL AND time <> '' LIMIT {BY_HAND}")
    for (raw,) in left.fetchall():
        try:
            yield raw, round(moment(raw, zone).timestamp() * 1000), ""
        except CellError as error:
            yield raw, None, error.message


def _refusal(duck, path: Path, row: int, count: int, zone: ZoneInfo) -> FactsRefused:
    who, what, when = duck.execute(
        "SELECT person, event, CAST(time AS VARCHAR) FROM lines WHERE row = ?", [row]
    ).fetchall()[0]
    blank = {"person": who, "event": what, "time": when}
    for field in FIELDS:
        if not (blank[field] or "").strip():
            return FactsRefused(
                N_("%(file)s, row %(row)s, %(field)s: is empty (%(count)s rows can't be read)."),
                file=path.name, row=row, field=field, count=count,
            )  # fmt: skip
    return FactsRefused(
        N_("%(file)s, row %(row)s, %(field)s: “%(value)s” is no moment (%(count)s rows can't be read)."),
        file=path.name, row=row, field="time", value=when[:EXCERPT], count=count,
    )  # fmt: skip
