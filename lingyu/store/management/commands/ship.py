"""`lingyu ship`: send what waits in the outbox to the event store, once."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from lingyu.store.engines import engine
from lingyu.store.engines.base import EngineError
from lingyu.store.freshness import waiting
from lingyu.store.ship import lease, ship_all


class Command(BaseCommand):
    """Ship everything that waits, with a progress bar, and tidy the store's files."""

    help = _("Send the facts that wait in the outbox to the event store.")

    def handle(self, *args, **options):
        """Ship; the exit code is 1 when the event store cannot take the facts."""
        columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task(_("Shipping"), total=waiting())
            try:
                new = ship_all(lambda done: bar.update(task, completed=done))
                with lease():
                    engine().tidy()
            except EngineError as error:
                raise CommandError(_("The event store cannot take facts: %s") % error) from error
        self.stdout.write(_("%(count)s facts are new in the event store.") % {"count": new})
