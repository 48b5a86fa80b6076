"""Text tables: how many lines, in which encoding, with which separator; then rows, streaming.

Holds CSV, TSV and their kin. Workbooks are in `workbooks`.
"""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import chain
from typing import BinaryIO

from django.utils.translation import gettext as _

from .containers import BLOCK, HEAD, Unpacked
from .errors import FileRefused

SEPARATORS = ",\t;|"
LOOKED_AT = 60
# A table has line ends; without one for this long it is something else (or an attack on memory).
LONGEST_LINE = 8 * BLOCK
# A line that no file contains: read after the last one, it shows whether a quotation was left open.
_END = "\x00\x1eend of file\x1e\x00\n"


class Survey:
    """One pass over a file's bytes: counts lines, checks UTF-8 or UTF-16 strictly.

    `rows` counts line ends (a text of several lines in one cell counts as several);
    `encoding` is None when the bytes are neither, and `failed_at` then the first bad offset.
    """

    def __init__(self, stream: BinaryIO, max_rows: int):
        self.rows = 0
        self.head = b""
        self.encoding: str | None = None
        self.failed_at = 0
        self.failed_row = 1
        self._max_rows = max_rows
        self._count(stream)

    def _count(self, stream: BinaryIO) -> None:
        decoder, offset, since_line_end, last = None, 0, 0, b""
        while block := stream.read(BLOCK):
            if not self.head:
                self.head = block[:HEAD]
                decoder = self._begin(block)
            if decoder and self.rows <= self._max_rows + 1:
                decoder = self._decode(decoder, block, offset)
            lines = block.count(b"\n") or block.count(b"\r")
            since_line_end = 0 if lines else since_line_end + len(block)
            if since_line_end > LONGEST_LINE:
                raise _no_lines()
            self.rows += lines
            if self.rows > self._max_rows + 1 and isinstance(stream, Unpacked):
                # Going on would mean unpacking it all, only to name the exact number.
                raise too_many_rows(self._max_rows, self.rows - 1, at_least=True)
            offset += len(block)
            last = block
        self.rows += bool(last) and not last.endswith((b"\n", b"\r", b"\n\0", b"\r\0"))
        if self.rows > self._max_rows + 1:
            raise too_many_rows(self._max_rows, self.rows - 1)
        if decoder:
            self._decode(decoder, b"", offset, final=True)

    def _begin(self, block: bytes) -> codecs.IncrementalDecoder:
        self.encoding = "utf-8"
        if block.startswith(codecs.BOM_UTF8):
            self.encoding = "utf-8-sig"
        elif block.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            self.encoding = "utf-16"
        return codecs.getincrementaldecoder(self.encoding)("strict")

    def _decode(self, decoder, block: bytes, offset: int, final: bool = False):
        pending = len(decoder.getstate()[0])
        try:
            decoder.decode(block, final)
        except UnicodeDecodeError as error:
            self.encoding = None
            self.failed_at = offset - pending + error.start
            self.failed_row = self.rows + 1 + block[: max(0, error.start - pending)].count(b"\n")
            return None
        return decoder


def gb18030(open_stream: Callable[[], BinaryIO], tried: Survey) -> str:
    """ "gb18030" after checking the whole file strictly, or FileRefused `encoding` with offset and row."""
    stream, offset, row, evidence = open_stream(), 0, 1, Counter()
    decoder = codecs.getincrementaldecoder("gb18030")("strict")
    while True:
        block = stream.read(BLOCK)
        pending = len(decoder.getstate()[0])
        try:
            text = decoder.decode(block, final=not block)
        except UnicodeDecodeError as error:
            row += block[: max(0, error.start - pending)].count(b"\n")
            # The encoding that came further is the one that was meant.
            raise _undecodable(
                *max((tried.failed_at, tried.failed_row), (offset - pending + error.start, row))
            ) from None
        if sum(evidence.values()) < 2000:
            _weigh(text, evidence)
        if not block:
            break
        offset += len(block)
        row += block.count(b"\n")
    # Western text in a one-byte encoding passes as GB18030, always as accent plus letter.
    if evidence["letter"] > 9 * evidence["other"]:
        raise _undecodable(tried.failed_at, tried.failed_row)
    return "gb18030"


def _weigh(text: str, evidence: Counter) -> None:
    for character in re.findall(r"[^\x00-\x7f]", text)[:2000]:
        code = character.encode("gb18030")
        evidence["letter" if len(code) == 2 and code[1:].isalpha() else "other"] += 1


def sniff(head: bytes, encoding: str) -> tuple[str, list[list[str]]]:
    """The separator, and the first rows as it cuts them."""
    text = codecs.getincrementaldecoder(encoding)("strict").decode(head, False)
    lines = text.splitlines(keepends=True)
    if len(head) >= HEAD and len(lines) > 1:
        lines.pop()
    lines = lines[:LOOKED_AT]
    if lines and (told := re.fullmatch(r"sep=([,;\t|])\s*", lines[0], re.IGNORECASE)):
        return told[1], list(_parsed(lines, told[1]))
    best = max(SEPARATORS, key=lambda s: _evenness(_parsed(lines, s)))
    return best, list(_parsed(lines, best))


def _parsed(lines: list[str], separator: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(lines, delimiter=separator)
    except csv.Error:
        return


def _evenness(rows: Iterator[list[str]]) -> tuple[float, int]:
    """How much a separator cuts all lines alike: (share of lines with the usual width, that width)."""
    widths = Counter(len(r) for r in rows if r)
    wide = [(n, w) for w, n in widths.items() if w > 1]
    if not wide:
        return 0.0, 0
    count, width = max(wide)
    return round(count / widths.total(), 2), width


def rows(stream: BinaryIO, encoding: str, separator: str) -> Iterator[list[str]]:
    """All rows, blank ones as empty lists; FileRefused `open_quote` if the last quotation never ends."""
    text = io.TextIOWrapper(io.BufferedReader(stream, BLOCK), encoding=encoding, errors="strict", newline="")
    reader, number, row = csv.reader(chain(text, (_END,)), delimiter=separator), 0, []
    ahead = next(reader, [])
    try:
        for row in reader:
            yield ahead
            ahead = row
            number += 1
    except csv.Error:
        raise _open_quote(number + 2) from None
    except UnicodeDecodeError as error:
        raise _undecodable(error.start, number + 1) from None
    finally:
        # Detached all the way, so that dropping the reader does not close the file.
        text.detach().detach()
    if len(ahead) != 1 or ahead[0] + "\n" != _END:
        raise _open_quote(number + 1)


def too_many_rows(limit: int, count: int, at_least: bool = False) -> FileRefused:
    """The refusal of a file with more than `limit` rows."""
    message = (
        _(
            "The file has more than %(count)s rows, the limit is %(limit)s. "
            "Export a shorter period, or split the file."
        )
        if at_least
        else _(
            "The file has %(count)s rows, the limit is %(limit)s. Export a shorter period, or split the file."
        )
    )
    return FileRefused(
        "too_many_rows", message % {"count": f"{count:,}", "limit": f"{limit:,}"}, count=count, limit=limit
    )


def _no_lines() -> FileRefused:
    message = _("The file has no line ends for megabytes: this is not a table with rows.")
    return FileRefused("no_lines", message)


def _open_quote(row: int) -> FileRefused:
    return FileRefused(
        "open_quote",
        _(
            "In row %(row)d a quotation mark opens a text that never ends: the file is cut off or broken "
            "there. Export it again, or correct that row."
        )
        % {"row": row},
        row=row,
    )


def _undecodable(offset: int, row: int) -> FileRefused:
    return FileRefused(
        "encoding",
        _(
            "The text is neither UTF-8, GB18030 (GBK) nor UTF-16: "
            "byte %(offset)d, in row %(row)d, can't be read. "
            "Save the file as “CSV UTF-8” and import it again."
        )
        % {"offset": offset, "row": row},
        offset=offset,
        row=row,
    )
