"""Repeatable: work in one transaction that runs again when the database broke it off.

Holds one decorator. PostgreSQL ends one of two transactions that wait for one another, and SQLite says
that it is locked when a writer was waited for too long; neither is anything that a member should see.
"""

import functools
import random
import time
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from django.db import OperationalError, connection, transaction

# How often it is tried; seconds waited before the second time, doubled before each later one.
TIMES, WAIT = 6, 0.01
P, R = ParamSpec("P"), TypeVar("R")
# SQLSTATEs of a deadlock and of a transaction that cannot be serialised.
BROKEN_OFF = {"40P01", "40001"}


def repeatable(work: Callable[P, R]) -> Callable[P, R]:
    """`transaction.atomic`, tried again from its start when nothing was wrong but the moment.

    Within a transaction that is open already it is a savepoint, and whoever opened that one repeats it.
    """
    inner = transaction.atomic(work)

    @functools.wraps(work)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if connection.in_atomic_block:
            return inner(*args, **kwargs)
        for attempt in range(TIMES):
            try:
                return inner(*args, **kwargs)
            except OperationalError as error:
                if attempt == TIMES - 1 or not broken_off(error):
                    raise
                time.sleep(random.uniform(0, WAIT * 2**attempt))  # noqa: S311 - spreads, keeps no secret
        raise AssertionError("unreachable")

    return run


def broken_off(error: OperationalError) -> bool:
    """Whether the database ended a transaction for reasons of concurrency alone."""
    cause = error.__cause__
    return getattr(cause, "sqlstate", None) in BROKEN_OFF or "database is locked" in str(error)
