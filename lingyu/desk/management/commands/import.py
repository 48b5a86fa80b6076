"""`lingyu import KIND FILE…`: outside files, read by the operation that understands their kind.

Holds the list of kinds, taken from the manifests; each kind's own command does the work.
"""

import sys
from pathlib import Path
from uuid import UUID

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.utils.module_loading import import_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lingyu.desk.terminal import Terminal
from lingyu.kernel.access import IMPORT_DATA
from lingyu.kernel.operations import in_order


class Command(BaseCommand):
    """Find the importer by its code and run it; its exit code is the command's."""

    help = _("Import files from outside: orders, visitors, and what else the operations read.")
    requires_system_checks = ()

    def add_arguments(self, parser):
        """One sub-command for each importer of each operation."""
        kinds = parser.add_subparsers(dest="kind", required=True, metavar=_("KIND"))
        for operation in in_order():
            for importer in operation.importers:
                command = import_string(importer.command)()
                label = (
                    f"{operation.label(get_language() or 'en')} · {importer.label(get_language() or 'en')}"
                )
                sub = kinds.add_parser(importer.code, help=label, description=label)
                sub.set_defaults(importer=command)
                command.add_arguments(sub)
                sub.add_argument(
                    "--as",
                    dest="member",
                    default="",
                    metavar=_("MEMBER"),
                    help=_("who imports, by name or id; they need the permission to"),
                )
                sub.add_argument(
                    "--json",
                    default="",
                    metavar=_("FILE"),
                    help=_("where the outcome is written for programs, and how far the import is"),
                )

    def handle(self, *args, **options):
        """Run it: 0 everything imported, 1 some rows refused, 2 a file refused or wrong usage."""
        ui = Terminal(Path(options["json"]) if options["json"] else None)
        options["actor"] = _member(options["member"]) if options["member"] else None
        try:
            code = options["importer"].run(options, ui)
        except KeyboardInterrupt:
            ui.fail(_("Stopped. Nothing of the file that was being imported is kept."))
            code = 130
        ui.end(code)
        if code:
            sys.exit(code)


def _member(named: str):
    """The member with this id or name, who may import. Raises CommandError."""
    members = get_user_model().objects.active()
    try:
        found = members.filter(pk=UUID(named)).first()
    except ValueError:
        found = members.filter(username=named).first()
    if found is None:
        raise CommandError(_("There is no member “%(name)s”.") % {"name": named})
    if not found.may(IMPORT_DATA):
        raise CommandError(_("%(name)s may not import data.") % {"name": found})
    return found
