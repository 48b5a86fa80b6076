"""Plain texts from outside: their lines, in whatever encoding and wrapping they come.

Holds the opening only; what a line means is its reader's.
"""

import codecs
import io
from collections.abc import Iterator
from contextlib import contextmanager
from os import PathLike
from typing import BinaryIO

from . import containers, lines
from .containers import Source
from .header import empty

MAX_BYTES = 512 * 2**20
MAX_LINES = 5_000_000


@contextmanager
def open_text(
    source: str | PathLike | BinaryIO, *, max_bytes: int = MAX_BYTES, max_lines: int = MAX_LINES
) -> Iterator[Iterator[str]]:
    """The lines of a text file, without their ends; also within .gz or .zip. Raises FileRefused."""
    raw = Source(source)
    try:
        opened = _opener(raw, max_bytes)
        containers.refuse_unreadable(opened().read(containers.HEAD) or b"")
        survey = lines.Survey(opened(), max_lines)
        if not survey.head:
            raise empty()
        encoding = survey.encoding or lines.gb18030(opened, survey)
        if encoding == "utf-8" and survey.head.startswith(codecs.BOM_UTF8):
            encoding = "utf-8-sig"
        text = io.TextIOWrapper(io.BufferedReader(opened()), encoding, newline=None)
        yield (line.rstrip("\n") for line in text)
    finally:
        raw.close()


def _opener(raw: Source, max_bytes: int):
    """A function that opens the text from its beginning, each time it is called."""

    def plain() -> Source:
        raw.seek(0)
        return raw

    head = plain().read(containers.HEAD)
    if not head:
        raise empty()
    if head.startswith(containers.GZIP):
        return lambda: containers.gunzip(plain(), max_bytes)
    if head.startswith(containers.ZIP):
        archive = containers.open_zip(plain())
        member = containers.only_member(archive)
        return lambda: containers.unzip(archive, member, max_bytes)
    if raw.size > max_bytes:
        raise containers.too_large(max_bytes)
    return plain
