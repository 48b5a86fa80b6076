"""`lingyu collect`: the collector as a process of its own, for more than a small site sends.

Holds the command line and the greeting. granian serves `lingyu.collector.rsgi`; every worker writes files of
its own into the inbox.
"""

import os
import sys

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _


class Command(BaseCommand):
    """Serve the collector until asked to stop."""

    help = _("Take facts from outside on a port of their own, by the SDKs' own addresses.")

    def add_arguments(self, parser):
        """Where to listen, and how many workers."""
        parser.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"))
        parser.add_argument("--port", type=int, default=8001)
        parser.add_argument("--workers", type=int, default=1)

    def handle(self, *args, **options):
        """Become the server: this process is replaced, so that signals reach it."""
        self.stdout.write(_("The collector is at %s") % f"http://{options['host']}:{options['port']}/")
        self.stdout.write(_("Requests are kept in %s") % (settings.LINGYU_STORE / "inbox"))
        self.stdout.flush()
        command = [
            sys.executable,
            "-m",
            "granian",
            "--interface",
            "rsgi",
            "lingyu.collector.rsgi:application",
        ]
        command += ["--host", options["host"], "--port", str(options["port"]), "--no-ws"]
        command += [
            "--workers",
            str(options["workers"]),
            "--respawn-failed-workers",
            "--log-level",
            "warning",
        ]
        command += ["--backpressure", "1024", "--runtime-mode", "st"]
        os.execv(sys.executable, command)  # noqa: S606 - ourselves, and no shell
