"""What a file is wrapped in: plain, gzip, zip, a workbook; recognised by its first bytes, not its name.

Holds raw access with a byte counter, and bounded decompression. Does not decode text
(`texts`) and does not read cells (`workbooks`).
"""

import gzip
import io
import lzma
import re
import struct
import zipfile
import zlib
from os import PathLike
from typing import BinaryIO

from django.utils.translation import gettext as _

from .errors import FileRefused

HEAD = 64 * 1024
BLOCK = 1024 * 1024

GZIP = b"\x1f\x8b"
ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What Python's own archive readers raise for archives that are not as they should be.
ARCHIVE_ERRORS = (
    zipfile.BadZipFile,
    OSError,
    EOFError,
    zlib.error,
    struct.error,
    lzma.LZMAError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OverflowError,
    KeyError,
)
_MARKUP = re.compile(rb"\s*<(?:!doctype|!--|html|head|meta|style|body|div|table|\?xml)", re.IGNORECASE)
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


class Source(io.RawIOBase):
    """The file's own bytes, read from a path or from an open binary file; counts what was read."""

    def __init__(self, source: str | PathLike | BinaryIO):
        self._ours = not hasattr(source, "read")
        self._file: BinaryIO = open(source, "rb", buffering=0) if self._ours else source  # noqa: SIM115
        self._file.seek(0, io.SEEK_END)
        self.size = self._file.tell()
        self._file.seek(0)

    def readable(self) -> bool:
        """Always true."""
        return True

    def seekable(self) -> bool:
        """Always true: uploads and files both are."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Move to `offset`; the new position."""
        self._file.seek(offset, whence)
        return self._file.tell()

    def tell(self) -> int:
        """Bytes read so far, for a progress bar: of the file itself, not of what it unpacks to."""
        return 0 if self._file.closed else self._file.tell()

    def readinto(self, buffer) -> int:
        """Fill `buffer`; the number of bytes read."""
        data = self._file.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Close the file if it was opened here; a caller's open file stays open."""
        if self._ours and not self._file.closed:
            self._file.close()
        super().close()


class Unpacked(io.RawIOBase):
    """A decompressing stream that stops at `limit` bytes and tells damage as FileRefused."""

    def __init__(self, stream: BinaryIO, limit: int):
        self._stream = stream
        self._limit = limit
        self._left = limit

    def readable(self) -> bool:
        """Always true."""
        return True

    def readinto(self, buffer) -> int:
        """Fill `buffer`; raises FileRefused `truncated`, `damaged`, `too_large`."""
        try:
            data = self._stream.read(len(buffer))
        except EOFError:
            raise truncated() from None
        except ARCHIVE_ERRORS as error:
            raise damaged() from error
        self._left -= len(data)
        if self._left < 0:
            raise too_large(self._limit)
        buffer[: len(data)] = data
        return len(data)


def too_large(limit: int) -> FileRefused:
    """The refusal of a file that holds, or unpacks to, more than `limit` bytes."""
    return FileRefused(
        "too_large",
        _(
            "The file holds more than %(limit)d MB of data, the most that is read at once. "
            "Export a shorter period, or split the file."
        )
        % {"limit": limit // 2**20},
        limit=limit,
    )


def truncated() -> FileRefused:
    """The refusal of an archive that ends before its contents do."""
    message = _("The file is incomplete: it ends in the middle. Download or copy it again.")
    return FileRefused("truncated", message)


def damaged() -> FileRefused:
    """The refusal of an archive whose contents are not what its checksums say."""
    return FileRefused("damaged", _("The file is damaged and can't be unpacked. Download or copy it again."))


def not_a_table() -> FileRefused:
    """The refusal of an image, a PDF, a program: anything that is no table."""
    return FileRefused(
        "binary",
        _(
            "This is not a table. Files that can be read: CSV, TSV, Excel (.xlsx, .xls), .ods, "
            "and one of these in a .gz or .zip."
        ),
    )


def protected() -> FileRefused:
    """The refusal of what needs a password."""
    return FileRefused(
        "password",
        _("The file is protected by a password. Open it, save it without the password, and import that."),
    )


def refuse_unreadable(head: bytes) -> None:
    """Raise FileRefused for a beginning that is a web page or binary data; text and nothing else passes."""
    if head.startswith(_BOMS[1:]):
        text = head[: len(head) // 2 * 2].decode("utf-16", "replace").encode()
    else:
        text = head.removeprefix(_BOMS[0])
    if _MARKUP.match(text):
        raise FileRefused(
            "html",
            _(
                "This is a web page, not a table, whatever its name says. "
                "Open it in a spreadsheet, save it as .xlsx or .csv, and import that."
            ),
        )
    odd = len(text) - len(text.translate(None, bytes([*range(7), *range(14, 27), *range(28, 32), 127])))
    if odd > len(text) // 50:
        raise not_a_table()


def gunzip(source: Source, limit: int) -> Unpacked:
    """The contents of a gzip file, at most `limit` bytes."""
    return Unpacked(gzip.GzipFile(fileobj=source), limit)


def open_zip(source: Source) -> zipfile.ZipFile:
    """The zip archive in `source`; FileRefused `truncated` when its directory is missing."""
    try:
        return zipfile.ZipFile(source)
    except zipfile.BadZipFile:
        raise truncated() from None
    except ARCHIVE_ERRORS as error:
        raise damaged() from error


def is_workbook(archive: zipfile.ZipFile) -> bool:
    """Whether a zip archive is an .xlsx, .xlsb or .ods document rather than an archive of files."""
    names = set(archive.namelist())
    return "[Content_Types].xml" in names or {"mimetype", "content.xml"} <= names


def only_member(archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    """The one file in an archive; FileRefused `archive` when there is none or more than one."""
    members = [m for m in archive.infolist() if m.filename[-1:] != "/" and not _is_litter(m.filename)]
    if len(members) != 1:
        names = ", ".join(m.filename for m in members[:5])
        raise FileRefused(
            "archive",
            _(
                "The archive must hold exactly one file, but holds %(count)d: %(names)s. "
                "Unpack it and import the right one."
            )
            % {"count": len(members), "names": names + (" …" if len(members) > 5 else "")},
            count=len(members),
        )
    if members[0].flag_bits & 1:
        raise protected()
    if members[0].compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        message = _("The archive is packed by an unusual method. Pack it again as an ordinary .zip.")
        raise FileRefused("archive", message)
    return members[0]


def unzip(archive: zipfile.ZipFile, member: zipfile.ZipInfo, limit: int) -> Unpacked:
    """The contents of one archive member, at most `limit` bytes."""
    try:
        return Unpacked(archive.open(member), limit)
    except ARCHIVE_ERRORS as error:
        raise damaged() from error


def _is_litter(name: str) -> bool:
    # What macOS and Windows add to archives by themselves.
    last = name.rsplit("/", 1)[-1].lower()
    return name.startswith("__MACOSX/") or last.startswith(".") or last in ("thumbs.db", "desktop.ini")
