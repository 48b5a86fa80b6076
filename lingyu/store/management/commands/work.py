"""`lingyu work`: the worker beside the web server."""

import signal

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from lingyu.store.jobs import JobLoop
from lingyu.store.log.working import LogLoop
from lingyu.store.worker import Worker

# Seconds that a stopped worker gives what its loops have in hand; their leases let another worker take it up.
LOOPS_END = 15


class Command(BaseCommand):
    """Deliver facts to reactions, ship them to the event store and run jobs, until told to stop."""

    help = _("Deliver facts to reactions and ship them to the event store, until stopped.")

    def handle(self, *args, **options):
        """Work until SIGTERM or SIGINT, finishing the batch in hand."""
        worker = Worker()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, worker.stop)
        if options["verbosity"] > 1:
            self.stdout.write(_("The worker has begun."))
            self.stdout.flush()
        jobs = JobLoop()
        facts = LogLoop()
        for loop in (jobs, facts):
            loop.start()
        worker.run()
        for loop in (jobs, facts):
            loop.stop()
        for loop in (jobs, facts):
            loop.join(LOOPS_END)
