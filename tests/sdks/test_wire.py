"""The running collector by the bytes of HTTP: odd headers, chunks, large bodies, broken requests."""

import contextlib
import gzip
import json
import socket

import httpx
import pytest

from .collecting import KEY, Running, running

pytestmark = [pytest.mark.one_database, pytest.mark.slow, pytest.mark.xdist_group("sdks")]
EVENT = {"k": KEY, "e": [{"n": "x", "t": 1.8e12}]}


@pytest.fixture(scope="module")
def collector(tmp_path_factory):
    """One collector for all of them."""
    with running(tmp_path_factory.mktemp("wire")) as found:
        yield found


def raw(collector: Running, request: bytes) -> bytes:
    """What comes back for bytes as they are."""
    port = int(collector.bare.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(request)
        return connection.recv(10_000)


def test_a_body_in_chunks_is_taken_and_too_many_of_them_are_not(collector: Running):
    body = json.dumps(EVENT).encode()
    assert httpx.post(f"{collector.bare}/l/e", content=iter([body[:9], body[9:]])).status_code == 204
    large = (b" " * 2**20 for _ in range(12))
    # The answer may come while the sender is still writing, which it takes for a broken connection.
    with contextlib.suppress(httpx.HTTPError):
        assert httpx.post(f"{collector.bare}/l/e", content=large).status_code == 413
    assert httpx.post(f"{collector.bare}/l/e", content=b" " * (9 * 2**20)).status_code == 413
    assert httpx.get(f"{collector.bare}/health").status_code == 200


def test_a_bomb_costs_it_nothing(collector: Running):
    bomb = gzip.compress(b" " * (500 * 2**20))
    assert httpx.post(f"{collector.bare}/l/e", content=bomb, timeout=30).status_code == 413


def test_headers_that_are_no_text_are_no_fault_of_ours(collector: Running):
    head = b"POST /l/e HTTP/1.1\r\nHost: a\r\nUser-Agent: \xff\xfe\xe4\r\nOrigin: https://a.example\r\n"
    body = json.dumps(EVENT).encode()
    said = raw(collector, head + f"Content-Length: {len(body)}\r\n\r\n".encode() + body)
    assert said.startswith(b"HTTP/1.1 204")
    assert b"access-control-allow-origin: https://a.example" in said.lower()


def test_what_is_no_http_is_refused(collector: Running):
    assert b" 400 " in raw(collector, b"\x16\x03\x01 nothing\r\n\r\n")[:40]
    assert httpx.get(f"{collector.bare}/health").status_code == 200
