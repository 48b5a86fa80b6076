"""The house's log as a page asks it: what it knows, what it offers, what it answers, for a minute remembered.

An answer is remembered by everything that could change it: the version of the log, what waits in the inbox,
the day. What is merely offered may be a minute old. Holds no kind of question.
"""

import hashlib
import time
from datetime import date
from functools import cached_property, partial
from typing import Any, NamedTuple

from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import gettext as _

from lingyu.kernel.query import QueryError
from lingyu.kernel.questions import Answer, Question, definition_hash
from lingyu.kernel.questions.days import day_of
from lingyu.store.engines.base import EngineError
from lingyu.store.explore import house
from lingyu.store.log import LogSequences, log, sequences, vocabulary
from lingyu.store.log.door import inbox

from ..segments import shelf

REMEMBERED_SECONDS = 60
# A question that took longer says so.
LONG_SECONDS = 2.0


class Known(NamedTuple):
    """What a source has: events by how often they came lately, what a day begins with, properties, days."""

    events: tuple[vocabulary.Named, ...] = ()
    entrance: str = ""
    properties: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None

    @property
    def names(self) -> list[str]:
        """The names of its events: what a day begins with, then by how often they came."""
        names = [named.name for named in self.events]
        return sorted(names, key=lambda name: name != self.entrance)


class Found(NamedTuple):
    """An answer, that of the period before if asked for, how many seconds it took, or why there is none."""

    answer: Answer | None
    before: Answer | None = None
    seconds: float = 0.0
    refused: str = ""

    @property
    def long(self) -> bool:
        """Whether it took long enough to say why."""
        return self.seconds > LONG_SECONDS


class Source:
    """The log at this moment; made for one request."""

    @cached_property
    def seen(self) -> LogSequences:
        """A snapshot, what waits in the inbox included."""
        return sequences()

    @cached_property
    def today(self) -> date:
        """The day that it is in the log's zone."""
        return timezone.now().astimezone(log().zone).date()

    @cached_property
    def _state(self) -> str:
        here = log()
        waiting = inbox().waiting(here.catalog.positions())
        return _digest(f"{here.folder}:{here.catalog.version()}:{waiting}:{self.today}")

    def _remembered(self, state: str, what: str, make) -> Any:
        key = f"explore:{state}:{what}"
        if (found := cache.get(key)) is None:
            found = make()
            if found:
                cache.set(key, found, REMEMBERED_SECONDS)
        return found

    @cached_property
    def _here(self) -> str:
        return _digest(f"{log().folder}:{self.today}")

    @cached_property
    def known(self) -> Known:
        """What there is."""
        return self._remembered(self._here, "known", self._look) or Known()

    def _look(self) -> Known | None:
        seen = self.seen
        if seen.first_day is None:
            return None
        first, last = day_of(seen.first_day), day_of(seen.last_day)
        events = tuple(vocabulary.events(seen))
        found = vocabulary.properties(seen, [named.name for named in events[: vocabulary.EVENTS]])
        return Known(events, vocabulary.entrance(seen), tuple(p.name for p in found), first, last)

    def properties(self, names: list[str]) -> list[vocabulary.Property]:
        """What these events carry; of none, the commonest ones."""
        chosen = names or self.known.names[: vocabulary.EVENTS]
        what = _digest("\n".join(["properties", *chosen]))
        return self._remembered(self._here, what, lambda: vocabulary.properties(self.seen, chosen))

    def ask(self, asked: Question, before: Question | None = None) -> Found:
        """The answer, and that of the period before; or why there is none."""
        begun = time.monotonic()
        try:
            found = self._answer(asked)
            compared = self._answer(before) if before else None
        except QueryError as error:
            return Found(None, refused=_(error.message) % error.params)
        except EngineError as error:
            return Found(None, refused=_("It could not be counted: %(why)s.") % {"why": error})
        return Found(found, compared, time.monotonic() - begun)

    def _answer(self, asked: Question) -> Answer:
        what = definition_hash(asked)
        if asked.among is not None:
            what = _digest(what + shelf.state())
        count = partial(house.answer, asked, shelf.condition_of, lambda: self.seen)
        return self._remembered(self._state, what, count)


def _digest(text: str) -> str:
    return hashlib.blake2s(text.encode()).hexdigest()
