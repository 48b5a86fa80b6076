"""The log's own thread in a worker: compacts what comes in, makes what is stale, tidies now and then.

Holds when things happen. A thread of its own, so that a long merge holds up no fact of the house's.
"""

import logging
import math
import sqlite3
import threading
import time
from collections.abc import Callable

import duckdb
from django.conf import settings
from django.db import Error, close_old_connections, connection
from django.utils import timezone

from ..engines.base import EngineError
from . import damage, house, keeping
from .compacting import Compactor, Done, Told
from .door import Busy, inbox, log
from .tidying import tidy

# Seconds between two looks when nothing waits; until what is made out of days is made anew; between tidyings.
PAUSE, BUILD_EVERY, TIDY_EVERY = 1.0, 10.0, 600.0
# Seconds between two sendings to ClickHouse, and after which one makes room for what comes in.
SEND_EVERY, SEND_FOR = 10.0, 10.0
BACK_OFF = (1, 2, 5, 10, 30)
# Told what the readers refused or mended; the collector's doctor hangs itself on here.
TOLD: list[Told] = []
_log = logging.getLogger(__name__)


class LogLoop(threading.Thread):
    """`start()` it in a worker, `stop()` it; what it was at is finished, or is done by the next one."""

    def __init__(self, clock: Callable[[], float] = time.monotonic):
        super().__init__(name="log", daemon=True)
        self._stopped, self._clock = threading.Event(), clock
        self._built_at, self._tidied_at = -math.inf, clock()
        self._look_at = 0.0
        self._compactor: Compactor | None = None
        self._sender, self._send_at, self._unsent = None, clock(), 0

    def stop(self) -> None:
        """End after the batch in hand."""
        self._stopped.set()

    def run(self) -> None:
        """Work until stopped; a disk that is full or away is waited for."""
        errors = 0
        while not self._stopped.is_set():
            wait = PAUSE
            try:
                if self.step():
                    wait = 0.0
                errors = 0
            except Busy:
                _log.debug("another process writes the log")
            except (OSError, sqlite3.Error, EngineError, duckdb.Error, Error) as error:
                wait, errors = BACK_OFF[min(errors, len(BACK_OFF) - 1)], errors + 1
                _log.warning("log: %s: %s; trying again in %d s", type(error).__name__, error, wait)
                self._look(error)
            close_old_connections()
            self._stopped.wait(wait)
        connection.close()

    def step(self) -> bool:
        """Do what is due; whether more may be waiting already."""
        with log().lease(wait=False):
            done = self._compact()
            own = house.take_waiting(self._compactor)
            if self._clock() - self._built_at >= BUILD_EVERY:
                log().derived.build(stopped=self._stopped.is_set)
                self._built_at = self._clock()
            if self._clock() - self._tidied_at > TIDY_EVERY:
                tidy(log(), timezone.now(), settings.LINGYU_KEEP_DAYS, self._stopped.is_set)
                self._tidied_at = self._clock()
        if settings.LINGYU_CLICKHOUSE_URL and self._clock() >= self._send_at:
            self._send()
        return done.requests + own > 0

    def _look(self, error: Exception) -> None:
        """Find what is damaged, if that is what an error may come from, so that the rest goes on."""
        try:
            with log().lease(wait=False):
                if keeping.is_of_the_catalog(error):
                    keeping.put_back(log().folder)
                    # It remembers numbers that the copy may not know.
                    self._compactor = None
                elif damage.is_of_files(error) and self._clock() > self._look_at:
                    self._look_at = self._clock() + TIDY_EVERY
                    damage.check(log(), log().catalog.live("facts"), self._stopped.is_set)
        except (Busy, OSError, sqlite3.Error, EngineError) as fault:
            _log.error("log: %s", fault)

    def _send(self) -> None:
        """Send what ClickHouse lacks, for a while; one that is away holds nothing up."""
        from ..explore.house import sender

        until, wait = self._clock() + SEND_FOR, SEND_EVERY
        try:
            self._sender = self._sender or sender()
            self._sender.send(lambda: self._stopped.is_set() or self._clock() > until)
            self._unsent = 0
        except Busy:
            _log.debug("another process sends")
        except (EngineError, OSError, duckdb.Error) as error:
            wait = BACK_OFF[min(self._unsent, len(BACK_OFF) - 1)]
            self._unsent += 1
            _log.warning("log: not sent: %s; trying again in %d s", error, wait)
        self._send_at = self._clock() + wait

    def _compact(self) -> Done:
        if self._compactor is None or self._compactor.log is not log():
            self._compactor = Compactor(log(), inbox(), _tell)
        return self._compactor.step()


def _tell(source: str, protocol: str, remarks: list) -> None:
    for told in TOLD:
        try:
            told(source, protocol, remarks)
        except Exception:
            _log.exception("log: remarks on a request could not be noted")
