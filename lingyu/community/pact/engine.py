"""The screener of this process, kept up to date with the set of rules in force.

Holds where a process gets its screener from. Whoever keeps changes of the rules registers as the source;
without one the shipped screener holds. Loading takes seconds: it is done ahead where a server starts
(`warm`), else at first use, and again in a thread of its own when another set has come into force, while
the former one, whole, goes on judging.
"""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from django.db import connections

from . import versions
from .clauses import Pact
from .screening import Screener
from .screening.deciding import Changes
from .screening.judge import Audit, Judge, Judged, Settings
from .screening.steps import Post

logger = logging.getLogger(__name__)

# Seconds between two looks at what is in force, and after a set that could not be made.
EVERY, AFTER_FAILING = 2.0, 30.0
# Seconds that a server has for its first pages, before the screener is loaded beside them.
AFTER_START = 3.0


@dataclass(frozen=True)
class Source:
    """Who says what is in force: `key` is asked often and has to be cheap, `changes` for a new key only."""

    key: Callable[[], str]
    changes: Callable[[str], Sequence[Changes]]


@dataclass(frozen=True)
class Held:
    """One whole set: what it is called, and the screener."""

    key: tuple[str, int]
    screener: Screener


_SOURCES: list[Source] = []


def kept_by(source: Source) -> None:
    """Take changes of the rules from `source` from now on; the last to say so does."""
    _SOURCES[:] = [source]


@cache
def base() -> Screener:
    """The screener that is shipped, which changes are applied to."""
    return Screener.shipped()


class Engine:
    """The set that a process judges by. Swapped as a whole by one assignment, never changed."""

    def __init__(self):
        self._held: Held | None = None
        self._next = 0.0
        self._making = threading.Lock()

    def screener(self) -> Screener:
        """The screener to judge by; at most `EVERY` seconds and one building behind what is in force.

        Raises what building raises when there is none yet: whoever asks fails closed.
        """
        held = self._held
        if held is not None and time.monotonic() < self._next:
            return held.screener
        return self._looked(held).screener

    def catch_up(self) -> Screener:
        """The same, after waiting for the set in force at this moment."""
        with self._making:
            key = _wanted()
            if self._held is None or self._held.key != key:
                self._held = _made(key, _said(key))
            self._next = time.monotonic() + EVERY
            return self._held.screener

    def _looked(self, held: Held | None) -> Held:
        if held is None:
            self.catch_up()
            return self._held
        self._next = time.monotonic() + EVERY
        try:
            key = _wanted()
            if key != held.key and self._making.acquire(blocking=False):
                self._replace(key)
        except Exception:
            logger.exception("What is in force could not be asked; the former rules go on")
        return held

    def _replace(self, key: tuple[str, int]) -> None:
        """Make another set in a thread; what it is made of is read here, on the caller's connection."""
        try:
            said = _said(key)
            threading.Thread(target=self._make, args=(key, said), name="screener", daemon=True).start()
        except BaseException:
            self._making.release()
            raise

    def _make(self, key: tuple[str, int], said: tuple[Sequence[Changes], Pact | None]) -> None:
        try:
            self._held = _made(key, said)
        except Exception:
            self._next = time.monotonic() + AFTER_FAILING
            logger.exception("The rules in force (%s) could not be loaded; the former ones go on", key)
        finally:
            self._making.release()


def _wanted() -> tuple[str, int]:
    return (_SOURCES[0].key() if _SOURCES else "", versions.number_at())


def _said(key: tuple[str, int]) -> tuple[Sequence[Changes], Pact | None]:
    changes = _SOURCES[0].changes(key[0]) if _SOURCES and key[0] else ()
    return changes, None if key[1] == versions.FIRST else versions.numbered(key[1])


def _made(key: tuple[str, int], said: tuple[Sequence[Changes], Pact | None]) -> Held:
    changes, pact = said
    made = base().with_changes(*changes) if changes else base()
    if pact is not None:
        made = made.having_pact(pact)
    return Held(key, made.having_versions(edition=key[0]) if key[0] else made)


ENGINE = Engine()


def warm(after: float = AFTER_START) -> threading.Thread:
    """Load the screener in a thread of its own, so that nobody who writes waits for it.

    For a server's start, `after` so many seconds: whoever writes earlier does not wait for them. What goes
    wrong is said in the log, and tried again by the first who writes.
    """
    thread = threading.Timer(after, _warm)
    thread.daemon = True
    thread.start()
    return thread


def _warm() -> None:
    try:
        # A first text is screened, too (by no second opinion): some steps load what they need as they run.
        ENGINE.screener().screen(Post("Lingyu"))
    except Exception:
        logger.exception("The screener could not be loaded ahead")
    finally:
        connections.close_all()


@cache
def judge() -> Judge | None:
    """The language model that gives second opinions, where the environment names one.

    Raises JudgeRefused for wrong settings: the check of the settings has said so at the start.
    """
    settings = Settings.from_environment()
    return None if settings is None else Judge(settings, base().pact, audit=_note)


def _note(audit: Audit) -> None:
    logger.info("second opinion: %s", audit)


def screener() -> Screener | Judged:
    """The screener to judge by, with the second opinion behind it where there is one."""
    held, second = ENGINE.screener(), judge()
    return held if second is None else Judged(held, second)
