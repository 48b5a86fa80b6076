"""The worker: the loop that delivers facts to reactions, ships them and keeps the store tidy.

Holds when things happen; what happens is `deliver`, `ship` and `purge`; `jobs` has a loop of its own. One
worker is enough;
several do no harm, for each kind of work is claimed or leased.
"""

import logging
import threading
import time
from collections.abc import Callable

from django.db import Error, connection, reset_queries
from django.utils import timezone

from .deliver import deliver_due
from .engines import engine
from .engines.base import EngineError
from .models import Envelope
from .purge import KEEP, purge_before
from .ship import Busy, lease, ship_all

log = logging.getLogger(__name__)

# Seconds between two looks when nothing waits, and between two tidyings.
PAUSE = 0.5
TIDY_EVERY = 600
# Seconds to wait after the first, second, … error in a row.
BACK_OFF = (1, 2, 5, 10, 30)


class Worker:
    """`run()` until `stop()`; a stop lets the batch in hand be finished."""

    def __init__(self, clock: Callable[[], float] = time.monotonic):
        self._stopped = threading.Event()
        self._clock = clock
        self._tidied_at = clock()

    def stop(self, *_signal) -> None:
        """End the loop soon; also a signal handler."""
        self._stopped.set()

    def run(self) -> None:
        """Work until stopped. Errors of the database or the engine are waited out."""
        errors = 0
        while not self._stopped.is_set():
            try:
                busy = self.step()
                errors = 0
            except (Error, EngineError, OSError) as error:
                busy, wait = False, BACK_OFF[min(errors, len(BACK_OFF) - 1)]
                errors += 1
                log.warning("%s: %s; trying again in %d s", type(error).__name__, error, wait)
                connection.close()
                self._stopped.wait(wait)
            if not busy:
                self._stopped.wait(PAUSE)

    def step(self) -> bool:
        """Do what is due; whether more may be waiting already."""
        reset_queries()
        delivered = deliver_due()
        try:
            if Envelope.objects.waiting().exists():
                ship_all(wait=False)
            if self._clock() - self._tidied_at >= TIDY_EVERY:
                self._tidied_at = self._clock()
                self.tidy()
        except Busy:
            log.debug("another process is shipping")
        return delivered > 0

    def tidy(self) -> None:
        """Throw away what is done with, and rearrange the store's files."""
        while purge_before(timezone.now() - KEEP) and not self._stopped.is_set():
            pass
        with lease(wait=False):
            engine().tidy()
