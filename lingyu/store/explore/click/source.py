"""What ClickHouse has of the log: how far it goes, and the way to ask it.

Holds no question. Its people are called by the log: names of people are not sent.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from lingyu.kernel.questions import QuestionError
from lingyu.kernel.text import N_

from ...engines.click.transport import Transport
from .table import DAYS, QUESTION, STATE


class Uncompiled(QuestionError):
    """There is no SQL for this part of a question here, or nothing to ask; journeys can answer it."""


class ClickFacts:
    """The facts that were sent, as of now. `keys` says what people are called, by their numbers.

    Raises Uncompiled where nothing has been sent yet.
    """

    def __init__(self, transport: Transport, keys: Callable[[list[int]], list[str]] = lambda people: []):
        self._transport, self.keys = transport, keys
        there = transport.rows(f"EXISTS TABLE {STATE}")[0][0]
        found = there and self.ask(f"SELECT zone, freshness FROM {STATE} ORDER BY sent DESC LIMIT 1")
        if not found:
            raise Uncompiled("source", N_("%(field)s: ClickHouse has not been sent the log yet."))
        zone, freshness = found[0]
        self.zone = ZoneInfo(zone)
        self.freshness = datetime.fromtimestamp(freshness / 1000, UTC)
        days = [day for day, files in sent(self.ask).items() if files]
        self.first_day, self.last_day = (min(days), max(days)) if days else (None, None)

    def ask(self, sql: str) -> list[tuple]:
        """The rows of a question. Raises EngineError."""
        return self._transport.rows(f"{sql} {QUESTION}")


def sent(ask: Callable[[str], Iterable[tuple]]) -> dict[int, str]:
    """Of each day, which of the log's files ClickHouse has; empty of a day that is gone."""
    return dict(ask(f"SELECT day, argMax(files, {DAYS}.sent) FROM {DAYS} GROUP BY day"))
