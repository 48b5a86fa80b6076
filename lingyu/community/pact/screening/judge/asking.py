"""Asking the judge: by the protocol that it speaks, within limits, and every question on the log.

Holds no protocol and no decision on a verdict.
"""

import hashlib
import json
import os
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ...clauses import Pact
from ..steps import Post, Signal
from .chat import Chat
from .endpoint import EndpointFailed, post
from .limits import Limits
from .moderations import Moderations
from .settings import KEY, MODERATIONS, Settings
from .shapes import Audit, Opinion

CANDIDATES = 3


class Judge:
    """Gives opinions on posts. `audit` is called with one row for every question, answered or not."""

    def __init__(
        self,
        settings: Settings,
        pact: Pact,
        *,
        audit: Callable[[Audit], None] = lambda row: None,
        environment: Mapping[str, str] = os.environ,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.settings, self._audit, self._environment = settings, audit, environment
        self._limits = Limits(settings, clock)
        self._protocol = (Moderations if settings.protocol == MODERATIONS else Chat)(settings, pact)

    @property
    def name(self) -> str:
        """How findings name it."""
        return f"judge:{self.settings.model}"

    def opinion(self, about: Post, normalised: str, signals: Sequence[Signal]) -> Opinion | None:
        """What the judge thinks of a post, of the clauses that `signals` point at; None is no opinion."""
        clauses = candidates(signals)
        if not clauses:
            return None
        body = self._protocol.body(about, normalised, signals, clauses)
        key = hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
        if found := self._limits.remembered(key):
            self._audit(Audit(about.id, self.settings.model, key, f"cached:{found.decision}", 0, 0))
            return found
        guess = self._protocol.cost(body)
        if refused := self._limits.begin(guess):
            self._audit(Audit(about.id, self.settings.model, key, refused, 0, 0))
            return None
        began, used, failed, outcome, found = time.monotonic(), guess, True, "failed", None
        try:
            answer = self._ask(body)
            used, failed = _tokens(answer, guess), False
            found = self._protocol.read(answer, about, normalised, clauses)
            outcome = found.decision if found else "invalid"
        except EndpointFailed:
            pass
        finally:
            self._limits.end(guess, used, failed)
        if found:
            self._limits.remember(key, found)
        spent = int((time.monotonic() - began) * 1000)
        self._audit(Audit(about.id, self.settings.model, key, outcome, 0 if failed else used, spent))
        return found

    def _ask(self, body: dict[str, Any]) -> dict[str, Any]:
        """The answer, tried twice within one time limit."""
        until, key = time.monotonic() + self.settings.timeout, self._environment.get(KEY, "")
        for last in (False, True):
            try:
                left = until - time.monotonic()
                return post(self.settings.url + self._protocol.path, key, body, max(0.05, left))
            except EndpointFailed as error:
                if last or not error.again or time.monotonic() >= until:
                    raise
        raise AssertionError("unreachable")


def candidates(signals: Sequence[Signal]) -> tuple[str, ...]:
    """The clauses most pointed at, at most three."""
    best: dict[str, float] = {}
    for signal in signals:
        best[signal.clause] = max(best.get(signal.clause, 0.0), signal.score)
    return tuple(sorted(best, key=lambda code: (-best[code], code))[:CANDIDATES])


def _tokens(answer: dict[str, Any], guess: int) -> int:
    usage = answer.get("usage")
    total = usage.get("total_tokens") if isinstance(usage, dict) else None
    return total if isinstance(total, int) and 0 <= total < 10_000_000 else guess
