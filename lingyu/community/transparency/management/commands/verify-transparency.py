"""`lingyu verify-transparency`: compute every published month again, from the rows."""

import json
import sys
from dataclasses import asdict

from django.core.management.base import BaseCommand
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lingyu.community.transparency import definitions
from lingyu.community.transparency.models import Publication
from lingyu.community.transparency.proving import Fault, faults


class Command(BaseCommand):
    """Exit 0 when every published number follows from the rows, 1 when one does not; each is named."""

    help = _("Compute every published month of the pact's numbers again, from the rows.")

    def add_arguments(self, parser):
        """`--json` for machines."""
        parser.add_argument("--json", action="store_true", help=_("Answer in JSON."))

    def handle(self, *args, **options):
        """Verify and report."""
        found = list(faults())
        months = Publication.objects.count()
        last = Publication.objects.order_by("-month").values_list("digest", flat=True).first()
        if options["json"]:
            said = {
                "sound": not found,
                "months": months,
                "digest": last,
                "faults": [asdict(f) for f in found],
            }
            self.stdout.write(json.dumps(said, ensure_ascii=False))
        else:
            self._say(found, months, last)
        if found:
            sys.exit(1)

    def _say(self, found: list[Fault], months: int, last: str | None) -> None:
        for fault in found:
            self.stdout.write(f"✗ {sentence(fault)}")
        if not months:
            self.stdout.write(_("No month has been published yet."))
        elif not found:
            told = {"months": months, "digest": last}
            self.stdout.write(_("Sound: %(months)d months re-compute. Last digest: %(digest)s") % told)


def sentence(fault: Fault) -> str:
    """One fault in words."""
    if fault.difference is None:
        return WHAT[fault.what]() % {"month": fault.month}
    values = {"month": fault.month, "code": fault.difference.code}
    values["name"] = definitions.name_of(fault.difference.code, get_language() or "en")
    values |= {"said": fault.difference.said, "found": fault.difference.found}
    return _("%(month)s: %(name)s (%(code)s) was published as %(said)s, and the rows say %(found)s.") % values


WHAT = {
    "chain": lambda: _("%(month)s: its digest does not follow from its content and the month before."),
    "gap": lambda: _("%(month)s: the month before it is missing."),
    "content": lambda: _("%(month)s: its content can't be counted again here."),
}
