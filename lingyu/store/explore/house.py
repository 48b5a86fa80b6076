"""The house's own questions, by the engine of the settings: journeys in this process, or ClickHouse.

Holds which of them answers. It is the only module here that needs Django's settings.
"""

import logging
from collections.abc import Callable

from django.conf import settings

from lingyu.kernel.questions import Answer, Question

from ..engines.base import EngineError
from ..engines.click import transport
from ..log import LogSequences, log, sequences
from ..log.door import inbox
from ..log.tail import waiting_since
from . import asking
from .click import ClickFacts, Uncompiled
from .click import answer as click_answer
from .click.sending import Sender

ENGINES = ("journeys", "click", "click-only")
_log = logging.getLogger(__name__)


def answer(asked: Question, saved=None, seen: Callable[[], LogSequences] = sequences) -> Answer:
    """The answer to a question about this house's log; `saved` finds the condition of a saved segment.

    `seen` gives the log to journeys, for who has looked at it already.

    With `click`, journeys answer what ClickHouse has no SQL for, and everything while it is away. Raises
    QuestionError, and with `click-only` also Uncompiled and EngineError.
    """
    if settings.LINGYU_EXPLORE == "journeys":
        return asking.answer(asked, seen(), saved)
    try:
        return click_answer(asked, facts(), saved)
    except (Uncompiled, EngineError) as error:
        if settings.LINGYU_EXPLORE == "click-only":
            raise
        _log.warning("explore: %s; answered by journeys", error)
        return asking.answer(asked, seen(), saved)


def facts() -> ClickFacts:
    """What ClickHouse has of this house's log; people are called by the log."""
    return ClickFacts(_way(), lambda people: sequences().keys(people))


def sender() -> Sender:
    """What sends this house's log to ClickHouse."""
    return Sender(log(), _way(), lambda: waiting_since(log(), inbox()))


def _way() -> transport.Transport:
    """The way to the house's ClickHouse; one a process and address."""
    address = settings.LINGYU_CLICKHOUSE_URL
    if address not in _ways:
        _ways[address] = transport.connect(address)
    return _ways[address]


_ways: dict[str, transport.Transport] = {}
