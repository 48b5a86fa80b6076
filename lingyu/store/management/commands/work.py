"""`lingyu work`: the worker beside the web server."""

import signal

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from lingyu.store.worker import Worker


class Command(BaseCommand):
    """Deliver facts to reactions and ship them to the event store, until told to stop."""

    help = _("Deliver facts to reactions and ship them to the event store, until stopped.")

    def handle(self, *args, **options):
        """Work until SIGTERM or SIGINT, finishing the batch in hand."""
        worker = Worker()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, worker.stop)
        if options["verbosity"] > 1:
            self.stdout.write(_("The worker has begun."))
            self.stdout.flush()
        worker.run()
