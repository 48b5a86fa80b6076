"""A house to be killed: a data folder, the real server on it, and two more processes at work.

Holds how they start and die; `clients` writes to them and `verdict` judges.
"""

import contextlib
import os
import random
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

# Seconds within which a server that was killed must answer again.
PATIENCE = 60


class House:
    """`lingyu serve` with its worker, beside it a writer and a shipper that know no pause."""

    def __init__(self, folder: Path):
        self.folder, self.port = folder, _free_port()
        self.address = f"http://127.0.0.1:{self.port}/"
        self.log = (folder / "log").open("ab")
        self.acknowledged = folder / "acknowledged"
        self.acknowledged.touch()
        self.running: dict[str, subprocess.Popen] = {}

    def start(self) -> None:
        """Start whatever is not running; the server is waited for."""
        self._start("server", ["-m", "lingyu", "serve", "--port", str(self.port)])
        self._start("shipper", ["-m", "tests.crash.busy", "ship"])
        self._start("writer", ["-m", "tests.crash.busy", "write", str(self.acknowledged)])
        self._wait()

    def _start(self, name: str, command: list[str]) -> None:
        running = self.running.get(name)
        if running is None or running.poll() is not None:
            self.running[name] = subprocess.Popen(
                [sys.executable, *command], stdout=self.log, stderr=self.log, start_new_session=True
            )

    def _wait(self) -> None:
        """Until a page is answered."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"{self.address}accounts/login/", timeout=5).read()
                return
            if self.running["server"].poll() is not None:
                break
            time.sleep(0.05)
        raise SystemExit(f"the server does not answer; see {self.folder / 'log'}")

    def kill(self, name: str) -> None:
        """kill −9 a process and all its children at once."""
        process = self.running.pop(name)
        for pid in [process.pid, *_below(process.pid)]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        process.wait()

    def kill_child(self, chance: random.Random) -> None:
        """kill −9 one child of the server, the web's or the worker, while the others go on."""
        children = _below(self.running["server"].pid)
        if children:
            with contextlib.suppress(ProcessLookupError):
                os.kill(chance.choice(children), signal.SIGKILL)

    def stop(self) -> None:
        """End everything, whatever state it is in."""
        for name in list(self.running):
            self.kill(name)
        self.log.close()


def _below(pid: int) -> list[int]:
    """The processes that descend from `pid`."""
    parents: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            # The command, in parentheses, may hold spaces; the parent is the second field after it.
            parent = int(path.read_text().rpartition(")")[2].split()[1])
            parents.setdefault(parent, []).append(int(path.parent.name))
    found, look = [], [pid]
    while look:
        look = [child for one in look for child in parents.get(one, [])]
        found += look
    return found


@contextlib.contextmanager
def database_of_its_own(name: str) -> Iterator[str]:
    """DATABASE_URL for the house: empty for SQLite, else a new database beside the one given."""
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        yield ""
        return
    import psycopg

    with psycopg.connect(url, autocommit=True) as db:
        db.execute(f'CREATE DATABASE "{name}"')
        try:
            yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
        finally:
            db.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
