"""The collector as a process of its own: a bare application over granian's RSGI, served by `lingyu collect`.

Holds the transport: reading a body within bounds, writing the answer. RSGI, not ASGI: an answer is one call,
which saves a third of what a request costs. Decides nothing itself (`door`).
"""

import asyncio

import django

# Which settings, the command says that starts the server.
django.setup()

from .answering import BODY_SECONDS, TOO_LARGE, Answering  # noqa: E402 - models need the settings first
from .decoding import SENT_LIMIT  # noqa: E402
from .door import cors  # noqa: E402
from .running import Parts  # noqa: E402
from .wire import Request  # noqa: E402


class Collector:
    """The application."""

    def __init__(self, running: Parts | None = None):
        self.answering = Answering(running)

    async def __rsgi__(self, scope, protocol) -> None:
        """Answer one request."""
        if scope.proto != "http":
            return
        headers = {k.encode(): v.encode("latin-1", "replace") for k, v in scope.headers.items()}
        address = scope.client.rpartition(":")[0].strip("[]")
        request = Request(scope.method, scope.path, scope.query_string, headers, b"", address)
        try:
            async with asyncio.timeout(BODY_SECONDS):
                body = await _body(protocol, headers)
        except TimeoutError:
            body = b""
        if body is None:
            answer = TOO_LARGE
        else:
            request.body = body
            answer = await self.answering.answer(request)
        named = [("content-type", answer.type)] if answer.type else []
        named += [(name.lower(), value) for name, value in (*answer.headers, *cors(request))]
        protocol.response_bytes(answer.status, named, answer.body)


async def _body(protocol, headers: dict[bytes, bytes]) -> bytes | None:
    """The body; None when it is too large, by what its length says or by what comes."""
    length = headers.get(b"content-length", b"")
    if length.isdigit():
        return None if int(length) > SENT_LIMIT else await protocol()
    if b"transfer-encoding" not in headers:
        return b""
    parts, size = [], 0
    async for part in protocol:
        size += len(part)
        if size > SENT_LIMIT:
            return None
        parts.append(bytes(part))
    return b"".join(parts)


application = Collector()
