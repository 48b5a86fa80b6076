"""Answering on an event loop: deciding, waiting for the commit while others are served, telling the doctor.

Holds what the transports of an event loop (`rsgi`, `asgi`) share. Knows neither of them.
"""

import asyncio
import contextlib
from collections import deque

from lingyu.store.inbox import Full

from .door import UNAVAILABLE, Decision
from .running import Parts, parts
from .wire import JSON, Answer, Request

TOO_LARGE = Answer(413, b'{"code":"body_too_large","message":"too many bytes"}', JSON)
HEALTH = "/health"
# A sender that stops in the midst of a body holds a place for so long.
BODY_SECONDS = 30


class Answering:
    """One process's way to an answer; its parts are made at the first request unless they are given."""

    def __init__(self, running: Parts | None = None):
        self._running = running
        self._done: deque = deque()
        self._is_due = False

    async def answer(self, request: Request) -> Answer:
        """The answer, once what it acknowledges is on disk."""
        if self._running is None:
            self._running = await asyncio.to_thread(parts)
        if request.path == HEALTH:
            return Answer(200, b'{"status":"ok"}', JSON)
        door, writer, doctor = self._running
        decision: Decision = door.decide(request)
        if decision.remarks:
            doctor.tell(decision.source, decision.protocol, decision.remarks)
        if decision.row is None:
            return decision.answer
        if await self._keep(writer, decision.row):
            return UNAVAILABLE
        doctor.show(decision.row)
        return decision.answer

    async def _keep(self, writer, row) -> Exception | None:
        """Have a row committed, and wait for that; what went wrong."""
        loop = asyncio.get_running_loop()
        done = loop.create_future()

        def told(error: Exception | None) -> None:
            # Called in the committing thread: the loop is woken once for a whole group.
            self._done.append((done, error))
            if not self._is_due:
                self._is_due = True
                loop.call_soon_threadsafe(self._resolve)

        try:
            writer.put(row, told)
        except Full as error:
            return error
        return await done

    def _resolve(self) -> None:
        self._is_due = False
        with contextlib.suppress(IndexError):
            while True:
                done, error = self._done.popleft()
                if not done.done():
                    done.set_result(error)
