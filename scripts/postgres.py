"""Runs a command with DATABASE_URL: the one given, or that of a PostgreSQL started for its duration.

The server is Debian's, in a temporary folder, on a free port of this machine only. PostgreSQL
refuses to run as root, so root starts it as the user `postgres`, which Debian's package makes.
"""

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

# Nothing of a test outlives it, so nothing waits for the disk; what is measured does (`--durable`).
FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
DURABLE = "-c fsync=on -c synchronous_commit=on -c full_page_writes=on -c shared_buffers=256MB"


def programs() -> Path:
    """The folder of initdb and pg_ctl, the newest where there are several."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[4]))
    if found:
        return found[-1].parent
    if there := shutil.which("initdb"):
        return Path(there).parent
    sys.exit("There is no PostgreSQL here: set DATABASE_URL, or apt-get install postgresql-15")


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def as_owner() -> tuple[dict, str]:
    """How to start a process that PostgreSQL accepts, and who owns its files."""
    if os.getuid():
        return {}, pwd.getpwuid(os.getuid()).pw_name
    owner = pwd.getpwnam("postgres")
    return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}, owner.pw_name


@contextlib.contextmanager
def server(durable: bool = False) -> Iterator[str]:
    """A running server's address; it is stopped and its files are removed at the end."""
    programs_folder, port = programs(), free_port()
    how, owner = as_owner()
    with tempfile.TemporaryDirectory(prefix="lingyu-postgres-") as folder:
        shutil.chown(folder, owner)
        data = f"{folder}/data"

        def call(program: str, *args: str) -> None:
            subprocess.run(
                [programs_folder / program, "-D", data, *args],
                check=True,
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                **how,
            )

        call("initdb", "-U", owner, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        where = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={folder}"
        where += f" -c max_connections=50 {DURABLE if durable else FAST}"
        call("pg_ctl", "start", "-w", "-l", f"{folder}/log", "-o", where)
        try:
            yield f"postgres://{owner}@127.0.0.1:{port}/postgres"
        finally:
            call("pg_ctl", "stop", "-w", "-m", "immediate")


def main() -> int:
    """`python scripts/postgres.py [--durable] COMMAND …`; exits as the command does."""
    command = sys.argv[1:]
    if durable := command[:1] == ["--durable"]:
        command = command[1:]
    with contextlib.ExitStack() as stack:
        url = os.environ.get("DATABASE_URL") or stack.enter_context(server(durable))
        return subprocess.call(command, env=os.environ | {"DATABASE_URL": url})


if __name__ == "__main__":
    sys.exit(main())
