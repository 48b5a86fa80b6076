"""The inbox's folder: which files there are, reading on from a position, forgetting what has been compacted.

Holds what a compactor needs. Does not write rows: see `writing`.
"""

import contextlib
import logging
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from lingyu.kernel.ids import uuid7

from . import files
from .files import SUFFIX, Damaged, OtherFormat, Row

# By file name, the last sequence number that has been dealt with: kept by whoever reads, in the
# transaction in which it publishes, so that a row is neither lost nor taken twice.
Position = dict[str, int]

# Seconds for which a lock without a file may be one whose file is just being made.
YOUNG = 3600
_log = logging.getLogger(__name__)


class Inbox:
    """All files that collecting processes wrote into `folder` and that nobody has forgotten yet."""

    def __init__(self, folder: Path):
        self.folder = Path(folder)
        self.damaged, self.unread = self.folder / "damaged", self.folder / "unread"
        self._broken: set[Path] = set()

    def new_path(self) -> Path:
        """Where a writer may make a file; its name sorts by the time at which it was made."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return self.folder / f"{uuid7().hex}{SUFFIX}"

    def files(self) -> list[Path]:
        """The files, the oldest first."""
        return sorted(self.folder.glob(f"*{SUFFIX}"))

    def read(self, after: Mapping[str, int] | None = None) -> Iterator[Row]:
        """Every committed row beyond the position `after`, file by file.

        What can be read of a damaged file comes all the same, and the reading goes on; once it has been
        read to its end, `forget` moves it into `damaged/`. Raises sqlite3.OperationalError when the
        disk fails.
        """
        after = after or {}
        for path in self.files():
            yield from self._read(path, after.get(path.name, 0))

    def _read(self, path: Path, seq: int) -> Iterator[Row]:
        try:
            for row in files.read(path, seq):
                seq = row.seq
                yield row
        except OtherFormat as error:
            _log.error("inbox: %s was left: %s", path.name, error)
        except Damaged as error:
            _log.error("inbox: %s", error)
            yield from files.salvage(path, seq)
            self._broken.add(path)

    def keep_unread(self, rows: Sequence[Row]) -> None:
        """Keep requests whose reader failed in `unread/`, until `again`; on disk when this returns."""
        self.unread.mkdir(parents=True, exist_ok=True, mode=0o700)
        with contextlib.closing(files.create(self.unread / self.new_path().name)) as db:
            files.add(db, rows)

    def again(self) -> int:
        """Have the requests that were kept unread come once more; how many files of them."""
        found = sorted(self.unread.glob(f"*{SUFFIX}"))
        for path in found:
            for part in (*files.companions(path), path):
                if part.exists():
                    part.rename(self.folder / part.name)
        return len(found)

    def set_aside(self, path: Path) -> bool:
        """Move a file into `damaged/`, unless a process writes it; whether it was moved."""
        with files.claim(path) as free:
            return free and self._move(path)

    def _move(self, path: Path) -> bool:
        self.damaged.mkdir(exist_ok=True)
        for part in (*files.companions(path), path):
            if part.exists():
                part.rename(self.damaged / part.name)
        files.lock_file(path).unlink(missing_ok=True)
        _log.error("inbox: %s was set aside in %s", path.name, self.damaged)
        return True

    def forget(self, upto: Mapping[str, int]) -> int:
        """Remove the files that nobody writes any more and of which every row lies within `upto`; how many.

        A file that is still written stays until its writer has gone on to the next one
        (`Writer.rotate`): rows are never deleted one by one, which would make the collectors wait.
        """
        removed = 0
        while self._broken:
            self.set_aside(self._broken.pop())
        for path in self.files():
            with files.claim(path) as free:
                if free and self._is_done(path, upto.get(path.name, 0)):
                    files.remove(path)
                    removed += 1
        self._sweep()
        return removed

    def _is_done(self, path: Path, upto: int) -> bool:
        try:
            return files.last(path) <= upto
        except (Damaged, OtherFormat):
            return False

    def _sweep(self) -> None:
        """Remove locks whose file is gone; not young ones, whose writer may be about to make its file."""
        for lock in self.folder.glob("*.lock"):
            with contextlib.suppress(FileNotFoundError):
                if not lock.with_suffix(SUFFIX).exists() and time.time() - lock.stat().st_mtime > YOUNG:
                    lock.unlink()

    def waiting(self, after: Mapping[str, int] | None = None) -> int:
        """How many requests lie beyond a position."""
        after = after or {}
        return sum(max(files.last(p) - after.get(p.name, 0), 0) for p in self.files())
