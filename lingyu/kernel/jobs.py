"""Jobs: what has to be done again and again as time passes, declared by whoever does it.

Holds the registry. Does not run anything: `lingyu.store.jobs` calls what is due, one worker at a time.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from .events import DeclarationError
from .text import Named


@dataclass(frozen=True)
class Job(Named):
    """One piece of periodic work; `run(now)` does a bounded batch and answers how many things it did."""

    code: str
    zh: str
    en: str
    every: timedelta
    run: Callable[[datetime], int]


JOBS: dict[str, Job] = {}


def job(code: str, *, every: timedelta, zh: str, en: str):
    """Register a function of the present moment as the job `code`, run about `every` so often.

    It is called outside of a transaction, by one worker at a time, and at once again as long as it
    answers more than nought. It has to be repeatable: a worker may be killed at any point of it.
    """
    if every <= timedelta(0):
        raise DeclarationError(f"job {code!r}: the time between two runs must be positive")

    def register(run: Callable[[datetime], int]) -> Callable[[datetime], int]:
        if code in JOBS and JOBS[code].run.__module__ != run.__module__:
            raise DeclarationError(f"job {code!r} is declared twice")
        JOBS[code] = Job(code, zh, en, every, run)
        return run

    return register
