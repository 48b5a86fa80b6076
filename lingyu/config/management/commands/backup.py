"""`lingyu backup FOLDER`: the whole house into a new folder, while it runs."""

import os
import sqlite3
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

from lingyu.store.backup import BadBackup, Content, take, verify
from lingyu.store.engines.base import EngineError
from lingyu.store.log.door import log


class Command(BaseCommand):
    """Exit 0 when all of it is on disk; else nothing is left of it, and 1."""

    help = _("Back up the whole house into a new folder, while it runs; or check a backup.")

    def add_arguments(self, parser):
        """Where to, or what to check."""
        parser.add_argument("folder", type=Path, help=_("the new folder, or with --verify a backup"))
        parser.add_argument("--verify", action="store_true", help=_("read a backup again and compare it"))

    def handle(self, *, folder: Path, **options):
        """Take it or check it."""
        try:
            content = self._verify(folder) if options["verify"] else self._take(folder.absolute())
        except (BadBackup, EngineError, OSError, sqlite3.Error) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            _(
                "%(files)d files, %(bytes)d bytes, of %(at)s; "
                "%(facts)d facts of the house, %(log)d from outside."
            )
            % {
                "files": len(content.files),
                "bytes": content.size,
                "at": content.made_at,
                "facts": content.facts,
                "log": content.log_facts,
            }
        )
        if not options["verify"]:
            self._warn(content)

    def _take(self, folder: Path) -> Content:
        with progress_bar(_("Copying"), None) as told:
            return take(Path(settings.LINGYU_HOME), folder, settings.DATABASES["default"], log(), told)

    def _verify(self, folder: Path) -> Content:
        with progress_bar(_("Reading"), None) as told:
            return verify(folder, told)

    def _warn(self, content: Content) -> None:
        if any(file.path == "secret-key" for file in content.files):
            self.stdout.write(
                _(
                    "It holds the secret key, which opens members' sessions and sealed codes: "
                    "keep it as safe as those."
                )
            )
        if "LINGYU_SECRET_KEY" in os.environ:
            self.stdout.write(_("The secret key is in LINGYU_SECRET_KEY, not in the backup: keep it, too."))
        if settings.LINGYU_ENGINE != "duck":
            self.stdout.write(_("Facts of the house lie in ClickHouse, which has a backup of its own."))


class progress_bar:
    """A bar on standard error; what `with` gives is told so many bytes at a time."""

    def __init__(self, text: str, total: int | None):
        columns = TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn()
        self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
        self._task = self._bar.add_task(text, total=total)

    def __enter__(self):
        self._bar.start()
        return lambda done: self._bar.advance(self._task, done)

    def __exit__(self, *_error):
        self._bar.stop()
