"""Running jobs: what is due is claimed by one worker, done in batches, and its next time noted.

Holds the running of `lingyu.kernel.jobs`. The claim is a lease on a row: a worker that dies in the
middle loses it by time, and another one does the job again.
"""

import logging
import threading
from datetime import datetime, timedelta

from django.db import Error, close_old_connections, connection
from django.utils import timezone

from lingyu.kernel.jobs import JOBS, Job

from .models import JobRun

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=10)
# Batches of one job in one turn: what is left waits for the other jobs to have theirs.
ROUNDS = 20
# Seconds between two looks at what is due.
PAUSE = 1.0


def run_due(now: datetime | None = None, stopped=lambda: False) -> int:
    """Run every job that is due; how many things they did. Errors of one are noted, and tried again."""
    now = now or timezone.now()
    _enrol(now)
    done = 0
    for run in JobRun.objects.due(now).filter(code__in=JOBS):
        if stopped():
            break
        done += _take_turn(JOBS[run.code], now)
    return done


def _enrol(now: datetime) -> None:
    known = set(JobRun.objects.values_list("code", flat=True))
    JobRun.objects.bulk_create(
        [JobRun(code=code, next_at=now) for code in JOBS if code not in known], ignore_conflicts=True
    )


def _take_turn(job: Job, now: datetime) -> int:
    claimed = JobRun.objects.due(now).filter(code=job.code).update(leased_until=now + LEASE, begun_at=now)
    if not claimed:
        return 0
    done, again, fault = 0, True, ""
    try:
        for _ in range(ROUNDS):
            count = job.run(now)
            done += count
            if not count:
                again = False
                break
    except Exception as error:
        log.exception("job %s failed", job.code)
        again, fault = False, f"{type(error).__name__}: {error}"[:2000]
    wait = timedelta(0) if again else job.every
    JobRun.objects.filter(code=job.code).update(
        leased_until=None, next_at=now + wait, ended_at=timezone.now(), did=done, last_error=fault
    )
    return done


class JobLoop(threading.Thread):
    """The jobs' own thread in a worker, so that a slow supplier holds up no fact."""

    def __init__(self):
        super().__init__(name="jobs", daemon=True)
        self._stopped = threading.Event()

    def stop(self) -> None:
        """End after the batch in hand."""
        self._stopped.set()

    def run(self) -> None:
        """Run what is due until stopped; a database that is away is waited for."""
        while not self._stopped.wait(PAUSE):
            try:
                run_due(stopped=self._stopped.is_set)
            except Error as error:
                log.warning("%s: %s; jobs wait", type(error).__name__, error)
                connection.close()
                self._stopped.wait(10 * PAUSE)
            close_old_connections()
        connection.close()
