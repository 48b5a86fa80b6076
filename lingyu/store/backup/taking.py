"""Taking a backup while the house runs: everything acknowledged before it began is in it, and nothing twice.

The order is what makes that true. While nobody ships facts and nobody compacts (both leases are held as long
as this lasts; members and collectors go on): first the database, with what is not shipped yet; then which
files the event store and the log consist of, with a link to each, so that none can go away; then the inbox,
whose files nobody forgets meanwhile. What comes in again from there is left out by its ids. Then all else is
copied in peace. The folder has its name only once everything in it is on disk.
"""

import contextlib
import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from lingyu import __version__

from ..engines.duck.manifest import Manifest
from ..inbox import Inbox
from ..inbox.files import SUFFIX, companions
from ..log.door import Log
from ..log.keeping import COPY, snapshot
from ..ship import lease
from . import database
from .content import BadBackup, Content, File, Progress, copy, files_below, listed, sync_all

# Not in a backup: what can be made again, and what is copied on its own.
LEFT_OUT = ("static", "store")
_TRANSIENT = (".lock", ".part", "-wal", "-shm", "-journal", "-gate")


def take(
    home: Path, destination: Path, settings: dict, log: Log, progress: Progress = lambda done: None
) -> Content:
    """Back up the house in `home` into the new folder `destination`; `settings` are Django's of the database.

    Raises FileExistsError, BadBackup, OSError, sqlite3.Error; then nothing is left of it.
    """
    if destination.is_relative_to(home):
        raise BadBackup(
            f"{destination} lies in the data folder: choose a place elsewhere, best on another disk"
        )
    if destination.exists():
        raise FileExistsError(f"{destination} exists already: a backup is a new folder")
    part = destination.with_name(f"{destination.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True, mode=0o700)
    began = datetime.now(UTC)
    try:
        with _links(home / "store") as links:
            files, counts = _at_once(home, part, settings, log, links)
            files += [
                copy(path, part, f"store/{path.relative_to(links)}", progress) for path in files_below(links)
            ]
        files += _copy_rest(home, part, settings, progress)
        content = Content(
            lingyu=__version__,
            made_at=began.isoformat(),
            database=database.path_of(settings),
            zone=log.zone.key,
            facts=counts[0],
            log_facts=counts[1],
            files=sorted(files, key=lambda f: f.path),
        )
        sync_all(part)
        content.write(part)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    part.rename(destination)
    return content


@contextlib.contextmanager
def _links(store: Path) -> Iterator[Path]:
    """A folder on the store's disk for links; what a killed backup left of one goes."""
    for old in store.glob("backup-*"):
        if not Path(f"/proc/{old.name.removeprefix('backup-')}").exists():
            shutil.rmtree(old, ignore_errors=True)
    links = store / f"backup-{os.getpid()}"
    links.mkdir(parents=True)
    try:
        yield links
    finally:
        shutil.rmtree(links, ignore_errors=True)


def _at_once(
    home: Path, part: Path, settings: dict, log: Log, links: Path
) -> tuple[list[File], tuple[int, int]]:
    """All that has to be of one moment; how many facts the event store and the log have."""
    with lease(), log.lease():
        files = [listed(part, database.dump(settings, part))]
        manifest = Manifest(home / "store")
        live = manifest.live()
        files.append(_sqlite(manifest.folder / "manifest.sqlite3", part, "store/manifest.sqlite3"))
        _link(manifest.folder, links, (file.path for file in live))
        files.append(_sqlite(log.catalog.path, part, "store/log/catalog.sqlite3"))
        kept = [row[0] for row in log.catalog.db().execute("select path from segment where died_at is null")]
        _link(log.folder, links / "log", kept)
        files += _inbox(Inbox(home / "store" / "inbox"), part)
        return files, (sum(file.rows for file in live), sum(log.catalog.rows().values()))


def _link(folder: Path, links: Path, paths: Iterable[str]) -> None:
    for path in paths:
        (links / path).parent.mkdir(parents=True, exist_ok=True)
        # A file that is gone is damage, which is noted in the catalog or will be; the rest is to be saved.
        with contextlib.suppress(FileNotFoundError):
            os.link(folder / path, links / path)


def _sqlite(source: Path, part: Path, path: str) -> File:
    target = part / path
    target.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.closing(sqlite3.connect(source, timeout=60)) as db:
        snapshot(db, target)
    return listed(part, path)


def _inbox(inbox: Inbox, part: Path) -> list[File]:
    """Every file of the inbox: those that are written as of this moment, damaged ones as they are."""
    found = []
    for folder in (inbox.folder, inbox.unread, inbox.damaged):
        for source in sorted(folder.glob(f"*{SUFFIX}")):
            path = f"store/inbox/{source.relative_to(inbox.folder)}"
            try:
                found.append(_sqlite(source, part, path))
            except sqlite3.Error:
                found += [
                    copy(file, part, f"store/inbox/{file.relative_to(inbox.folder)}")
                    for file in (source, companions(source)[0])
                    if file.exists()
                ]
    return found


def _copy_rest(home: Path, part: Path, settings: dict, progress: Progress) -> list[File]:
    """All else that lies in the home, whoever put it there: media, key, mails, exports, the doctor."""
    found = []
    name = str(settings["NAME"])
    for path in [*_rest(home), *_rest(home / "store", deep=False)]:
        relative = path.relative_to(home).as_posix()
        if str(path) == name or path.name.endswith(_TRANSIENT) or path.name == COPY:
            continue
        if relative.startswith("store/") and path.name in ("manifest.sqlite3",):
            continue
        try:
            found.append(
                _sqlite(path, part, relative)
                if path.suffix == ".sqlite3"
                else copy(path, part, relative, progress)
            )
        except FileNotFoundError:
            # It was there a moment ago: a picture that was replaced, an export that was fetched.
            continue
    return found


def _rest(folder: Path, deep: bool = True) -> Iterator[Path]:
    for entry in sorted(folder.iterdir()):
        if entry.is_file() and not entry.is_symlink():
            yield entry
        elif deep and entry.name not in LEFT_OUT and not entry.name.startswith(("replaced-", ".")):
            yield from files_below(entry)
