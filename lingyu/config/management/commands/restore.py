"""`lingyu restore FOLDER`: a backup into an empty home, checked before and after."""

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils.translation import gettext as _

from lingyu import __version__
from lingyu.store.backup import BadBackup, Content, NotEmpty, restore

from .backup import progress_bar

# What the house says of itself afterwards, each in a process that reads the restored key and settings.
CHECKS = (
    ("migrate", "--no-input", "--verbosity", "0"),
    ("verify-ledger", "--json"),
    ("log", "status", "--check", "--format", "json"),
)


class Command(BaseCommand):
    """Exit 0 when everything is there and sound; 1 when a check found something, or nothing was done."""

    help = _("Put a backup into an empty data folder, and check what was restored.")
    requires_system_checks = ()
    # It brings its own; tables that were made first would be in the way.
    needs_tables = False

    def add_arguments(self, parser):
        """Which, and whether what is there may be moved aside."""
        parser.add_argument("folder", type=Path, help=_("a backup"))
        parser.add_argument("--replace", action="store_true", help=_("move aside what is in the data folder"))

    def handle(self, *, folder: Path, replace: bool, **options):
        """Restore, then have the house checked."""
        home = Path(settings.LINGYU_HOME)
        try:
            if not replace and connection.vendor == "postgresql" and connection.introspection.table_names():
                raise NotEmpty("the database has tables")
            connection.close()
            with progress_bar(_("Restoring"), None) as told:
                content = restore(
                    folder.absolute(), home, settings.DATABASES["default"], replace=replace, progress=told
                )
        except NotEmpty as error:
            raise CommandError(
                _("%s. Stop Lingyu and use --replace to have what is there moved aside.") % error
            ) from error
        except (BadBackup, OSError, sqlite3.Error) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            _("Restored as of %(at)s: %(files)d files.")
            % {"at": content.made_at, "files": len(content.files)}
        )
        if content.lingyu != __version__:
            self.stdout.write(
                _("The backup was made by Lingyu %(then)s; this is %(now)s, and migrates it.")
                % {"then": content.lingyu, "now": __version__}
            )
        self._check(content)

    def _check(self, content: Content) -> None:
        faults = []
        for words in CHECKS:
            done = subprocess.run(
                [sys.executable, "-m", "lingyu", *words],
                capture_output=True,
                text=True,
                env=os.environ.copy(),
            )
            self.stdout.write(f"{'✓' if done.returncode == 0 else '✗'} lingyu {' '.join(words)}")
            if words[0] == "log" and done.stdout:
                facts = json.loads(done.stdout)["facts"]
                self.stdout.write(_("  %(facts)d facts from outside") % {"facts": facts})
                if facts != content.log_facts:
                    faults.append(
                        _("The backup says that there are %d facts from outside.") % content.log_facts
                    )
            if done.returncode:
                faults.append((done.stdout + done.stderr).strip()[-2_000:])
        if faults:
            raise CommandError("\n".join(faults))
