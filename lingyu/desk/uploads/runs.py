"""Runs of `lingyu import` over a file on the shelf: started, watched, stopped.

Holds processes and their state. A run belongs to no web server: whoever restarts it finds the
run by the lock that its process holds as long as it lives, and by what it wrote.
"""

import fcntl
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Literal

import msgspec
from django.conf import settings
from django.utils import timezone

from . import shelf
from .outcome import Told, read
from .shelf import Upload

Step = Literal["check", "import"]
State = Literal["running", "checked", "imported", "refused", "stopped", "interrupted"]

# Each reads a whole file into memory; more at once would make all of them slow.
MOST_AT_ONCE = 2
PACKAGE_PARENT = Path(__file__).resolve().parents[3]
# What a run needs to find the same house; nothing else of the server's environment is its business.
PASSED_ON = frozenset(
    {"PATH", "HOME", "TMPDIR", "TZ", "LANG", "LC_ALL", "XDG_DATA_HOME", "DJANGO_SETTINGS_MODULE"}
)
PREFIXES = ("LINGYU_", "DATABASE_URL", "PG")
PATIENCE = 5.0


class Run(msgspec.Struct, kw_only=True):
    """Who started what when, and who stopped it."""

    step: Step
    started_by: str
    started_by_name: str
    started_at: datetime
    pid: int | None = None
    stopped_by: str = ""
    stopped_at: datetime | None = None


class TooMany(Exception):
    """As many runs as may be are at work already."""


def start(upload: Upload, step: Step, *, member, language: str) -> bool:
    """Begin a run; False if one is at work on this upload already. Raises TooMany."""
    lock = os.open(upload.folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if not any(_taken(lock) or time.sleep(0.02) for _try in range(5)):
            return False
        if sum(_at_work(folder) for folder in _folders() if folder != upload.folder) >= MOST_AT_ONCE:
            raise TooMany
        for leftover in (_told(upload), upload.report):
            leftover.unlink(missing_ok=True)
        run = Run(
            step=step, started_by=str(member.pk), started_by_name=str(member), started_at=timezone.now()
        )
        _keep(upload, run)
        with open(upload.folder / "log", "wb") as log:
            run.pid = spawn(command(upload, step, member), lock, log, environment(language))
        _keep(upload, run)
    finally:
        os.close(lock)
    return True


def command(upload: Upload, step: Step, member) -> list[str]:
    """The arguments after `lingyu`. Each value is bound to its option, so that none can pass for one."""
    about = upload.about
    return [
        "import",
        about.importer,
        str(upload.file),
        *(f"--{name}={value}" for name, value in about.answers.items()),
        *(f"--map={field}={column}" for field, column in about.mapping.items()),
        f"--errors={upload.report}",
        f"--json={_told(upload)}",
        f"--as={member.pk}",
        "--yes",
        *(["--dry-run"] if step == "check" else []),
    ]


def environment(language: str, given: Mapping[str, str] = os.environ) -> dict[str, str]:
    """What a run knows of the server's environment, and the language it answers in."""
    passed = {k: v for k, v in given.items() if k in PASSED_ON or k.startswith(PREFIXES)}
    return passed | {"LINGYU_LANG": language, "LINGYU_HOME": str(settings.LINGYU_HOME)}


def spawn(arguments: Sequence[str], lock: int, log: BinaryIO, env: Mapping[str, str]) -> int | None:
    """Start `lingyu` in a process group of its own that holds `lock` until it ends; its process id."""
    process = subprocess.Popen(
        [sys.executable, "-m", "lingyu", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        env=dict(env),
        cwd=PACKAGE_PARENT,
        pass_fds=(lock,),
        start_new_session=True,
    )
    # Somebody has to wait for a child, or it stays in the table of processes.
    threading.Thread(target=process.wait, daemon=True).start()
    return process.pid


def stop(upload: Upload, *, member) -> None:
    """End the run at work, if there is one. It is one transaction, so nothing half-done remains."""
    run = last(upload)
    if run is None or run.pid is None or not _at_work(upload.folder):
        return
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(run.pid, number)
        except ProcessLookupError:
            break
        if _ended(upload.folder):
            break
    run.stopped_by, run.stopped_at = str(member.pk), timezone.now()
    _keep(upload, run)


def last(upload: Upload) -> Run | None:
    """The run begun last."""
    try:
        return msgspec.json.decode((upload.folder / "run.json").read_bytes(), type=Run)
    except (OSError, msgspec.DecodeError):
        return None


def told(upload: Upload) -> Told:
    """What the last run has told so far."""
    return read(_told(upload)) or Told()


def state(upload: Upload) -> State:
    """How the last run stands. What it told as done is done, however it ended."""
    if _at_work(upload.folder):
        return "running"
    run, said = last(upload), told(upload)
    if run and said.files:
        if said.files[-1].code > 1:
            return "refused"
        return "checked" if run.step == "check" else "imported"
    if run and said.code:
        return "refused"
    return "stopped" if run and run.stopped_at else "interrupted"


def sweep() -> None:
    """Throw away uploads of more than seven days ago, except those being worked on."""
    for folder in shelf.old():
        if not _at_work(folder):
            shelf.throw_away(folder)


def _keep(upload: Upload, run: Run) -> None:
    beside = upload.folder / ".run.json"
    beside.write_bytes(msgspec.json.encode(run))
    os.replace(beside, upload.folder / "run.json")


def _told(upload: Upload) -> Path:
    return upload.folder / "told.json"


def _folders() -> list[Path]:
    return [upload.folder for upload in shelf.lying()]


def _taken(lock: int, how: int = fcntl.LOCK_EX) -> bool:
    """Whether the lock could be taken now."""
    try:
        fcntl.flock(lock, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _at_work(folder: Path) -> bool:
    """Whether a process holds the lock of this upload."""
    try:
        lock = os.open(folder / "lock", os.O_RDWR)
    except OSError:
        return False
    try:
        # Shared: two who look at the same time do not take each other for a run.
        return not _taken(lock, fcntl.LOCK_SH)
    finally:
        os.close(lock)


def _ended(folder: Path) -> bool:
    """Wait a little for the run to end; whether it has."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if not _at_work(folder):
            return True
        time.sleep(0.05)
    return False
