"""`lingyu analyse`: the exploring questions, asked of a plain file or of the store, from the command line."""

import csv
import sys
from io import StringIO
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from rich.console import Console
from rich.table import Table

from lingyu.kernel.filters import FilterError
from lingyu.kernel.query import QueryError
from lingyu.kernel.questions import Answer, Question
from lingyu.store.explore import Sequences, answer
from lingyu.store.explore.files import load
from lingyu.store.explore.options import KINDS, period, question_of
from lingyu.store.explore.present import cells, record, table
from lingyu.store.formulas import neutral
from lingyu.store.intake.errors import FileRefused

STORE = "store"


class Command(BaseCommand):
    """Answer one question and print it as a table, CSV or JSON."""

    help = _("Analyse events: of a file with a person, an event and a time in each row, or of the store.")
    requires_system_checks = ()
    needs_tables = False

    def add_arguments(self, parser):
        """The kind of question, the source, how its columns are read, and what the kind asks for."""
        kinds = parser.add_subparsers(dest="kind", required=True, metavar="|".join(KINDS))
        for kind, options in KINDS.items():
            own = kinds.add_parser(kind, help=_(options.about))
            own.add_argument("source", metavar="FILE", help=_("CSV, Excel, Parquet or JSON lines; or: store"))
            for name in ("person", "event", "time"):
                own.add_argument(f"--{name}", default="", dest=f"column_{name}", metavar=_("COLUMN"))
            own.add_argument(
                "--zone", default="Asia/Shanghai", help=_("time zone of days, and of bare times")
            )
            own.add_argument("--from", dest="from_day", help=_("first day, such as 2026-11-01"))
            own.add_argument("--to", dest="to_day", help=_("last day, included"))
            own.add_argument("--among", default="", help=_("only people who meet this condition (JSON)"))
            own.add_argument("--skip-bad", action="store_true", help=_("leave out rows that can't be read"))
            own.add_argument("--format", default="table", choices=("table", "csv", "json"))
            for option in options.options:
                own.add_argument(*option.names, help=_(option.about), **option.how)

    def handle(self, *args, **options):
        """Ask, and print in the asked-for format."""
        try:
            source = _source(options)
            asked = _question(options, source)
            found = answer(asked, source)
        except (FilterError, QueryError) as error:
            raise CommandError(_(error.message) % error.params, returncode=2) from None
        except FileRefused as error:
            raise CommandError(f"{options['source']}: {error.message}", returncode=2) from None
        if refused := getattr(source, "refused", 0):
            self.stderr.write(_("%(count)s rows could not be read and are left out.") % {"count": refused})
        {"table": _table, "csv": _csv, "json": _json}[options["format"]](found)


def _source(options) -> Sequences:
    if options["source"] == STORE:
        try:
            from lingyu.store.log import sequences
        except ImportError:
            raise CommandError(_("There is no log of events here; name a file."), returncode=2) from None
        return sequences()
    columns = {name: options[f"column_{name}"] for name in ("person", "event", "time")}
    try:
        zone = ZoneInfo(options["zone"])
    except (ZoneInfoNotFoundError, ValueError):
        message = _("There is no time zone “%s”; write it like Asia/Shanghai.") % options["zone"]
        raise CommandError(message, returncode=2) from None
    return load(options["source"], columns=columns, zone=zone, lenient=options["skip_bad"])


def _question(options, source: Sequences) -> Question:
    days = period(options["from_day"], options["to_day"], source.first_day, source.last_day)
    return question_of(options["kind"], options, days)


def _say(caveat) -> str:
    return _(caveat.message) % caveat.params


def _json(found: Answer) -> None:
    text = msgspec.json.format(msgspec.json.encode(record(found, _say)), indent=2)
    sys.stdout.write(text.decode() + "\n")


def _csv(found: Answer) -> None:
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(column.name for column in found.columns)
    writer.writerows([neutral(v) if isinstance(v, str) else v for v in row] for row in cells(found))
    sys.stdout.write(out.getvalue())


def _table(found: Answer) -> None:
    caption = _("definition %(hash)s · all facts up to %(fresh)s") % {
        "hash": found.hash[:12],
        "fresh": found.freshness.isoformat(timespec="seconds"),
    }
    shown = Table(title=found.kind, caption="\n".join([*map(_say, found.caveats), caption]))
    heads, rows = table(found)
    words = {column.name for column in found.columns if column.kind in ("text", "day", "moment")}
    for head in heads:
        shown.add_column(head, justify="left" if head in words else "right")
    for row in rows:
        shown.add_row(*row)
    Console().print(shown)
