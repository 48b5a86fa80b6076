"""`lingyu serve`: everything that runs, in one foreground process group.

Prepares the data folder (migrations, static files, the demo when asked), then keeps two children
alive: the web server and the worker that ships facts and runs reactions.
"""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from lingyu import __version__

PR_SET_PDEATHSIG = 1


class Command(BaseCommand):
    """Prepare and serve."""

    help = _("Prepare the data folder, then serve the site and work the queues.")

    def add_arguments(self, parser):
        """Where to listen, how many workers, and whether to load the demo first."""
        parser.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"))
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
        parser.add_argument("--workers", type=int, default=int(os.environ.get("LINGYU_WORKERS", "2")))
        parser.add_argument("--demo", action="store_true", help=_("load the simulated demo data once"))

    def handle(self, *args, **options):
        """Prepare, say where the site is, and supervise until asked to stop."""
        prepare()
        if options["demo"]:
            call_command("demo")
        self._greet(options)
        sys.exit(Supervisor(_commands(options)).run())

    def _greet(self, options) -> None:
        address = f"http://{options['host']}:{options['port']}/"
        self.stdout.write("\n" + _("Lingyu is at %s (stop with Ctrl-C)") % address)
        self.stdout.write(_("The desks are at %s") % f"{address}desk/")
        self.stdout.write(_("Data is kept in %s") % settings.LINGYU_HOME)
        if options["demo"]:
            from lingyu.config.demo import logins

            self.stdout.write(_("Demo log-ins (all data is simulated):"))
            for name, password, what in logins():
                self.stdout.write(f"  {name} / {password}   {what}")
        if options["host"] not in {"127.0.0.1", "localhost", "::1"} and "LINGYU_HOSTS" not in os.environ:
            self.stdout.write(
                _("Only local names are answered: set LINGYU_HOSTS to the names under which others reach it.")
            )
        self.stdout.flush()


def prepare() -> None:
    """Bring the database and the static files up to this version; quick when they are."""
    call_command("check", fail_level="ERROR", stdout=StringIO())
    call_command("migrate", interactive=False, verbosity=0)
    stamp = Path(settings.STATIC_ROOT) / f".collected-{__version__}-{_newest_static()}"
    if not stamp.exists():
        call_command("collectstatic", interactive=False, verbosity=0, clear=True)
        stamp.touch()


def _newest_static() -> int:
    """The newest change among our own static files, so that a checkout's edits are collected."""
    package = Path(__file__).resolve().parents[3]
    files = [f for f in package.glob("**/static/**/*") if f.is_file()]
    return int(max((f.stat().st_mtime for f in files), default=0)) + len(files)


def _commands(options) -> dict[str, list[str]]:
    """The children by name."""
    lingyu = [sys.executable, "-m", "lingyu"]
    web = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "lingyu.config.wsgi:application",
        "--host",
        options["host"],
        "--port",
        str(options["port"]),
        "--workers",
        str(options["workers"]),
        "--blocking-threads",
        "2",
        "--no-ws",
        "--respawn-failed-workers",
        "--workers-kill-timeout",
        "5",
        "--log-level",
        "warning",
    ]
    return {"web": web, "worker": [*lingyu, "work"]}


def _die_with_parent() -> None:
    """Ask Linux to end this child when its supervisor is killed, so that no port stays taken."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _clear(child: subprocess.Popen) -> None:
    """End what a killed child left of its group: the web's workers would go on serving by themselves."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)


class Supervisor:
    """Starts the children, starts again what dies, and takes all of them down together."""

    # A child that dies this soon after its start has a reason that starting again won't mend.
    TOO_SOON_SECONDS, GIVE_UP_AFTER = 2, 5

    def __init__(self, commands: dict[str, list[str]]):
        self.commands, self.children, self.stopping = commands, {}, False
        self.born: dict[str, float] = {}
        self.failures = dict.fromkeys(commands, 0)

    def run(self) -> int:
        """Until a signal or a hopeless child; the exit code."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        for name in self.commands:
            self._start(name)
        try:
            while not self.stopping:
                time.sleep(0.2)
                self._look_after()
        finally:
            self._end()
        return 0

    def _start(self, name: str) -> None:
        # A group of its own: Ctrl-C then reaches the supervisor alone. Were the web server's workers to
        # get it too, they would be taken for dead, started again, and left behind on the port.
        self.children[name] = subprocess.Popen(
            self.commands[name], preexec_fn=_die_with_parent, process_group=0
        )
        self.born[name] = time.monotonic()

    def _look_after(self) -> None:
        """Start again what has died; give up on a child that keeps dying at once."""
        for name, child in self.children.items():
            if child.poll() is None or self.stopping:
                continue
            _clear(child)
            soon = time.monotonic() - self.born[name] < self.TOO_SOON_SECONDS
            self.failures[name] = self.failures[name] + 1 if soon else 0
            if self.failures[name] >= self.GIVE_UP_AFTER:
                raise CommandError(
                    _("The %(name)s process keeps stopping (code %(code)s); see the lines above.")
                    % {"name": name, "code": child.returncode}
                )
            self._start(name)

    def _stop(self, *_) -> None:
        self.stopping = True

    def _end(self) -> None:
        for child in self.children.values():
            if child.poll() is None:
                child.terminate()
        for child in self.children.values():
            try:
                child.wait(timeout=10)
            except subprocess.TimeoutExpired:
                _clear(child)
