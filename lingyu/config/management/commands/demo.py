"""`lingyu demo`: load the simulated demo data."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from lingyu.config import demo


class Command(BaseCommand):
    """Load what is missing of the demo."""

    help = _("Load the simulated demo data; what is there already stays as it is.")

    def handle(self, *args, **options):
        """Load, naming each part."""
        demo.load(lambda part: self.stdout.write(_("Loading the simulated demo: %s …") % part))
