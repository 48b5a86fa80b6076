"""Small crafted workbooks that would fill the memory: found before the workbook library sees them.

Holds the measuring of .xlsx and .ods parts. Plain archives are bounded in `containers`.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from .containers import ARCHIVE_ERRORS, BLOCK, damaged, protected, too_large, truncated
from .errors import FileRefused

# A sheet is laid out whole in memory, blank cells too: up to 2.5 GB at this many.
MOST_CELLS = 20_000_000
MOST_UNPACKED = 2**30

_CELL = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{1,3})(\d{1,7})["']""")
_ODS = re.compile(rb"<table:table-(row|cell)\b([^>]*)>")
_REPEAT = re.compile(rb"""number-(?:rows|columns)-repeated\s*=\s*["'](\d{1,12})["']""")
_LONGEST_TAG = 64 * 1024


def refuse(data: bytes, max_bytes: int) -> None:
    """Unpack every part of a zipped workbook once and measure its sheets.

    Raises FileRefused `too_large`, `too_many_cells`, `password`, `truncated`, `damaged`.
    """
    limit = min(max_bytes, MOST_UNPACKED)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if any(part.flag_bits & 1 for part in parts):
                raise protected()
            # A part longer than it says fails its checksum below.
            if sum(part.file_size for part in parts) > limit:
                raise too_large(limit)
            for part in parts:
                with archive.open(part) as stream:
                    _measure(part.filename, iter(lambda s=stream: s.read(BLOCK), b""))
    except zipfile.BadZipFile:
        raise truncated() from None
    except ARCHIVE_ERRORS as error:
        raise damaged() from error


def _measure(name: str, blocks: Iterator[bytes]) -> None:
    if "worksheets/" in name:
        _measure_xlsx(_whole_tags(blocks))
    elif name == "content.xml":
        _measure_ods(_whole_tags(blocks))
    else:
        for _block in blocks:
            pass


def _measure_xlsx(texts: Iterable[bytes]) -> None:
    """The corner farthest from A1: two cells are enough to claim a sheet of 17 billion."""
    width = height = 1
    for text in texts:
        for letters, number in set(_CELL.findall(text)):
            width, height = max(width, _column(letters)), max(height, int(number))
        if width * height > MOST_CELLS:
            raise _too_many_cells(height, width)


def _measure_ods(texts: Iterable[bytes]) -> None:
    """Cells with a value, times the repeats of cell and row; the repeated blank rest costs nothing."""
    total = rows = 0
    repeat, width = 1, 0
    for text in texts:
        for kind, attributes in _ODS.findall(text):
            found = _REPEAT.search(attributes)
            times = int(found[1]) if found else 1
            if kind == b"row":
                repeat, rows = times, rows + 1
            elif b"value-type" in attributes:
                total, width = total + times * repeat, max(width, times)
                if total > MOST_CELLS:
                    raise _too_many_cells(rows + repeat - 1, width)


def _whole_tags(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """The same text, cut between tags and never inside one."""
    rest = b""
    for block in blocks:
        text = rest + block
        cut = text.rfind(b"<")
        cut = len(text) if cut < 0 else cut
        yield text[:cut]
        rest = text[cut:][-_LONGEST_TAG:]
    yield rest


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _too_many_cells(rows: int, columns: int) -> FileRefused:
    return FileRefused(
        "too_many_cells",
        _(
            "The sheet is too large: it reaches to row %(rows)d and column %(columns)d. "
            "Delete empty rows and columns, or save it as CSV."
        )
        % {"rows": rows, "columns": columns},
    )
