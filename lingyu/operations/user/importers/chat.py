"""`lingyu import chat`: what was said in a group, by an export of its chat.

Two shapes: a text whose messages begin with a line of moment and speaker, `2026-03-02 10:01:22 Name(id)`, the
words below; and a table (CSV, Excel) with columns for moment, speaker and words. Holds the command and the
choice; `texts` and `tables` read.
"""

from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from lingyu.desk.uploads.asks import Ask
from lingyu.desk.uploads.outcome import Outcome
from lingyu.store.intake.errors import FileRefused
from lingyu.store.intake.report import ErrorReport
from lingyu.store.ship import ship_all

from .. import actions
from ..models import Group
from . import tables, texts


class ChatCommand:
    """Import chat exports into one group."""

    def add_arguments(self, parser: Any) -> None:
        """Files and the group."""
        parser.add_argument(
            "files", nargs="+", metavar=_("FILE"), help=_("a chat export: text, CSV or Excel")
        )
        parser.add_argument("--group", required=True, help=_("name of the group; entered if there is none"))
        parser.add_argument(
            "--kind", default=Group.Kind.WECHAT, help=_("wechat, wecom, core or forum, if it is new")
        )
        parser.add_argument("--dry-run", action="store_true", help=_("say what would change, change nothing"))
        parser.add_argument("--errors", default="", help=_("where the report of refused rows is written"))
        parser.add_argument("--yes", action="store_true", help=_("do not ask"))

    def asks(self) -> tuple[Ask, ...]:
        """What the upload form asks for."""
        names = tuple(Group.objects.standing().exclude(kind=Group.Kind.FORUM).values_list("name", flat=True))
        kinds = tuple((code, str(label)) for code, label in Group.Kind.choices if code != Group.Kind.FORUM)
        help = _("A group that is there, or the name of a new one.")
        return (
            Ask(name="group", label=_("Group"), required=True, help=help, suggestions=names),
            Ask(name="kind", label=_("Kind, if it is new"), required=True, choices=kinds, value=kinds[1][0]),
        )

    def run(self, options: dict, ui: Any) -> int:
        """Import every file that can be; the exit code says how it went."""
        code = 0
        for path in map(Path, options["files"]):
            try:
                with ErrorReport() as report:
                    code = max(code, _import(path, report, options, ui))
            except (FileRefused, OSError, ValidationError, DatabaseError) as error:
                ui.fail(f"{path.name}: {_reason(error)}")
                outcome = Outcome(
                    file=path.name, code=2, message=_reason(error), reason=getattr(error, "code", "")
                )
                ui.result(outcome)
                code = 2
        if not options["dry_run"] and code < 2:
            ship_all()
        return code


class _Undone(Exception):
    """A dry run is over: nothing of it is kept."""


def _import(path: Path, report: ErrorReport, options: dict, ui: Any) -> int:
    """Import one file; the exit code."""
    told = read(path, report)
    noted = actions.Noted()
    try:
        with transaction.atomic():
            noted = actions.note(actor=options.get("actor"), group=_group(options), told=told)
            if options["dry_run"]:
                raise _Undone
    except _Undone:
        ui.say(_("Dry run: nothing was written. This would change:"))
    ui.say(_told(path, noted))
    written = report.write(_error_path(options, path)) if report.count else None
    if written:
        ui.fail(
            _("%(file)s: %(rows)d rows were left out. Which and why: %(report)s")
            % {"file": path.name, "rows": report.rows, "report": written}
        )
    ui.result(_outcome(path, noted, report, str(written or "")))
    return 1 if written else 0


def read(path: Path, report: ErrorReport) -> list:
    """What a file tells, whichever shape it has. Raises FileRefused."""
    zone = ZoneInfo(settings.TIME_ZONE)
    if texts.recognises(path):
        return list(texts.read(path, zone, report))
    return list(tables.read(path, zone, report))


def _group(options: dict) -> Group:
    name = options["group"].strip()
    found = Group.objects.filter(name=name).first()
    return found or actions.open_group(actor=options.get("actor"), name=name, kind=options["kind"])


def _told(path: Path, noted: actions.Noted) -> str:
    return _(
        "%(file)s: %(messages)d messages new, of which %(valid)d count; %(known)d known already; "
        "%(joined)d members joined, %(left)d left."
    ) % {"file": path.name, **noted.__dict__}


def _outcome(path: Path, noted: actions.Noted, report: ErrorReport, written: str) -> Outcome:
    new = noted.messages + noted.joined + noted.left
    notes = [
        _("%(valid)d of %(messages)d new messages count by the rules in force.")
        % {"valid": noted.valid, "messages": noted.messages}
    ]
    return Outcome(
        file=path.name,
        code=1 if written else 0,
        rows=noted.messages + noted.known + report.rows,
        new=new,
        unchanged=noted.known,
        refused=report.rows,
        changes=bool(new),
        notes=notes,
        report=written,
    )


def _error_path(options: dict, path: Path) -> Path:
    name = f"{path.name}.errors.csv"
    if not options["errors"]:
        return Path.cwd() / name
    asked = Path(options["errors"])
    return asked / name if asked.is_dir() else asked


def _reason(error: Exception) -> str:
    if isinstance(error, FileRefused):
        return error.message
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    if isinstance(error, FileNotFoundError):
        return _("There is no such file.")
    if isinstance(error, OSError):
        return _("The file can't be opened: %(reason)s.") % {"reason": error.strerror or error}
    return _("The database could not take it: %(reason)s. Try again.") % {"reason": error}
