"""A door with one source, and what is needed to send to it: without a server, a database or a disk."""

import base64
import gzip
import json
from datetime import UTC, datetime
from urllib.parse import quote

from lingyu.collector import reading  # noqa: F401 - registers the readers
from lingyu.collector.book import Book, Entry
from lingyu.collector.door import Decision, Door
from lingyu.collector.wire import Request
from lingyu.kernel.facts import Fact, Reading, read

KEY, PREFIX, SITE = "lkkey", "abc123", "0191a1b2-0000-7000-8000-000000000001"
# When all requests of the tests arrive.
NOW = datetime(2026, 5, 7, 8, 0, tzinfo=UTC)
AT = NOW.timestamp()
AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/139 Safari/537.36"


def a_door(**more) -> Door:
    """A door to one source."""
    entry = Entry(SITE, PREFIX, "shop", frozenset([KEY, "7", "example.com", "G-1"]), **more)
    book = Book(lambda: [entry])
    book.refresh()
    return Door(book, b"secret")


def request(method: str, target: str, body=b"", **headers: str) -> Request:
    """A request as a transport makes it; what is no bytes becomes JSON."""
    path, _, query = target.partition("?")
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    named = {"user_agent": AGENT, **headers}
    lower = {k.replace("_", "-").encode(): v.encode() for k, v in named.items()}
    return Request(method, path, query, lower, raw, "203.0.113.7")


def decide(
    method: str, target: str, body=b"", door: Door | None = None, at: float = AT, **headers
) -> Decision:
    """What the door decides."""
    return (door or a_door()).decide(request(method, target, body, **headers), at)


def say(decision: Decision) -> Reading:
    """What a decision's row says, once it is read."""
    assert decision.row is not None, decision.remarks
    return read(decision.row)


def facts(method: str, target: str, body=b"", **more) -> list[Fact]:
    """The facts of a request that is taken."""
    found = say(decide(method, target, body, **more))
    assert [r for r in found.remarks if r.kind == "refused"] == []
    return found.facts


def b64(value) -> str:
    """JSON in base64."""
    return base64.b64encode(json.dumps(value).encode()).decode()


def gz64(value) -> str:
    """JSON, compressed, in base64."""
    return base64.b64encode(gzip.compress(json.dumps(value).encode())).decode()


def form(**fields: str) -> bytes:
    """A form's body."""
    return "&".join(f"{name}={quote(value, safe='')}" for name, value in fields.items()).encode()


def basic(user: str, password: str = "") -> str:
    """A header of Basic auth."""
    return f"Basic {base64.b64encode(f'{user}:{password}'.encode()).decode()}"
