"""A text file in an encoding that has to be named: written anew as UTF-8 for the intake to read.

The intake finds UTF-8, UTF-16 and GB18030 by itself; this is for all others.
"""

import codecs
import gzip
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from lingyu.store.intake.errors import FileRefused

from .target import WrongUsage

_GZIP = b"\x1f\x8b"


def check_encoding(name: str) -> str:
    """`name` if it is a text encoding, or "". Raises WrongUsage."""
    try:
        if name and not codecs.lookup(name)._is_text_encoding:
            raise LookupError(name)
    except LookupError:
        message = _("There is no encoding “%(name)s”. Use a name such as gbk, big5 or windows-1252.")
        raise WrongUsage(message % {"name": name}) from None
    return name


@contextmanager
def recoded(path: Path, encoding: str) -> Iterator[Path]:
    """A file of the same name in UTF-8, gone after the block; `path` itself when no encoding is named."""
    if not encoding:
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="recoded-", dir=settings.LINGYU_HOME) as folder:
        copy = Path(folder) / path.name.removesuffix(".gz")
        with path.open("rb") as raw:
            packed = raw.read(2) == _GZIP
        try:
            with (
                gzip.open(path, "rt", encoding=encoding, newline="")
                if packed
                else path.open(encoding=encoding, newline="") as source,
                copy.open("w", encoding="utf-8", newline="") as target,
            ):
                shutil.copyfileobj(source, target, 1 << 20)
        except UnicodeError as error:
            message = _("The file is not in the encoding “%(name)s”: %(reason)s.")
            raise FileRefused("encoding", message % {"name": encoding, "reason": error}) from None
        except (EOFError, gzip.BadGzipFile):
            message = _("The file is incomplete: it ends in the middle. Download or copy it again.")
            raise FileRefused("truncated", message) from None
        yield copy
