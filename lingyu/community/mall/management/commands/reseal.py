"""`lingyu reseal`: seal the mall's codes, addresses and secrets with the present secret key."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lingyu.community.mall import actions, reads


class Command(BaseCommand):
    """Repeatable: what is sealed with the present key already is left alone."""

    help = _("Seal codes, addresses and secrets anew, with the present secret key.")

    def handle(self, *args, **options):
        """Batch by batch, until nothing is left."""
        done = 0
        while count := actions.reseal():
            done += count
        said = ngettext("%(num)d text was sealed anew.", "%(num)d texts were sealed anew.", done)
        self.stdout.write(said % {"num": done})
        if left := sum(reads.locked().values()):
            warned = ngettext(
                "%(num)d text is sealed with a key that is not there: add it to LINGYU_OLD_SECRET_KEYS.",
                "%(num)d texts are sealed with a key that is not there: add it to LINGYU_OLD_SECRET_KEYS.",
                left,
            )
            self.stderr.write(warned % {"num": left})
