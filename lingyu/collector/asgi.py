"""The collector as a bare ASGI application, for servers that speak ASGI.

Holds the transport: reading a body within bounds, writing the answer. `lingyu collect` uses `rsgi`, which
costs a third less. Decides nothing itself (`door`).
"""

import asyncio

import django

# Which settings, the command says that starts the server.
django.setup()

from .answering import BODY_SECONDS, TOO_LARGE, Answering  # noqa: E402 - models need the settings first
from .decoding import SENT_LIMIT  # noqa: E402
from .door import cors  # noqa: E402
from .running import Parts  # noqa: E402
from .wire import Answer, Request  # noqa: E402


class Collector:
    """The application."""

    def __init__(self, running: Parts | None = None):
        self.answering = Answering(running)

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
        await _send(send, await self.answering.answer(request), cors(request))


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
