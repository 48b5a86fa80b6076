"""`lingyu import visitors`: how many people visited a shop on each day, as its platform told it.

Holds the reading and the command; the counting is an action.
"""

from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from lingyu.desk.uploads.reporting import error_path, reason, refusal
from lingyu.store.intake.errors import FileRefused, RowError
from lingyu.store.intake.files import Table, open_table
from lingyu.store.intake.mapping import Field, guess, known_names
from lingyu.store.intake.reader import Reader, Rules
from lingyu.store.intake.report import ErrorReport

from ..actions import Counted, ImportedFile, VisitorDay, compare_visitors, count_visitors
from ..models import Shop
from . import telling
from .target import WrongUsage, draft_shop, open_as_drafted, opened, ship

# The most that a column of the database holds.
MOST = 2**31 - 1

FIELDS = (
    Field("day", zh="日期", en="Date", kind="day", required=True, synonyms=("统计日期", "时间", "day")),
    Field(
        "visitors",
        zh="访客数",
        en="Visitors",
        kind="integer",
        required=True,
        synonyms=(
            "店铺访客数",
            "访客人数",
            "UV",
            "unique visitors",
            "visitor count",
        ),
    ),
)


class VisitorsCommand:
    """Import daily visitor counts of one shop."""

    def add_arguments(self, parser: Any) -> None:
        """Files and the shop."""
        parser.add_argument(
            "files", nargs="+", metavar=_("FILE"), help=_("a table with a date and the visitors")
        )
        parser.add_argument("--shop", required=True, help=_("name of the shop; opened if there is none"))
        parser.add_argument("--zone", default="", help=_("time zone of a shop that is opened"))
        parser.add_argument("--dry-run", action="store_true", help=_("say what would change, change nothing"))
        parser.add_argument("--errors", default="", help=_("where the report of refused rows is written"))
        parser.add_argument("--yes", action="store_true", help=_("do not ask"))

    def asks(self) -> tuple:
        """What the upload form asks for."""
        return telling.visitors_asks()

    def run(self, options: dict, ui: Any) -> int:
        """Import every file that can be; the exit code says how it went."""
        try:
            shop = draft_shop(options["shop"], zone=options["zone"])
        except WrongUsage as wrong:
            ui.fail(str(wrong))
            return 2
        code = 0
        for path in map(Path, options["files"]):
            try:
                with ErrorReport() as report:
                    shop, failed = _import(path, shop, report, options, ui)
                    code = max(code, failed)
            except (FileRefused, OSError, ValidationError, DatabaseError) as error:
                ui.fail(f"{path.name}: {reason(error)}")
                ui.fail(_("%(file)s: nothing of this file was imported.") % {"file": path.name})
                ui.result(refusal(path, reason(error), getattr(error, "code", "")))
                code = 2
        if not options["dry_run"]:
            ship(ui)
        return code


def _import(path: Path, shop: Shop, report: ErrorReport, options: dict, ui: Any) -> tuple[Shop, int]:
    """Import one file; the shop, which may have been opened, and the exit code."""
    actor = options.get("actor")
    with open_table(path, known=known_names(FIELDS)) as table:
        days, sha256 = read_days(table, shop, report), table.fingerprint
    if options["dry_run"]:
        _changes, counted = compare_visitors(shop=shop, days=days)
        ui.say(_("Dry run: nothing was written. This would change:"))
    else:
        with transaction.atomic():
            opens = shop._state.adding
            if opens:
                shop = open_as_drafted(shop, actor)
            file = ImportedFile(path.name, sha256, "visitors", importer="visitors", refused=report.rows)
            counted = count_visitors(actor=actor, shop=shop, file=file, days=days)
        if opens:
            ui.say(opened(shop))
    ui.say(_told(path, counted))
    written = report.write(error_path(options, path)) if report.count else None
    if written:
        ui.fail(
            _("%(file)s: %(rows)d rows were left out. Which and why: %(report)s")
            % {"file": path.name, "rows": report.rows, "report": written}
        )
    ui.result(telling.of_visitors(path, counted, len(days) + report.rows, report.rows, report=written))
    return shop, 1 if written else 0


def _told(path: Path, counted: Counted) -> str:
    return _("%(file)s: %(new)d days new, %(corrected)d corrected, %(unchanged)d unchanged.") % {
        "file": path.name,
        **counted._asdict(),
    }


def read_days(table: Table, shop: Shop, report: ErrorReport) -> list[VisitorDay]:
    """The days of the table; a day that it tells twice and differently is refused, both times."""
    rules = Rules(zone=ZoneInfo(shop.zone), currency=shop.currency)
    mapping = guess(table.columns, FIELDS)
    rows = list(Reader(table, FIELDS, mapping, rules=rules, errors=report))
    told: dict = {}
    for row in rows:
        told.setdefault(row.day, set()).add(row.visitors)
    good = []
    for row in rows:
        if len(told[row.day]) > 1:
            report.append(
                RowError(
                    row.row,
                    mapping["day"],
                    str(row.day),
                    "told_twice",
                    _("The file has several numbers for this day. Keep the one for the whole shop."),
                )
            )
        elif row.visitors > MOST:
            report.append(
                RowError(
                    row.row, mapping["visitors"], str(row.visitors), "overflow", _("The number is too large.")
                )
            )
        else:
            good.append(VisitorDay(row.day, row.visitors))
    return good
