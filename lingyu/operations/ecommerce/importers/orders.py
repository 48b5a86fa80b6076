"""`lingyu import orders`: order files into the ledger, one transaction a file.

Holds the command: options, the run over the files, the exit code. What it prints is in `summary`,
how a file is read in `reading`.
"""

from contextlib import ExitStack
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lingyu.desk.uploads.reporting import Head, error_path, reason, refusal
from lingyu.store.intake.errors import FileRefused, RowError
from lingyu.store.intake.files import Table
from lingyu.store.intake.mapping import recall, remember
from lingyu.store.intake.report import ErrorReport

from ..actions import Comparison, ImportedFile, compare, post_entries
from . import summary, telling
from .formats import OrderFormat
from .known import FORMATS, GENERIC
from .reading import IMPORTER, OrderFile, hold_back, map_columns, open_orders, read_orders
from .recoding import check_encoding, recoded
from .target import WrongUsage, draft_shop, open_as_drafted, opened, rarely_collecting, ship

ACTOR = "command line"


class OrdersCommand:
    """Import order files of one shop."""

    def add_arguments(self, parser: Any) -> None:
        """Files, the shop, and how to read them."""
        parser.add_argument(
            "files", nargs="+", metavar=_("FILE"), help=_("CSV, Excel, or one of these in .gz or .zip")
        )
        parser.add_argument("--shop", required=True, help=_("name of the shop; opened if there is none"))
        parser.add_argument("--format", default="auto", choices=("auto", *FORMATS), help=_("kind of file"))
        parser.add_argument(
            "--map",
            action="append",
            default=[],
            metavar="field=Column",
            help=_("which column holds a field, such as order, at, amount, quantity, price, sku, buyer"),
        )
        parser.add_argument(
            "--currency", default="", help=_("currency of a shop that is opened, such as CNY")
        )
        parser.add_argument(
            "--zone", default="", help=_("time zone of a shop that is opened, such as Asia/Shanghai")
        )
        parser.add_argument(
            "--encoding", default="", help=_("encoding of the text, where it is not found out")
        )
        parser.add_argument(
            "--dry-run", action="store_true", help=_("show what would change, and change nothing")
        )
        parser.add_argument("--errors", default="", help=_("where the report of refused rows is written"))
        parser.add_argument("--yes", action="store_true", help=_("do not ask"))

    def asks(self) -> tuple:
        """What the upload form asks for."""
        return telling.orders_asks()

    def run(self, options: dict, ui: Any) -> int:
        """Import every file that can be; the exit code says how it went."""
        try:
            run = _Run(options, ui)
        except WrongUsage as wrong:
            ui.fail(str(wrong))
            return 2
        with rarely_collecting():
            for path in options["files"]:
                run.file(Path(path))
        summary.totals(ui, run.done, run.shop, dry_run=run.dry_run)
        if not run.dry_run:
            ship(ui)
        return run.code


class _Run:
    """One command over its files."""

    def __init__(self, options: dict, ui: Any):
        self.ui, self.options = ui, options
        self.dry_run = options["dry_run"]
        self.code = 0
        self.done: list[summary.Tally] = []
        self.told: dict[str, str] = {}
        self.given = dict(_pair(text) for text in options["map"])
        self.actor = options.get("actor")
        self.encoding = check_encoding(options["encoding"])
        # What is known of the file in hand, for whoever names its columns by hand.
        self.head: Head | None = None
        self.shop = draft_shop(options["shop"], options["currency"], options["zone"])

    def file(self, path: Path) -> None:
        """Import one file, whole or not at all."""
        self.head = None
        try:
            with ErrorReport() as report:
                self._import(path, report)
        except (FileRefused, OSError, ValidationError, DatabaseError) as error:
            self._refuse(path, reason(error), getattr(error, "code", ""))

    def _refuse(self, path: Path, message: str, code: str = "") -> None:
        self.code = 2
        self.ui.fail(f"{path.name}: {message}")
        self.ui.fail(_("%(file)s: nothing of this file was imported.") % {"file": path.name})
        self.ui.result(refusal(path, message, code, self.head))

    def _import(self, path: Path, report: ErrorReport) -> None:
        with ExitStack() as stack:
            readable = stack.enter_context(recoded(path, self.encoding))
            table, format_ = open_orders(readable, format_code=self.options["format"])
            stack.enter_context(table)
            mapping = self._map(table, format_)
            if self.shop._state.adding and self.shop.platform == "generic":
                self.shop.platform = format_.platform
            if not self._agreed(table, format_, mapping):
                self._refuse(path, _("Not imported, as you wished."))
                return
            label = f"{path.name} · " + _("reading the file")
            tell = stack.enter_context(self.ui.progress(label, table.size))
            file = read_orders(table, format_, mapping, shop=self.shop, report=report, progress=tell)
        found = self._compare(file) if self.dry_run else self._book(file)
        # The report and the samples tell times by the shop's clock, as its files do.
        with timezone.override(ZoneInfo(self.shop.zone)):
            self._report(path, file, found)

    def _map(self, table: Table, format_: OrderFormat) -> dict[str, str]:
        """{field: column}; a field given without a column has none, whatever was guessed or remembered."""
        named = {field: column for field, column in self.given.items() if column}
        mapping = map_columns(table, format_, named)
        mapping = {f: c for f, c in mapping.items() if self.given.get(f, c)}
        if format_.code == GENERIC:
            self.head = (table.columns, format_.fields, mapping)
        return mapping

    def _compare(self, file: OrderFile) -> Comparison:
        return compare(shop=self.shop, entries=file.entries)

    def _book(self, file: OrderFile) -> Comparison:
        shop, opens = self.shop, self.shop._state.adding
        if opens and not file.entries:
            return Comparison()
        imported = ImportedFile(
            file.name,
            file.sha256,
            file.format.code,
            refused=file.report.rows,
            skipped=sum(file.notes.skipped.values()),
        )
        with (
            self.ui.progress(f"{file.name} · " + _("booking the lines"), len(file.entries)) as tell,
            transaction.atomic(),
        ):
            if opens:
                shop = open_as_drafted(shop, self.actor)
            _run, found = post_entries(
                actor=self.actor, shop=shop, file=imported, entries=file.entries, progress=tell
            )
            if file.format.code == GENERIC:
                who = self.actor.key if self.actor else ACTOR
                remember(actor=who, importer=IMPORTER, columns=file.columns, mapping=file.mapping)
        if opens:
            self.shop = shop
            self.ui.say(opened(shop))
        return found

    def _report(self, path: Path, file: OrderFile, found: Comparison) -> None:
        """Say what became of the file, and write down which rows were left out and why."""
        for conflict in found.conflicts:
            entry = conflict.entry
            file.report.append(
                RowError(
                    entry.row,
                    file.mapping.get("amount", file.mapping.get("order", "")),
                    entry.order,
                    "conflict",
                    summary.conflict(conflict, file.notes.exponent),
                )
            )
        for entry in found.held_back_rows.values():
            hold_back(entry, file.notes, _("Held back: another row of this order contradicts the ledger."))
        self.done.append(summary.tally(file, found))
        summary.one_file(self.ui, file, found, self.shop, dry_run=self.dry_run)
        written = None
        if file.report.count:
            self.code = max(self.code, 1)
            written = file.report.write(error_path(self.options, path))
            self.ui.fail(
                _("%(file)s: %(rows)d rows were left out. Which and why: %(report)s")
                % {"file": path.name, "rows": file.report.rows, "report": written}
            )
        code = 1 if written else 0
        tally = self.done[-1]
        self.ui.result(telling.of_orders(file, found, self.shop, tally, code=code, report=written))

    def _agreed(self, table: Table, format_: OrderFormat, mapping: dict[str, str]) -> bool:
        """Whether the person at the terminal agrees to what was guessed; nobody there agrees."""
        if format_.code == GENERIC:
            if mapping != self.told:
                pairs = ", ".join(f"{field}={column}" for field, column in mapping.items())
                self.ui.say(_("%(file)s: columns %(pairs)s") % {"file": table.name, "pairs": pairs})
            self.told = mapping
        sure = format_.code != GENERIC or self.given or recall(IMPORTER, table.columns) is not None
        if self.options["yes"] or self.dry_run or not self.ui.interactive:
            return True
        if self.shop._state.adding and not self.ui.confirm(
            _("There is no shop “%(shop)s” yet. Open it?") % {"shop": self.shop.name}
        ):
            return False
        return bool(sure) or self.ui.confirm(_("Are these columns right?"))


def _pair(text: str) -> tuple[str, str]:
    """field=Column as a pair."""
    name, equals, column = text.partition("=")
    if not equals or not name.strip():
        raise WrongUsage(_("--map wants field=Column, but got “%(text)s”.") % {"text": text})
    return name.strip(), column.strip()
