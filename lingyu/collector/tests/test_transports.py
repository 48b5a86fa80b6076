"""Both ways in, the bare application and in front of the site: what they wait for, and what they refuse."""

import asyncio
import io
import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from lingyu.collector import site
from lingyu.collector.asgi import Collector
from lingyu.collector.decoding import SENT_LIMIT
from lingyu.collector.doctor import Doctor
from lingyu.collector.running import Parts
from lingyu.store.inbox import Inbox, Unavailable, Writer, files

from .sending import KEY, PREFIX, a_door

BODY = json.dumps({"type": "track", "event": "x", "userId": "u", "messageId": "m", "writeKey": KEY}).encode()
PATH = f"/in/{PREFIX}/v1/track"


@pytest.fixture
def parts(tmp_path):
    """A running collector's parts."""
    writer = Writer(Inbox(tmp_path / "inbox")).start()
    yield Parts(a_door(), writer, Doctor(tmp_path / "doctor.sqlite3"))
    writer.stop()


def ask(
    parts: Parts,
    chunks: list[bytes],
    method: str = "POST",
    path: str = PATH,
    ends: bool = True,
    **headers: str,
):
    """(status, headers, body) of a request that arrives in chunks; None when it was broken off."""
    sent: list[dict] = []
    waiting = [
        {"type": "http.request", "body": c, "more_body": not ends or n < len(chunks) - 1}
        for n, c in enumerate(chunks)
    ]
    raw = [(k.replace("_", "-").encode(), v.encode()) for k, v in headers.items()]

    async def receive():
        return waiting.pop(0) if waiting else {"type": "http.disconnect"}

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "method": method, "path": path, "query_string": b"", "headers": raw}
    asked = Collector(parts)({**scope, "client": ("203.0.113.7", 1)}, receive, send)
    # In a thread: a browser's journeys leave an event loop running in that of the tests.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, asked).result()
    if not sent:
        return None
    return sent[0]["status"], {k.decode(): v.decode() for k, v in sent[0]["headers"]}, sent[1]["body"]


def kept(parts: Parts) -> int:
    """How many requests are on disk."""
    return sum(1 for _ in parts.writer.inbox.read())


def test_the_answer_comes_after_the_commit(parts, monkeypatch):
    order, add = [], files.add
    monkeypatch.setattr(files, "add", lambda db, rows: (add(db, rows), order.append("on disk"))[0])
    status, _headers, body = ask(parts, [BODY])
    assert (status, json.loads(body)) == (200, {"success": True})
    assert order == ["on disk"]
    assert kept(parts) == 1


def test_a_body_may_come_in_pieces(parts):
    assert ask(parts, [BODY[:10], BODY[10:30], BODY[30:]])[0] == 200
    assert kept(parts) == 1


def test_a_sender_that_breaks_off_gets_no_answer_and_leaves_nothing(parts):
    assert ask(parts, [BODY[:10]], ends=False) is None
    assert kept(parts) == 0


def test_too_large_a_body_is_refused_by_what_it_says_and_by_what_it_is(parts):
    assert ask(parts, [b""], content_length=str(SENT_LIMIT + 1))[0] == 413
    assert ask(parts, [b"x" * (SENT_LIMIT // 2)] * 3)[0] == 413
    assert ask(parts, [b"x" * (SENT_LIMIT + 1)])[0] == 413


def test_what_cannot_be_written_is_not_acknowledged(parts, monkeypatch):
    def full(db, rows):
        raise OSError("no space")

    monkeypatch.setattr(files, "add", full)
    status, headers, _body = ask(parts, [BODY], origin="https://a.example")
    assert (status, headers["retry-after"]) == (503, "5")
    assert headers["access-control-allow-origin"] == "https://a.example"
    monkeypatch.undo()
    assert ask(parts, [BODY])[0] == 200


def test_it_says_that_it_lives(parts):
    assert ask(parts, [b""], "GET", "/health")[2] == b'{"status":"ok"}'


def on_the_site(parts: Parts, monkeypatch, path: str, body: bytes = BODY, **more):
    """(status, headers, body) of a request to the site's own port."""
    monkeypatch.setattr(site, "parts", lambda: parts)
    begun: list = []

    def pages(wsgi, start_response):
        start_response("200 OK", [])
        return [b"a page"]

    wsgi = {"REQUEST_METHOD": "POST", "PATH_INFO": path, "CONTENT_LENGTH": str(len(body)), **more}
    answer = site.collecting(pages)(
        {**wsgi, "wsgi.input": io.BytesIO(body)}, lambda *said: begun.append(said)
    )
    return begun[0][0], dict(begun[0][1]), b"".join(answer)


def test_on_the_site_only_a_sources_prefix_leads_to_the_collector(parts, monkeypatch):
    status, headers, body = on_the_site(parts, monkeypatch, PATH, HTTP_ORIGIN="https://a.example")
    assert (status, json.loads(body)) == ("200 OK", {"success": True})
    assert headers["Access-Control-Allow-Origin"] == "https://a.example"
    assert kept(parts) == 1
    for path in ("/", "/v1/track", "/e/", "/incoming", "/desk/sources/"):
        assert on_the_site(parts, monkeypatch, path)[2] == b"a page"
    assert kept(parts) == 1


def test_on_the_site_a_full_disk_and_a_large_body_are_told_too(parts, monkeypatch):
    assert on_the_site(parts, monkeypatch, PATH, b"", CONTENT_LENGTH=str(SENT_LIMIT + 1))[0].startswith("413")

    assert (
        on_the_site(parts, monkeypatch, PATH, CONTENT_LENGTH="", HTTP_TRANSFER_ENCODING="chunked")[0]
        == "200 OK"
    )
    large = b" " * (SENT_LIMIT + 1)
    chunked = {"CONTENT_LENGTH": "", "HTTP_TRANSFER_ENCODING": "chunked"}
    assert on_the_site(parts, monkeypatch, PATH, large, **chunked)[0].startswith("413")

    def refuse(row):
        raise Unavailable("full")

    monkeypatch.setattr(parts.writer, "put_and_wait", refuse)
    status, headers, _body = on_the_site(parts, monkeypatch, PATH)
    assert (status, headers["Retry-After"]) == ("503 Service Unavailable", "5")
