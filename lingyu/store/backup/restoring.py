"""Putting a backup into a home: checked first, copied beside, and then moved in at once.

What was in the home is not deleted but moved into a folder in it, `replaced-…`. Says nothing of whether what
was restored makes sense to the house: the command asks the house's own checks afterwards.
"""

import contextlib
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

from . import database
from .content import BadBackup, Content, Progress, copy, sync_all, verify

_PART = ".restore.part"
# What the mere start of a command puts into a home.
_ALWAYS = {"secret-key", _PART}


class NotEmpty(RuntimeError):
    """There is a house in the home already."""


def restore(
    source: Path, home: Path, settings: dict, *, replace: bool = False, progress: Progress = lambda done: None
) -> Content:
    """Check the backup in `source`, then put it into `home`. Raises NotEmpty, BadBackup, OSError.

    Nobody may be at work there. `settings` are Django's of the database.
    """
    content = verify(source, progress)
    if not replace and (found := _what_is_there(home)):
        raise NotEmpty(f"{home} is not empty: {', '.join(found[:5])}")
    part = home / _PART
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True, mode=0o700)
    for file in content.files:
        of_database = file.path.startswith("database/")
        if not of_database and copy(source / file.path, part, file.path, progress) != file:
            raise BadBackup(f"{file.path} changed while it was copied")
    database.load(settings, source, part / Path(database.SQLITE).name)
    for name in ("secret-key", Path(database.SQLITE).name):
        with contextlib.suppress(FileNotFoundError):
            (part / name).chmod(0o600)
    sync_all(part)
    _swap(home, part)
    return content


def _what_is_there(home: Path) -> list[str]:
    """Names of what somebody would miss."""
    if not home.is_dir():
        return []
    return sorted(
        entry.name
        for entry in home.iterdir()
        if entry.name not in _ALWAYS and (entry.is_file() or any(path.is_file() for path in entry.rglob("*")))
    )


def _swap(home: Path, part: Path) -> None:
    """Move aside what is there, and in what was restored."""
    aside = home / f"replaced-{datetime.now(UTC):%Y%m%d-%H%M%S}"
    for entry in sorted(home.iterdir()):
        if entry.name != _PART and not entry.name.startswith("replaced-"):
            aside.mkdir(exist_ok=True, mode=0o700)
            entry.rename(aside / entry.name)
    for entry in sorted(part.iterdir()):
        entry.rename(home / entry.name)
    part.rmdir()
    handle = os.open(home, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
