"""Opening a table in whatever file it comes: the one door of the intake.

Holds `open_table` and the Table it gives. What each wrapping and encoding needs is in
`containers`, `lines` and `workbooks`; which row names the columns in `header`; what cells mean in
`cells` and `reader`.
"""

import hashlib
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cached_property
from itertools import islice
from os import PathLike, fspath
from pathlib import PurePath
from typing import BinaryIO

from django.utils.translation import gettext as _

from . import containers, lines, workbooks
from .containers import Source
from .errors import FileRefused
from .header import HEADER_WITHIN, empty, find_header, header_of

MAX_ROWS = 2_000_000
MAX_BYTES = 2 * 2**30
MAX_WORKBOOK = 256 * 2**20


class Table:
    """The rows of one outside file.

    `columns` are the header's clean names; `encoding` is that of the text (or the kind of workbook);
    `size` is the file's size in bytes; `sheets` names a workbook's sheets, `sheet` the one read;
    `estimated_rows` counts lines below the header. Use it as a context manager.
    """

    def __init__(
        self,
        name: str,
        source: Source,
        *,
        encoding: str,
        read: Callable[[], Iterator[list[str]]],
        estimated_rows: int,
        sheet: str = "",
        sheets: Sequence[str] = (),
    ):
        self.name = name
        self.encoding = encoding
        self.sheet = sheet
        self.sheets = tuple(sheets)
        self.size = source.size
        self.columns: tuple[str, ...] = ()
        self.header_row = 1
        self.estimated_rows = estimated_rows
        self._source = source
        self._read = read

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """(row as a spreadsheet numbers it, raw cells) below the header, from the start at each call.

        Blank rows are passed over; read one iterator at a time, they share the open file.
        Raises FileRefused for damage that only shows on the way.
        """
        for number, row in enumerate(self._read(), 1):
            if row and number > self.header_row:
                yield number, row

    def position(self) -> int:
        """Bytes of the file read so far, up to `size`."""
        return min(self._source.tell(), self.size)

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of the file's raw bytes: the same file has the same, whatever its name."""
        at, digest = self._source.tell(), hashlib.sha256()
        self._source.seek(0)
        while block := self._source.read(containers.BLOCK):
            digest.update(block)
        self._source.seek(at)
        return digest.hexdigest()

    def close(self) -> None:
        """Close what `open_table` has opened; an open file that it was given stays open."""
        self._source.close()

    def __enter__(self) -> "Table":
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()


def open_table(
    source: str | PathLike | BinaryIO,
    *,
    name: str = "",
    known: Collection[str] = (),
    max_rows: int = MAX_ROWS,
    max_bytes: int = MAX_BYTES,
    sheet: str | None = None,
) -> Table:
    """Open a path or a seekable binary file as a Table, after checking all of its bytes.

    `known` are column names that may be met; they find a header below title lines, and the right
    sheet of a workbook. `max_bytes` bounds the unpacked size. Raises FileRefused, never anything
    else for bad contents (OSError for a path that can't be opened).
    """
    raw = Source(source)
    try:
        table, first_rows = _opened(raw, name or _name_of(source), known, max_rows, max_bytes, sheet)
        _set_header(table, first_rows, known)
        return table
    except BaseException:
        raw.close()
        raise


def _name_of(source: object) -> str:
    given = source if isinstance(source, str | PathLike) else getattr(source, "name", "")
    return PurePath(str(fspath(given) if isinstance(given, PathLike) else given)).name


def _opened(raw: Source, name: str, known, max_rows: int, max_bytes: int, sheet: str | None):
    head = raw.read(containers.HEAD)
    raw.seek(0)
    if not head:
        raise empty()
    if head.startswith(containers.GZIP):
        return _text(raw, name, lambda: containers.gunzip(_rewound(raw), max_bytes), max_rows)
    if head.startswith(containers.OLE):
        return _workbook(raw, name, _whole(raw, max_bytes), known, max_rows, max_bytes, sheet)
    if not head.startswith(containers.ZIP):
        if raw.size > max_bytes:
            raise containers.too_large(max_bytes)
        return _text(raw, name, lambda: _rewound(raw), max_rows)
    archive = containers.open_zip(raw)
    if containers.is_workbook(archive):
        return _workbook(raw, name, _whole(_rewound(raw), max_bytes), known, max_rows, max_bytes, sheet)
    member = containers.only_member(archive)

    def unpack() -> containers.Unpacked:
        return containers.unzip(archive, member, max_bytes)

    if unpack().read(8).startswith((containers.OLE, *containers.ZIP)):
        return _workbook(raw, name, _whole(unpack(), max_bytes), known, max_rows, max_bytes, sheet)
    return _text(raw, name, unpack, max_rows)


def _rewound(raw: Source) -> Source:
    raw.seek(0)
    return raw


def _whole(stream: BinaryIO, max_bytes: int) -> bytes:
    limit = min(max_bytes, MAX_WORKBOOK)
    data = _read_at_most(stream, limit + 1)
    if len(data) > limit:
        raise containers.too_large(limit)
    return data


def _read_at_most(stream: BinaryIO, limit: int) -> bytes:
    data = bytearray()
    while len(data) < limit and (block := stream.read(min(containers.BLOCK, limit - len(data)))):
        data += block
    return bytes(data)


def _text(raw: Source, name: str, open_stream: Callable[[], BinaryIO], max_rows: int):
    containers.refuse_unreadable(_read_at_most(open_stream(), containers.HEAD))
    survey = lines.Survey(open_stream(), max_rows)
    if not survey.head:
        raise empty()
    encoding = survey.encoding or lines.gb18030(open_stream, survey)
    separator, first_rows = lines.sniff(survey.head, encoding)
    return Table(
        name,
        raw,
        encoding=encoding,
        estimated_rows=survey.rows,
        read=lambda: lines.rows(open_stream(), encoding, separator),
    ), first_rows


def _workbook(raw: Source, name: str, data: bytes, known, max_rows: int, max_bytes: int, wanted: str | None):
    book = workbooks.open_workbook(data, max_rows, max_bytes)

    def fits(candidate: workbooks.Sheet) -> bool:
        return find_header(list(islice(candidate.rows(), HEADER_WITHIN)), known) is not None

    sheet = workbooks.choose(book, wanted, fits)
    return Table(
        name,
        raw,
        encoding="workbook",
        estimated_rows=sheet.height,
        read=sheet.rows,
        sheet=sheet.name,
        sheets=book.sheets,
    ), list(islice(sheet.rows(), lines.LOOKED_AT))


def _set_header(table: Table, first_rows: list[list[str]], known: Collection[str]) -> None:
    """Find the header among the first rows, and note its names and place."""
    header, index = header_of(first_rows, known)
    table.columns, table.header_row = tuple(header), index + 1
    table.estimated_rows = max(0, table.estimated_rows - table.header_row)
    if next(table.rows(), None) is None:
        raise FileRefused("no_rows", _("The file has a header but no rows below it."))
