"""The collector as a process of its own: a bare ASGI application, so that a request costs microseconds.

Holds the transport: reading a body within bounds, waiting for the commit without holding up other requests,
writing the answer. Served by `lingyu collect`; decides nothing itself (`door`).
"""

import asyncio
import contextlib
from collections import deque

import django

# Which settings, the command says that starts the server.
django.setup()

from lingyu.store.inbox import Full  # noqa: E402 - models need the settings first

from .decoding import SENT_LIMIT  # noqa: E402
from .door import UNAVAILABLE, Decision, cors  # noqa: E402
from .running import Parts, parts  # noqa: E402
from .wire import JSON, Answer, Request  # noqa: E402

TOO_LARGE = Answer(413, b'{"code":"body_too_large","message":"too many bytes"}', JSON)
HEALTH = "/health"
# A sender that stops in the midst of a body holds a place for so long.
BODY_SECONDS = 30


class Collector:
    """The application."""

    def __init__(self, running: Parts | None = None):
        self._running = running
        self._done: deque = deque()
        self._is_due = False

    async def __call__(self, scope, receive, send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        headers = dict(scope["headers"])
        client = scope.get("client")
        request = Request(
            scope["method"],
            scope["path"],
            scope["query_string"].decode("latin-1"),
            headers,
            b"",
            client[0] if client else "",
        )
        try:
            body = await _body(receive, headers)
        except TimeoutError:
            return
        if body is None:
            await _send(send, TOO_LARGE, cors(request))
            return
        request.body = body
        await _send(send, await self._answer(request), cors(request))

    async def _answer(self, request: Request) -> Answer:
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


async def _body(receive, headers: dict[bytes, bytes]) -> bytes | None:
    """The body; None when it is too large. Raises TimeoutError."""
    length = headers.get(b"content-length", b"")
    if length.isdigit() and int(length) > SENT_LIMIT:
        return None
    message = await receive()
    if not message.get("more_body"):
        body = message.get("body", b"")
        return body if len(body) <= SENT_LIMIT else None
    parts_, size = [message.get("body", b"")], len(message.get("body", b""))
    async with asyncio.timeout(BODY_SECONDS):
        while message.get("more_body"):
            message = await receive()
            if message["type"] == "http.disconnect":
                raise TimeoutError
            size += len(message.get("body", b""))
            if size > SENT_LIMIT:
                return None
            parts_.append(message.get("body", b""))
    return b"".join(parts_)


async def _send(send, answer: Answer, more: list[tuple[str, str]]) -> None:
    headers = [(b"content-length", str(len(answer.body)).encode())]
    if answer.type:
        headers.append((b"content-type", answer.type.encode()))
    for name, value in (*answer.headers, *more):
        headers.append((name.lower().encode("latin-1"), value.encode("latin-1", "replace")))
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": answer.body})


application = Collector()
