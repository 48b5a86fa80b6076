"""The shelf: the files of pictures in the data folder, named by their content.

A file is there whole or not at all: written beside, synced, then renamed. Knows no rows.
"""

import os
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

from django.conf import settings

from .addresses import NAME, Address
from .refining import Refined


def folder() -> Path:
    """Where the files lie."""
    return Path(settings.MEDIA_ROOT) / "pictures"


def path_of(name: str) -> Path:
    """The file of a name; spread over 256 folders. The name has to be one of ours."""
    if not NAME.fullmatch(name):
        raise ValueError(name)
    return folder() / name[:2] / name


def put(refined: Refined) -> None:
    """Store both copies durably; what is there already stays, and is young again."""
    if refined.small is not None:
        _write(path_of(refined.address.small_name), refined.small)
    _write(path_of(refined.address.name), refined.full)


def remove(address: Address) -> None:
    """Take both copies away, from wherever they lie."""
    for name in _names(address):
        path_of(name).unlink(missing_ok=True)
        _apart(name).unlink(missing_ok=True)


def set_apart(address: Address) -> None:
    """Move both copies where no address leads; what lies there already stays."""
    for name in _names(address):
        _move(path_of(name), _apart(name))


def set_back(address: Address) -> None:
    """Move both copies back to where they are found."""
    for name in _names(address):
        _move(_apart(name), path_of(name))


def _names(address: Address) -> list[str]:
    return [name for name in (address.name, address.small_name) if name]


def _apart(name: str) -> Path:
    return folder().with_name("pictures-withheld") / name[:2] / name


def _move(source: Path, target: Path) -> None:
    if source.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        os.replace(source, target)


def left_behind(older_than: float) -> Iterator[Path]:
    """Files untouched for that many seconds, half-written ones too; whoever asks knows which are needed."""
    limit = time.time() - older_than
    for path in folder().glob("??/*"):
        if path.is_file() and path.stat().st_mtime < limit:
            yield path


def _write(path: Path, content: bytes) -> None:
    if path.exists():
        # Not to be taken for left behind before its row is there.
        os.utime(path)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f"{uuid4().hex}.half")
    with half.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)
    directory = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
