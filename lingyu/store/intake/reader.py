"""Typed rows out of a table: each mapped column through its cell parser, bad rows set aside.

Holds the registry of kinds. Works in batches of columns: files repeat their values, so a
column is read by looking each distinct text up, at the speed of a dictionary.
"""

from collections import namedtuple
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from itertools import islice
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from . import cells
from .errors import CellError, RowError, excerpt
from .files import Table
from .mapping import Field, check, guess

SHANGHAI = ZoneInfo("Asia/Shanghai")
BATCH = 1024
# Distinct texts remembered per column; beyond it the column is of the kind that does not repeat.
REMEMBERED = 65_536


@dataclass(frozen=True)
class Rules:
    """How the cells of one import are read: `zone`, `currency` and its `exponent`, order of day and month."""

    zone: tzinfo = SHANGHAI
    currency: str = "CNY"
    exponent: int = 2
    date_order: str = ""
    now: datetime = field(default_factory=lambda: datetime.now(UTC))


# kind -> (field, rules) -> parser of one cell that is not blank
KINDS: dict[str, Callable[[Field, Rules], Callable[[str], Any]]] = {
    "text": lambda f, r: cells.text,
    "identifier": lambda f, r: cells.identifier,
    "integer": lambda f, r: lambda raw: cells.integer(raw, signed=f.signed),
    "decimal": lambda f, r: lambda raw: cells.decimal_(raw, signed=f.signed),
    "money": lambda f, r: (
        lambda raw: cells.money(raw, r.exponent, currency=r.currency, signed=f.signed, rounding=f.rounding)
    ),
    "moment": lambda f, r: lambda raw: cells.moment(raw, r.zone, now=r.now, order=r.date_order),
    "day": lambda f, r: lambda raw: cells.day(raw, today=r.now.astimezone(r.zone).date(), order=r.date_order),
}


class Errors(Protocol):
    """Where row errors go: a list, or a `report.ErrorReport`, which keeps any number of them."""

    def append(self, error: RowError, /) -> None:
        """Take one error."""


class _Column(dict):
    """Distinct cell texts of one column and their values; a new text is parsed when it is first met."""

    def __init__(self, spec: Field, position: int, rules: Rules):
        super().__init__()
        self.spec = spec
        self.position = position
        self._parse = KINDS[spec.kind](spec, rules)
        self._blanks = frozenset(spec.blanks)

    def __missing__(self, raw: str) -> Any:
        if not cells.is_blank(raw, self._blanks):
            value = self._parse(raw)
        elif self.spec.required:
            raise CellError("blank", _("This must not be empty."))
        else:
            value = None
        if len(self) >= REMEMBERED:
            self.clear()
        self[raw] = value
        return value


class Reader:
    """The rows of `table` as named tuples: `.row` (the spreadsheet's number) and one value per field.

    A blank cell, and a field without a column, is None. A row with any bad cell is left out and
    each of its errors appended to `errors`; rows without any value are passed over. Iterating may
    raise FileRefused (a file damaged after its head), so write nothing that can't be taken back.
    `read` counts rows met so far, `kept` the good ones among them.
    Raises FileRefused `missing_columns` when a required field has no column.
    """

    def __init__(
        self,
        table: Table,
        fields: Sequence[Field],
        mapping: Mapping[str, str] | None = None,
        *,
        rules: Rules | None = None,
        errors: Errors | None = None,
    ):
        self.table = table
        self.mapping = dict(guess(table.columns, fields) if mapping is None else mapping)
        check(self.mapping, table.columns, fields)
        self.errors: Errors = [] if errors is None else errors
        self.read = 0
        self.kept = 0
        self.Row = namedtuple("Row", ["row", *(f.name for f in fields)])
        rules = rules or Rules()
        self._width = len(table.columns)
        self._columns = [self._column(f, rules) for f in fields]

    def _column(self, spec: Field, rules: Rules) -> _Column | None:
        name = self.mapping.get(spec.name)
        return _Column(spec, self.table.columns.index(name), rules) if name in self.table.columns else None

    def __iter__(self) -> Iterator[Any]:
        rows = self.table.rows()
        while batch := list(islice(rows, BATCH)):
            try:
                read = self._fast(batch)
            except CellError:
                read = [row for number, cell in batch if (row := self._slow(number, cell)) is not None]
            self.read += len(batch)
            self.kept += len(read)
            yield from read

    def _fast(self, batch: list[tuple[int, list[str]]]) -> list[Any]:
        """All rows of `batch` at once; CellError if any of them needs a closer look."""
        numbers, lines = zip(*batch, strict=True)
        if {self._width} != set(map(len, lines)):
            raise CellError("ragged", "")
        values = [
            map(c.__getitem__, [line[c.position] for line in lines]) if c is not None else [None] * len(lines)
            for c in self._columns
        ]
        return list(map(self.Row._make, zip(numbers, *values, strict=True)))

    def _slow(self, number: int, line: list[str]) -> Any | None:
        """One row, or None after noting every error in it."""
        if all(map(cells.is_blank, line)):
            self.read -= 1
            return None
        if len(line) < self._width and not self._needs(len(line)):
            # Some spreadsheets leave off blank cells at the end of a line.
            line = line + [""] * (self._width - len(line))
        if error := self._ragged(number, line):
            self.errors.append(error)
            return None
        values, good = [], True
        for column in self._columns:
            try:
                values.append(None if column is None else column[line[column.position]])
            except CellError as e:
                good = False
                cell, name = line[column.position], self.mapping[column.spec.name]
                self.errors.append(RowError(number, name, excerpt(cell), e.code, e.message))
        return self.Row(number, *values) if good else None

    def _needs(self, position: int) -> bool:
        """Whether a required column stands at `position` or after it."""
        return any(c is not None and c.spec.required and c.position >= position for c in self._columns)

    def _ragged(self, number: int, line: list[str]) -> RowError | None:
        """What is wrong with the row's length; cells too many that are blank are no fault."""
        have, want = len(line), self._width
        if have < want:
            message = _(
                "The row has %(have)d cells but the header has %(want)d: the line is broken or cut off."
            )
        elif not all(map(cells.is_blank, line[want:])):
            message = _(
                "The row has %(have)d cells but the header has %(want)d: "
                "a separator inside a text is not quoted."
            )
        else:
            return None
        found = excerpt(" | ".join(line))
        return RowError(number, "", found, "ragged", message % {"have": have, "want": want})
