"""What is in a backup: a list of every file with its SHA-256, written last. Copying and checking files."""

import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec

from ..disk import sync

FORMAT = 1
LIST = "backup.json"
_PIECE = 2**20
Progress = Callable[[int], None]


class BadBackup(RuntimeError):
    """A folder is no backup, not a whole one, or of another version."""


class File(msgspec.Struct, frozen=True):
    """One file: its path within the backup, bytes, and the SHA-256 of them in hex."""

    path: str
    bytes: int
    sha256: str


class Content(msgspec.Struct, frozen=True, kw_only=True):
    """The list. `made_at` is ISO 8601; everything acknowledged before it is in the backup."""

    format: int = FORMAT
    lingyu: str
    made_at: str
    database: str
    zone: str
    facts: int
    log_facts: int
    files: list[File]

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(file.bytes for file in self.files)

    def write(self, folder: Path) -> None:
        """Into a backup, synced: from now on it is one."""
        path = folder / LIST
        path.write_bytes(msgspec.json.format(msgspec.json.encode(self), indent=1))
        sync([path])


def read(folder: Path) -> Content:
    """The list of a backup. Raises BadBackup."""
    try:
        content = msgspec.json.decode((folder / LIST).read_bytes(), type=Content)
    except (OSError, msgspec.MsgspecError) as error:
        raise BadBackup(f"{folder} is no backup: {error}") from error
    if content.format != FORMAT:
        raise BadBackup(f"{folder} has format {content.format}; this version reads format {FORMAT}")
    for file in content.files:
        # A list that somebody changed does not lead out of the folder.
        if file.path.startswith("/") or ".." in Path(file.path).parts:
            raise BadBackup(f"{folder}: {file.path!r} is no path within it")
    return content


def verify(folder: Path, progress: Progress = lambda done: None) -> Content:
    """Read every file again and compare it with the list. Raises BadBackup naming those that differ."""
    content, wrong = read(folder), []
    for file in content.files:
        try:
            with (folder / file.path).open("rb") as source:
                digest = _pour(source, None, progress)
        except OSError as error:
            wrong.append(f"{file.path}: {error.strerror}")
            continue
        if digest != file.sha256:
            wrong.append(f"{file.path}: not the bytes that were written")
    if wrong:
        raise BadBackup("\n".join([f"{len(wrong)} of {len(content.files)} files are damaged:", *wrong[:20]]))
    return content


def copy(source: Path, folder: Path, path: str, progress: Progress = lambda done: None) -> File:
    """Copy a file to `path` in a backup; what the list says of it. Not synced yet."""
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    with source.open("rb") as inward, target.open("wb") as outward:
        digest = _pour(inward, outward, progress)
    return File(path, target.stat().st_size, digest)


def listed(folder: Path, path: str) -> File:
    """What the list says of a file that was written into the backup by others."""
    with (folder / path).open("rb") as file:
        return File(path, (folder / path).stat().st_size, _pour(file, None, lambda done: None))


def _pour(inward: BinaryIO, outward: BinaryIO | None, progress: Progress) -> str:
    digest = hashlib.sha256()
    while piece := inward.read(_PIECE):
        digest.update(piece)
        if outward:
            outward.write(piece)
        progress(len(piece))
    return digest.hexdigest()


def files_below(folder: Path) -> Iterator[Path]:
    """All plain files below a folder, in order; no links: they could lead anywhere."""
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if path.is_file() and not path.is_symlink():
            yield path


def sync_all(folder: Path) -> None:
    """Have all that was written below a folder on disk."""
    for path in [*folder.rglob("*"), folder]:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
