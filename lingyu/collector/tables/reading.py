"""Rows of a file as entries: who, what, when, and everything else as properties.

Tables come by the house's intake, JSON lines by a reader here, with the same entries and the same report of
rows that cannot be taken. Holds no inbox.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from django.utils.translation import gettext as _

from lingyu.store.intake import cells
from lingyu.store.intake.cells.moments import AHEAD
from lingyu.store.intake.errors import CellError, FileRefused, RowError, excerpt
from lingyu.store.intake.files import Table
from lingyu.store.intake.mapping import Field, check, guess
from lingyu.store.intake.reader import KINDS, Errors, Reader, Rules

from ..times import from_number
from .columns import FIELDS, typed

# Names of what JSON lines hold properties under; they are flattened into the entry's own.
NESTED = ("properties", "props", "params")
LOOKED_AT, LONGEST = 200, 2**20
Unreadable = FileRefused


class Entry(NamedTuple):
    """One event of a file: the row it stands in, and what it says. `at` is aware UTC."""

    row: int
    name: str
    at: datetime
    person: str | None
    visitor: str | None
    id: str | None
    properties: dict[str, Any]


def instant(raw: str, rules: Rules) -> datetime:
    """A moment as the intake reads it, or seconds, milliseconds or microseconds since 1970."""
    text = raw.strip()
    if text.replace(".", "", 1).isdigit() and len(text.partition(".")[0]) >= 9 and not text.startswith("19"):
        if len(text) == 14 and text.startswith("20"):
            return cells.moment(raw, rules.zone, now=rules.now, order=rules.date_order)
        if (found := from_number(float(text) if "." in text else int(text))) is not None:
            return _not_ahead(found, rules)
    return cells.moment(raw, rules.zone, now=rules.now, order=rules.date_order)


def _not_ahead(found: datetime, rules: Rules) -> datetime:
    if found > rules.now + AHEAD:
        raise CellError("in_future", _("This date lies in the future."))
    return found


KINDS.setdefault("instant", lambda field, rules: lambda raw: instant(raw, rules))


def read_table(
    table: Table,
    mapping: Mapping[str, str] | None = None,
    *,
    rules: Rules,
    errors: Errors,
    progress: Callable[[int], None] = lambda at: None,
) -> Iterator[Entry]:
    """The entries of a table. Raises FileRefused when what is needed has no column."""
    mapping = dict(guess(table.columns, FIELDS) if mapping is None else mapping)
    _check_people(mapping, table.columns)
    taken = set(mapping.values())
    others = [c for c in table.columns if c and c not in taken]
    extra = [Field(f"p{n}", zh=c, en=c) for n, c in enumerate(others)]
    reader = Reader(
        table,
        (*FIELDS, *extra),
        mapping | {f.name: f.en for f in extra},
        rules=rules,
        errors=errors,
    )
    known = len(FIELDS) + 1
    for count, row in enumerate(reader):
        if not count & 0x0FFF:
            progress(table.position())
        properties = {name: typed(value) for name, value in zip(others, row[known:], strict=True) if value}
        yield Entry(row.row, row.name, row.at, row.person, row.visitor, row.id, properties)


def _check_people(mapping: Mapping[str, str], columns: Iterable[str]) -> None:
    """Somebody has to be known by something."""
    check(mapping, tuple(columns), FIELDS)
    if not mapping.get("person") and not mapping.get("visitor"):
        raise FileRefused(
            "missing_columns",
            _("No column says who did it. Name one: --map person=Column or --map visitor=Column."),
            missing=["person"],
        )


# --- JSON lines -----------------------------------------------------------------------------------


def is_lines(path: Path) -> bool:
    """Whether a file begins as JSON lines do."""
    with path.open("rb") as file:
        return file.read(64).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")


def names_of(path: Path) -> tuple[str, ...]:
    """The names that the first objects of a file of JSON lines have."""
    found: dict[str, None] = {}
    for number, line in _lines(path):
        if number > LOOKED_AT:
            break
        try:
            value = msgspec.json.decode(line)
        except msgspec.DecodeError:
            continue
        if isinstance(value, dict):
            found |= dict.fromkeys(value)
    return tuple(found)


def read_lines(
    path: Path,
    mapping: Mapping[str, str] | None = None,
    *,
    rules: Rules,
    errors: Errors,
    progress: Callable[[int], None] = lambda at: None,
) -> Iterator[Entry]:
    """The entries of a file of JSON lines, one object a line."""
    names = names_of(path)
    mapping = dict(guess(names, FIELDS) if mapping is None else mapping)
    _check_people(mapping, names)
    read = 0
    for number, line in _lines(path):
        read += len(line)
        if not number & 0x0FFF:
            progress(read)
        try:
            yield _entry(number, line, mapping, rules)
        except CellError as error:
            errors.append(
                RowError(number, error.field, excerpt(error.value), error.code, error.message)
                if isinstance(error, _Fault)
                else RowError(number, "", excerpt(line.decode("utf-8", "replace")), error.code, error.message)
            )


class _Fault(CellError):
    """A value of an object that cannot be taken: also which one."""

    def __init__(self, code: str, message: str, field: str, value: str):
        super().__init__(code, message)
        self.field, self.value = field, value


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    with path.open("rb") as file:
        number = 0
        while line := file.readline(LONGEST):
            number += 1
            line = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
            if line.strip():
                yield number, line


def _entry(number: int, line: bytes, mapping: Mapping[str, str], rules: Rules) -> Entry:
    try:
        value = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise CellError("not_json", _("This line is not JSON: %(why)s.") % {"why": error}) from None
    if not isinstance(value, dict):
        raise CellError("not_json", _("This line is not a JSON object."))
    found: dict[str, Any] = {"at": None, "person": None, "visitor": None, "id": None, "name": None}
    for field, name in mapping.items():
        found[field] = _one(field, name, value.get(name), rules)
    nested = [value[name] for name in NESTED if isinstance(value.get(name), dict)]
    taken = {*mapping.values(), *(n for n in NESTED if isinstance(value.get(n), dict))}
    properties = {n: v for n, v in value.items() if n not in taken and v is not None}
    for inner in nested:
        properties |= inner
    return Entry(number, properties=properties, **found)


def _one(field: str, name: str, value: Any, rules: Rules) -> Any:
    is_needed = field in ("name", "at")
    if value is None or value == "":
        if is_needed:
            raise _Fault("blank", _("This must not be empty."), name, "")
        return None
    if isinstance(value, dict | list | bool):
        raise _Fault("not_text", _("This is no text and no number."), name, str(value))
    text = str(value)
    try:
        return instant(text, rules) if field == "at" else text
    except CellError as error:
        raise _Fault(error.code, error.message, name, text) from None
