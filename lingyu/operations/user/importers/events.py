"""`lingyu import events`: a table of events, from wherever, into the log of facts as a source's.

Holds the command. How rows become events is the collector's (`lingyu.collector.tables`).
"""

from collections import deque
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.db import DatabaseError
from django.utils.translation import gettext as _

from lingyu.collector.actions import make_source
from lingyu.collector.models import Source
from lingyu.collector.tables import FIELDS, IMPORTER, Entry, open_events, send
from lingyu.desk.uploads.asks import Ask
from lingyu.desk.uploads.outcome import Outcome, Sample
from lingyu.desk.uploads.reporting import Head, error_path, head_of, reason, refusal
from lingyu.store.inbox import Unavailable, Writer
from lingyu.store.intake.errors import FileRefused
from lingyu.store.intake.mapping import remember
from lingyu.store.intake.reader import Rules
from lingyu.store.intake.report import ErrorReport
from lingyu.store.log.door import inbox

SHOWN = 10


class WrongUsage(ValueError):
    """Options that contradict each other or what is there."""


class EventsCommand:
    """Import tables of events of one source."""

    def add_arguments(self, parser: Any) -> None:
        """Files, the source, and how to read them."""
        parser.add_argument(
            "files",
            nargs="+",
            metavar=_("FILE"),
            help=_("CSV, Excel or JSON lines; tables also in .gz or .zip"),
        )
        parser.add_argument("--source", required=True, help=_("name of the source; made if there is none"))
        parser.add_argument(
            "--map",
            action="append",
            default=[],
            metavar="field=Column",
            help=_("which column holds a field: name, at, person, visitor, id; all others are properties"),
        )
        parser.add_argument("--zone", default="", help=_("time zone of times without one"))
        parser.add_argument(
            "--dry-run", action="store_true", help=_("say what would come in, and keep nothing")
        )
        parser.add_argument("--errors", default="", help=_("where the report of refused rows is written"))
        parser.add_argument("--yes", action="store_true", help=_("do not ask"))

    def asks(self) -> tuple[Ask, ...]:
        """What the upload form asks for."""
        names = tuple(Source.objects.on().order_by("name").values_list("name", flat=True))
        return (
            Ask(
                name="source",
                label=_("Source"),
                required=True,
                help=_("One that is there, or the name of a new one."),
                suggestions=names,
                value=names[0] if len(names) == 1 else "",
            ),
            Ask(
                name="zone",
                label=_("Time zone"),
                help=_("Of times that name none; %(zone)s unless you say another.")
                % {"zone": settings.TIME_ZONE},
            ),
        )

    def run(self, options: dict, ui: Any) -> int:
        """Import every file that can be; 0 all of it, 1 some rows refused, 2 a file refused."""
        try:
            run = _Run(options, ui)
        except WrongUsage as wrong:
            ui.fail(str(wrong))
            return 2
        for path in options["files"]:
            run.file(Path(path))
        return run.code


class _Seen:
    """What a file says, noted as it is read."""

    def __init__(self, entries: Iterable[Entry]):
        self._entries = entries
        self.rows, self.names, self.first = 0, set(), []
        self.earliest: datetime | None = None
        self.latest: datetime | None = None

    def __iter__(self) -> Iterator[Entry]:
        for entry in self._entries:
            self.rows += 1
            self.names.add(entry.name)
            self.earliest = min(self.earliest or entry.at, entry.at)
            self.latest = max(self.latest or entry.at, entry.at)
            if len(self.first) < SHOWN:
                self.first.append(entry)
            yield entry


class _Run:
    """One command over its files."""

    def __init__(self, options: dict, ui: Any):
        self.options, self.ui, self.code = options, ui, 0
        self.given = dict(_pair(text) for text in options["map"])
        zone = options["zone"] or settings.TIME_ZONE
        if zone not in available_timezones():
            raise WrongUsage(_("There is no time zone “%(name)s”.") % {"name": zone})
        self.rules = Rules(zone=ZoneInfo(zone))
        self.actor = options.get("actor")
        self.source = Source.objects.filter(name=options["source"].strip()).first()
        if self.source is None and self.actor is None and not options["dry_run"]:
            raise WrongUsage(
                _("There is no source “%(name)s”. Make it on the page of sources, or say who imports: --as.")
                % {"name": options["source"]}
            )
        if self.source is not None and self.source.stopped_at:
            raise WrongUsage(_("The source “%(name)s” is stopped.") % {"name": self.source.name})

    def file(self, path: Path) -> None:
        """Import one file."""
        self.head: Head | None = None
        try:
            with ErrorReport() as report:
                self._import(path, report)
        except (FileRefused, Unavailable, OSError, DatabaseError) as error:
            self.code = 2
            self.ui.fail(f"{path.name}: {reason(error)}")
            self.ui.result(refusal(path, reason(error), getattr(error, "code", ""), self.head))

    def _import(self, path: Path, report: ErrorReport) -> None:
        with open_events(path) as file:
            mapping = file.mapping(self.given)
            self.head = (file.columns, FIELDS, mapping)
            with self.ui.progress(f"{path.name} · " + _("reading the file"), file.size) as tell:
                seen = _Seen(file.entries(mapping, rules=self.rules, errors=report, progress=tell))
                if self.options["dry_run"]:
                    deque(seen, maxlen=0)
                else:
                    self._send(seen, path)
                    who = self.actor.key if self.actor else "command line"
                    remember(actor=who, importer=IMPORTER, columns=file.columns, mapping=mapping)
        self._tell(path, seen, report)

    def _send(self, seen: _Seen, path: Path) -> None:
        if self.source is None:
            self.source = make_source(actor=self.actor, name=self.options["source"])
            self.ui.say(_("The source “%(name)s” has been made.") % {"name": self.source.name})
        writer = Writer(inbox()).start()
        try:
            send(seen, writer, source=str(self.source.pk), file=path.name)
        finally:
            writer.stop()

    def _tell(self, path: Path, seen: _Seen, report: ErrorReport) -> None:
        told = {
            "file": path.name,
            "rows": seen.rows,
            "names": len(seen.names),
            "first": _local(seen.earliest, self.rules),
            "last": _local(seen.latest, self.rules),
        }
        if seen.rows:
            self.ui.say(_("%(file)s: %(rows)d events of %(names)d names, from %(first)s to %(last)s.") % told)
        written = report.write(error_path(self.options, path)) if report.count else None
        if written:
            self.code = max(self.code, 1)
            self.ui.fail(
                _("%(file)s: %(rows)d rows were left out. Which and why: %(report)s")
                % {"file": path.name, "rows": report.rows, "report": written}
            )
        self.ui.result(
            Outcome(
                file=path.name,
                code=1 if written else 0,
                rows=seen.rows + report.rows,
                new=seen.rows,
                refused=report.rows,
                changes=bool(seen.rows),
                notes=[_("What was imported before is left out: the same file again brings nothing new.")],
                samples=[_sample(seen, self.rules)] if seen.rows else [],
                report=str(written or ""),
                **head_of(self.head, by_hand=True),
            )
        )


def _sample(seen: _Seen, rules: Rules) -> Sample:
    rows = [
        [
            _local(entry.at, rules),
            entry.name,
            entry.person or entry.visitor or "",
            ", ".join(f"{name}={value}" for name, value in list(entry.properties.items())[:4]),
        ]
        for entry in seen.first
    ]
    heads = [(_("Time"), False), (_("Event"), False), (_("Person"), False), (_("Properties"), False)]
    return Sample(_("The first events"), heads, rows)


def _local(at: datetime | None, rules: Rules) -> str:
    return f"{at.astimezone(rules.zone):%Y-%m-%d %H:%M:%S}" if at else ""


def _pair(text: str) -> tuple[str, str]:
    """field=Column as a pair."""
    name, equals, column = text.partition("=")
    if not equals or name.strip() not in {field.name for field in FIELDS}:
        raise WrongUsage(_("--map wants field=Column, but got “%(text)s”.") % {"text": text})
    return name.strip(), column.strip()
