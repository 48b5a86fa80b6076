"""`lingyu verify-ledger`: check every entry, balance, lot and anchor of the feathers, from the first on."""

import json
import sys

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import Progress

from lingyu.community.ledger.models import Entry
from lingyu.community.ledger.verify import Report, verify


class Command(BaseCommand):
    """Exit 0 when the ledger is sound, 1 when it is not; each fault is named."""

    help = _("Check every entry, balance, lot and anchor of the feathers.")

    def add_arguments(self, parser):
        """`--json` for machines."""
        parser.add_argument("--json", action="store_true", help=_("Answer in JSON."))
        parser.add_argument(
            "--expect",
            action="append",
            default=[],
            metavar="DIGEST",
            help=_("The digest of a seal that was noted elsewhere: it has to be there still."),
        )

    def handle(self, *args, **options):
        """Verify and report."""
        report = self._verify(options["expect"], quiet=options["json"])
        said = {
            "sound": report.sound,
            "entries": report.entries,
            "transfers": report.transfers,
            "accounts": report.accounts,
            "lots": report.lots,
            "anchors": report.anchors,
            "digest": report.digest,
            "faults": report.faults,
        }
        if options["json"]:
            self.stdout.write(json.dumps(said, ensure_ascii=False))
        else:
            self._say(report)
        if not report.sound:
            sys.exit(1)

    def _verify(self, expect: list[str], quiet: bool) -> Report:
        with Progress(console=Console(stderr=True), transient=True, disable=quiet) as bar:
            task = bar.add_task(_("Entries"), total=Entry.objects.count())
            return verify(lambda seen: bar.update(task, completed=seen), expect=expect)

    def _say(self, report: Report) -> None:
        for fault in report.faults:
            self.stdout.write(f"✗ {fault}")
        counted = {"entries": report.entries, "transfers": report.transfers, "accounts": report.accounts}
        if report.sound:
            self.stdout.write(
                _("Sound: %(entries)d entries, %(transfers)d transfers, %(accounts)d accounts.") % counted
            )
            if report.digest:
                self.stdout.write(_("Last seal: %(digest)s") % {"digest": report.digest})
        else:
            self.stdout.write(
                _("%(number)d faults. Do not repair rows by hand: restore a backup, or book corrections.")
                % {"number": len(report.faults)}
            )
