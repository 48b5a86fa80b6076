"""The door: from a request to a decision, without waiting for anything.

Holds the order of the questions: who may ask from another origin, which protocol, which source, whether it is
on, from where, how often; then the row to keep and the answer to give once it is kept. The transports
(`rsgi`, `asgi`, `site`) do the waiting. Whatever happens inside an adapter, the answer is not a 5xx of ours.
"""

import hashlib
import ipaddress
import logging
import time
from functools import lru_cache
from typing import NamedTuple

from lingyu.kernel.facts import Remark
from lingyu.store.inbox import Row
from lingyu.store.inbox.files import encode_headers

from .book import Book, Entry, TooMany
from .making import sampled
from .routing import Route, route
from .wire import TEXT, Answer, Refused, Request, Taken, told

# Headers that protocols read from; credentials are not among them.
KEPT = (
    b"content-encoding",
    b"accept-language",
    b"referer",
    b"posthog-request-timestamp",
    b"posthog-sdk-info",
    b"x-umami-cache",
)
UNAVAILABLE = told({"code": "unavailable", "message": "try again"}, 503, Retry_After="5")
_PREFLIGHT = "GET, POST, OPTIONS"
_log = logging.getLogger(__name__)


class Decision(NamedTuple):
    """What to answer, once `row` is on disk if there is one; and what to tell the doctor, of which source."""

    answer: Answer
    row: Row | None = None
    source: str = ""
    protocol: str = ""
    remarks: tuple[Remark, ...] = ()


class Door:
    """Decides on requests; `secret` keys the digest by which a sender is known for a day."""

    def __init__(self, book: Book, secret: bytes):
        self.book, self.secret = book, secret

    def decide(self, request: Request, now: float | None = None) -> Decision:
        """The decision on one request that arrived at `now` (seconds since 1970)."""
        if request.method == "OPTIONS":
            return Decision(Answer(204))
        if request.method == "HEAD":
            return Decision(Answer(200))
        found = None
        request.now = time.time() if now is None else now
        request.visitor = self._visitor(request)
        try:
            found = route(request)
            return self._let_in(request, found)
        except Refused as refused:
            return self._refuse(request, found, refused)
        except Exception:
            _log.exception("collector: %s %s", request.method, request.path[:200])
            return self._refuse(request, found, Refused(400, "not_understood"))

    def _let_in(self, request: Request, found: Route) -> Decision:
        taken: Taken = found.adapter.take(request, found.path)
        entry = self.book.find(found.prefix, taken.key, taken.binding) if taken.count or taken.key else None
        code = found.adapter.CODE
        source = entry.id if entry else ""
        if entry:
            _check(entry, code, request.header(b"origin"))
        if not taken.count:
            return Decision(taken.answer, None, source, code, taken.remarks)
        self.book.allow(entry, taken.count)
        row = self._row(request, found, source, taken.count)
        return Decision(taken.answer, row, source, code, taken.remarks)

    def _row(self, request: Request, found: Route, source: str, count: int) -> Row:
        kept = {n.decode(): request.header(n)[:1_000] for n in KEPT if n in request.headers}
        return Row(
            source=source,
            protocol=found.adapter.CODE,
            received_at=int(request.now * 1_000_000),
            address=shortened(sender(request)),
            agent=request.header(b"user-agent")[:500],
            visitor=request.visitor,
            count=count,
            method=request.method,
            target=f"{found.path}?{request.query}" if request.query else found.path,
            headers=encode_headers(kept),
            body=request.body,
        )

    def _visitor(self, request: Request) -> str:
        day = int(request.now // 86_400)
        text = f"{day}\n{sender(request)}\n{request.header(b'user-agent')}".encode("utf-8", "replace")
        return hashlib.blake2b(text, digest_size=12, key=self.secret).hexdigest()

    def _refuse(self, request: Request, found: Route | None, refused: Refused) -> Decision:
        source, code = "", ""
        if found:
            code = found.adapter.CODE
            source = self.book.known(found.prefix)
            answer = found.adapter.refusal(refused)
        else:
            answer = Answer(refused.status, str(refused).encode(), TEXT)
        if refused.status in (429, 503):
            wait = refused.wait if isinstance(refused, TooMany) else 5
            answer = Answer(
                answer.status, answer.body, answer.type, (*answer.headers, ("Retry-After", str(wait)))
            )
        sample = sampled(request.body or f"{request.path}?{request.query}")
        return Decision(answer, None, source, code, (refused.remark(sample),))


def _check(entry: Entry, protocol: str, origin: str) -> None:
    """Whether a source takes this now. Raises Refused."""
    if not entry.is_on:
        raise Refused(403, "source_off")
    if entry.protocols and protocol not in entry.protocols:
        raise Refused(403, "protocol_not_allowed", "", protocol)
    if entry.origins and origin and origin.lower() not in entry.origins:
        raise Refused(403, "origin_not_allowed", "Origin", origin[:100])


def cors(request: Request) -> list[tuple[str, str]]:
    """The headers by which a browser lets a page of another origin send, and read the answer.

    Origin and asked headers are given back as they are: old SDKs and proxies ask for odd ones. Nothing here
    is decided by a cookie, so there is nothing that another page could misuse.
    """
    origin = request.header(b"origin")
    if not origin:
        return []
    headers = [
        ("Access-Control-Allow-Origin", origin),
        ("Access-Control-Allow-Credentials", "true"),
        ("Vary", "Origin"),
    ]
    if request.method == "OPTIONS":
        headers += [("Access-Control-Allow-Methods", _PREFLIGHT), ("Access-Control-Max-Age", "86400")]
        if asked := request.header(b"access-control-request-headers"):
            headers.append(("Access-Control-Allow-Headers", asked))
        if request.header(b"access-control-request-private-network"):
            headers.append(("Access-Control-Allow-Private-Network", "true"))
    return headers


def sender(request: Request) -> str:
    """The sender's address: the first that a proxy or a server-side SDK forwards, else the connection's."""
    forwarded = request.header(b"x-forwarded-for")
    return (forwarded.partition(",")[0].strip()[:64] if forwarded else "") or request.address


@lru_cache(maxsize=4_096)
def shortened(address: str) -> str:
    """The network of an address, as it is kept: /24 of IPv4, /48 of IPv6; nothing for what is none."""
    try:
        number = ipaddress.ip_address(address)
    except ValueError:
        return ""
    width = 24 if number.version == 4 else 48
    return str(ipaddress.ip_network(f"{number}/{width}", strict=False).network_address)
