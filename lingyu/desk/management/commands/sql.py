"""`lingyu sql`: one SELECT over the log, from the command line."""

import csv
import sys

import msgspec
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from rich.console import Console
from rich.table import Table as Shown

from lingyu.desk.sql import actions, showing
from lingyu.kernel.query import QueryError
from lingyu.store.engines.base import EngineError
from lingyu.store.log.sandbox import SCHEMA
from lingyu.store.sheets import neutral


class Command(BaseCommand):
    """Answer one statement and print it as a table, CSV or JSON."""

    help = _("Ask the log in SQL: one SELECT over events, people, sessions and orders.")
    requires_system_checks = ()

    def add_arguments(self, parser):
        """The statement."""
        parser.add_argument("text", nargs="?", help=_("the statement; without one, from the standard input"))
        parser.add_argument("--format", default="table", choices=("table", "csv", "json"))
        parser.add_argument("--schema", action="store_true", help=_("print the tables and their columns"))

    def handle(self, *args, **options):
        """Ask, and print; 2 for what is wrong with the statement, 1 beyond the limits."""
        if options["schema"]:
            for name, columns in SCHEMA.items():
                self.stdout.write(f"{name}({', '.join(f'{c} {kind}' for c, kind in columns.items())})")
            return
        text = options["text"] or sys.stdin.read()
        try:
            found = actions.ask(actor=None, text=text)
        except QueryError as error:
            line, column = getattr(error, "line", None), getattr(error, "column", None)
            at = _("line %(line)s, column %(column)s: ") % {"line": line, "column": column} if line else ""
            raise CommandError(at + _(error.message) % error.params, returncode=2) from None
        except EngineError as error:
            raise CommandError(str(error), returncode=1) from None
        self._print(found, options["format"])

    def _print(self, found, kind: str) -> None:
        names, rows = [name for name, _kind in found.columns], showing.rows(found)
        if kind == "csv":
            writer = csv.writer(self.stdout)
            writer.writerow([neutral(name) for name in names])
            writer.writerows([[neutral(v) if isinstance(v, str) else v for v in row] for row in rows])
        elif kind == "json":
            told = [dict(zip(names, row, strict=True)) for row in found.rows]
            self.stdout.write(msgspec.json.encode(told, enc_hook=str).decode())
        else:
            table = Shown(*names)
            for row in rows:
                table.add_row(*map(str, row))
            Console(file=self.stdout).print(table)
        if found.cut:
            self.stderr.write(
                _("There are more rows: only the first %(rows)s are shown.") % {"rows": len(rows)}
            )
