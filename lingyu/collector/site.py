"""The collector on the site's own port: before Django's middleware, so that no session or gate is asked.

Holds a WSGI application around the site's. It answers below `/in/<prefix>/` and nowhere else: there the
prefix says which source it is, and no other address of the site is touched. A public machine address
has no member to ask for permission; what it may do is the source's to say. Slower than `asgi`, one
request a thread, and enough for a small site.
"""

from collections.abc import Callable, Iterable
from http.client import responses

from lingyu.store.inbox import Unavailable

from .answering import TOO_LARGE
from .decoding import SENT_LIMIT
from .door import UNAVAILABLE, cors
from .routing import PREFIX
from .running import parts
from .wire import Answer, Request


def collecting(site: Callable) -> Callable:
    """`site`, with the collector in front of it."""

    def application(wsgi: dict, start_response: Callable) -> Iterable[bytes]:
        if not wsgi.get("PATH_INFO", "").startswith(PREFIX):
            return site(wsgi, start_response)
        request = _request(wsgi)
        answer = TOO_LARGE if request.body is None else _answer(request)
        headers = [("Content-Length", str(len(answer.body))), *answer.headers, *cors(request)]
        if answer.type:
            headers.append(("Content-Type", answer.type))
        start_response(f"{answer.status} {responses.get(answer.status, '')}", headers)
        return [answer.body]

    return application


def _request(wsgi: dict) -> Request:
    """The request; its body is None when it is too large."""
    headers = {
        k[5:].replace("_", "-").lower().encode(): v.encode("latin-1", "replace")
        for k, v in wsgi.items()
        if k.startswith("HTTP_")
    }
    # As WSGI has it, a path is bytes in the guise of Latin-1.
    path = wsgi["PATH_INFO"].encode("latin-1", "replace").decode("utf-8", "replace")
    query, address = wsgi.get("QUERY_STRING", ""), wsgi.get("REMOTE_ADDR", "")
    return Request(wsgi["REQUEST_METHOD"], path, query, headers, _body(wsgi), address)


def _body(wsgi: dict) -> bytes | None:
    """The body; None when it is too large, by what its length says or by what comes."""
    length = wsgi.get("CONTENT_LENGTH") or ""
    if length.isdigit():
        size = int(length)
        return None if size > SENT_LIMIT else wsgi["wsgi.input"].read(size) if size else b""
    if "HTTP_TRANSFER_ENCODING" not in wsgi:
        return b""
    # In pieces, without a length: granian's input ends where the request does.
    body = wsgi["wsgi.input"].read(SENT_LIMIT + 1)
    return None if len(body) > SENT_LIMIT else body


def _answer(request: Request) -> Answer:
    door, writer, doctor = parts()
    decision = door.decide(request)
    if decision.remarks:
        doctor.tell(decision.source, decision.protocol, decision.remarks)
    if decision.row is None:
        return decision.answer
    try:
        writer.put_and_wait(decision.row)
    except Unavailable:
        return UNAVAILABLE
    doctor.show(decision.row)
    return decision.answer
