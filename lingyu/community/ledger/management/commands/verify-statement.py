"""`lingyu verify-statement FILE`: check a statement of feathers with nothing but the downloaded file."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from lingyu.community.ledger.statements import check, read


class Command(BaseCommand):
    """Exit 0 when every entry follows from the one before it, 1 when one does not; asks no database."""

    help = _("Check a downloaded statement of feathers: every entry has to follow from the one before it.")
    requires_system_checks = []

    def add_arguments(self, parser):
        """The file."""
        parser.add_argument("file", help=_("The statement, as the site gives it (CSV)."))

    def handle(self, *args, **options):
        """Check and say."""
        try:
            lines = read(Path(options["file"]).read_text(encoding="utf-8-sig").splitlines(keepends=True))
        except (OSError, ValueError, UnicodeError) as error:
            raise CommandError(_("This is no statement of feathers: %(why)s") % {"why": error}) from None
        found = check(lines)
        for fault in found.faults:
            self.stdout.write(f"✗ {fault}")
        if found.faults:
            sys.exit(1)
        told = {"entries": found.entries, "balance": found.balance, "hash": found.head}
        self.stdout.write(_("Sound: %(entries)d entries, balance %(balance)d, last hash %(hash)s") % told)
