"""A collector that runs as its own process on a data folder of its own, and the facts that reached it."""

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lingyu.kernel.facts import Fact, read
from lingyu.store.inbox import Inbox

KEY, PREFIX, SITE = "lksdkkey", "sdks", "0191a1b2-0000-7000-8000-000000000001"
_PREPARE = f"""
import django; django.setup()
from django.core.management import call_command; call_command("migrate", verbosity=0)
from django.utils import timezone
from lingyu.collector.models import Source
from lingyu.community.accounts.actions import join
Source.objects.create(id="{SITE}", name="sdks", prefix="{PREFIX}", key="{KEY}", names="localhost",
    made_by=join(actor=None, username="sdks"), made_at=timezone.now())
"""


@dataclass
class Running:
    """Where it is, and what it keeps."""

    folder: Path
    bare: str

    @property
    def base(self) -> str:
        """The address below which the source's SDKs send."""
        return f"{self.bare}/in/{PREFIX}"

    def facts(self, after: int = 0) -> list[Fact]:
        """What was kept, in rows beyond the number `after`; a fact that was sent twice is there once."""
        found: dict = {}
        for row in list(Inbox(self.folder / "store" / "inbox").read())[after:]:
            reading = read(row)
            assert not [r for r in reading.remarks if r.kind == "refused"], reading.remarks
            found |= {fact.id: fact for fact in reading.facts}
        return list(found.values())

    def number(self) -> int:
        """How many requests were kept."""
        return sum(1 for _ in Inbox(self.folder / "store" / "inbox").read())

    def wait_for(self, names: set[str], after: int = 0, seconds: float = 20) -> list[Fact]:
        """The facts, once all of these names are among them."""
        end = time.monotonic() + seconds
        while True:
            found = self.facts(after)
            if names <= {f.name for f in found}:
                return found
            assert time.monotonic() < end, f"{names - {f.name for f in found}} did not arrive"
            time.sleep(0.1)


@contextlib.contextmanager
def running(folder: Path) -> Iterator[Running]:
    """Make its tables and its source, start it, and end it."""
    prepare(folder)
    with serving(folder) as (found, _server):
        yield found


def prepare(folder: Path) -> None:
    """Make its tables and its source."""
    subprocess.run([sys.executable, "-c", _PREPARE], env=environment(folder), check=True)


def environment(folder: Path) -> dict[str, str]:
    """That of a process at work on a data folder."""
    environment = {**os.environ, "LINGYU_HOME": str(folder), "DATABASE_URL": ""}
    return environment | {"DJANGO_SETTINGS_MODULE": "lingyu.config.settings"}


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[tuple[Running, subprocess.Popen]]:
    """Start it as a group of processes, and end it if nobody has killed it."""
    port = free_port()
    command = [sys.executable, "-m", "lingyu", "collect", "--port", str(port)]
    server = subprocess.Popen(command, env=environment(folder), stdout=subprocess.DEVNULL, process_group=0)
    try:
        wait_for(f"http://127.0.0.1:{port}/health")
        yield Running(folder, f"http://127.0.0.1:{port}"), server
    finally:
        server.terminate()
        server.wait(timeout=20)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def wait_for(address: str) -> None:
    """Until it is answered. Raises TimeoutError."""
    # As patient as a busy machine needs: starting is mostly importing.
    for _ in range(1_200):
        if is_answered(address):
            return
        time.sleep(0.1)
    raise TimeoutError("the collector did not start")


def is_answered(address: str) -> bool:
    """Whether somebody answers there now."""
    try:
        urllib.request.urlopen(address, timeout=5).close()
        return True
    except OSError:
        return False
