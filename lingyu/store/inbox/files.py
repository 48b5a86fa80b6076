"""One file of the inbox: its table, adding rows, reading them, and saving what can be read of a damaged one.

Holds SQLite in WAL mode with synchronous=FULL: when a commit returns, its rows have been synced. Pages are
not moved from the log into the file while it is written (no automatic checkpoints), so that no commit has
to wait for that; it is done once, when the file is closed. Holds no threads and no choice of files.
"""

import contextlib
import fcntl
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

# The layout of the table; a file of another one is not read but left where it is.
FORMAT = 1
SUFFIX = ".inbox"
_TABLE = """
create table if not exists request (
    seq integer primary key,
    source text not null,
    protocol text not null,
    received_at integer not null,
    address text not null,
    agent text not null,
    visitor text not null,
    count integer not null,
    method text not null,
    target text not null,
    headers blob not null,
    body blob not null
)
"""
_COLUMNS = "source, protocol, received_at, address, agent, visitor, count, method, target, headers, body"
# All that is put together here are names of this module.
_INSERT = f"insert into request ({_COLUMNS}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608
_SELECT = f"select seq, {_COLUMNS} from request where seq > ? order by seq limit ?"  # noqa: S608
# Rows read at a time: a row may hold megabytes.
PAGE = 50
# SQLite's result codes that mean that the file's content cannot be trusted.
_DAMAGE = {"SQLITE_CORRUPT", "SQLITE_NOTADB"}

_headers = msgspec.json.Decoder(dict[str, str])
encode_headers = msgspec.json.Encoder().encode


class Damaged(RuntimeError):
    """A file of the inbox cannot be read as what it should be."""


class OtherFormat(RuntimeError):
    """A file of the inbox was written by another version of Lingyu, which knows how to read it."""


class Row(msgspec.Struct, frozen=True):
    """One request as it came, with what is known of its sender.

    `received_at` is in microseconds since 1970, UTC. `target` is the path below the source's prefix with
    its query; `headers` (JSON) are those that a protocol needs, without credentials; `body` is as sent,
    compressed if it was. `visitor` is a digest of the sender that changes every day.
    """

    source: str
    protocol: str
    received_at: int
    address: str
    agent: str
    visitor: str
    count: int
    method: str
    target: str
    headers: bytes
    body: bytes
    seq: int = 0
    file: str = ""

    def header(self, name: str) -> str:
        """A kept header by its lower-case name, or nothing."""
        return _headers.decode(self.headers).get(name, "")

    def columns(self) -> tuple:
        """What is bound to the insert."""
        return (
            self.source,
            self.protocol,
            self.received_at,
            self.address,
            self.agent,
            self.visitor,
            self.count,
            self.method,
            self.target,
            self.headers,
            self.body,
        )


def is_damage(error: sqlite3.Error) -> bool:
    """Whether an error of SQLite means damaged content, and not a disk that is full or away."""
    name = getattr(error, "sqlite_errorname", "") or ""
    # An extended code begins with its primary one: SQLITE_CORRUPT_VTAB.
    return any(name == code or name.startswith(f"{code}_") for code in _DAMAGE)


def create(path: Path) -> sqlite3.Connection:
    """A new file, or one that this process wrote before, ready to be written. Raises sqlite3.Error."""
    db = sqlite3.connect(path, timeout=10, isolation_level=None, check_same_thread=False)
    try:
        # Larger pages: a body of some kilobytes then takes few of them.
        db.execute("pragma page_size=16384")
        db.execute("pragma journal_mode=wal")
        db.execute("pragma synchronous=full")
        db.execute("pragma wal_autocheckpoint=0")
        db.execute("pragma cache_size=-8192")
        db.execute(_TABLE)
        db.execute(f"pragma user_version={FORMAT}")
    except sqlite3.Error:
        db.close()
        raise
    return db


def add(db: sqlite3.Connection, rows: Sequence[Row]) -> None:
    """Write all rows in one transaction; when this returns they are on disk. Raises sqlite3.Error."""
    db.execute("begin immediate")
    try:
        db.executemany(_INSERT, [row.columns() for row in rows])
        db.execute("commit")
    except BaseException:
        with contextlib.suppress(sqlite3.Error):
            db.execute("rollback")
        raise


def read(path: Path, after: int) -> Iterator[Row]:
    """Rows of a file beyond the sequence number `after`, in order. Raises Damaged, sqlite3.OperationalError.

    Safe while another process writes the file: what is read was committed.
    """
    with contextlib.closing(_open(path)) as db:
        try:
            if _format(db) == 0:
                return
            while found := db.execute(_SELECT, (after, PAGE)).fetchall():
                yield from (Row(*row[1:], seq=row[0], file=path.name) for row in found)
                after = found[-1][0]
        except sqlite3.DatabaseError as error:
            if not is_damage(error):
                raise
            raise Damaged(f"{path.name}: {error}") from error


def _open(path: Path) -> sqlite3.Connection:
    """A connection that reads; never one that makes a file of a name that is gone."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=10, isolation_level=None)


def _format(db: sqlite3.Connection) -> int:
    """The file's format; 0 for one in which nothing was written yet."""
    number = db.execute("pragma user_version").fetchone()[0]
    if number not in (0, FORMAT):
        raise OtherFormat(f"its format is {number}, and this version reads {FORMAT}")
    return number


def last(path: Path) -> int:
    """The highest sequence number in a file; 0 when it is empty. Raises as `read` does."""
    with contextlib.closing(_open(path)) as db:
        try:
            return _format(db) and db.execute("select coalesce(max(seq), 0) from request").fetchone()[0]
        except sqlite3.DatabaseError as error:
            if not is_damage(error):
                raise
            raise Damaged(f"{path.name}: {error}") from error


def salvage(path: Path, after: int) -> Iterator[Row]:
    """What can still be read of a damaged file beyond `after`: row by row, past those that cannot.

    Bounded: it gives up after so many numbers in a row that answer nothing.
    """
    missing, seq = 0, after
    with contextlib.closing(_open(path)) as db:
        while missing < 10_000:
            seq += 1
            try:
                found = db.execute(_SELECT, (seq - 1, 1)).fetchall()
                if not found:
                    return
                seq, missing = found[0][0], 0
                yield Row(*found[0][1:], seq=seq, file=path.name)
            except sqlite3.DatabaseError:
                missing += 1


@contextlib.contextmanager
def claim(path: Path) -> Iterator[bool]:
    """Whether nobody writes `path` at present; while inside, nobody may begin to.

    A lock beside the file, which a dead process gives back by itself. Not on the file: closing any handle
    of it would give up the locks that SQLite holds there.
    """
    with lock_file(path).open("a") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def lock_file(path: Path) -> Path:
    """The lock that stands beside a file."""
    return path.with_suffix(".lock")


def remove(path: Path) -> None:
    """Unlink a file with all that SQLite put beside it."""
    for name in (path, *companions(path), lock_file(path)):
        name.unlink(missing_ok=True)


def companions(path: Path) -> tuple[Path, Path]:
    """The log and the index of the log."""
    return path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")
