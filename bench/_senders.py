"""What `bench.ingest` sends: the same events in the form of each protocol, and a client that keeps sending.

Holds no measuring. The client is a bare asyncio protocol on the same machine, which misses what it takes.
"""

import asyncio
import base64
import gzip
import json
import time
from urllib.parse import quote, urlencode

KEY = "lkbench"
SITE = "0191a1b2-0000-7000-8000-000000000001"
PROPS = {"page": "/goods/12345", "price": 1999, "currency": "CNY", "channel": "weixin", "position": 3}

NAME, MS = "Goods Viewed", int(time.time() * 1000)
ISO = time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime(MS / 1000))
HIT = urlencode({"idsite": "7", "rec": "1", "url": "https://example.com/a", "e_c": "shop", "e_a": NAME})
UMAMI = {"website": SITE, "hostname": "example.com", "url": "/goods/12345", "name": NAME, "data": PROPS}


def _b64(value) -> str:
    return base64.b64encode(json.dumps(value).encode()).decode()


def _gz64(value) -> str:
    return base64.b64encode(gzip.compress(json.dumps(value).encode(), 6)).decode()


def requests(number: int) -> dict[str, tuple[str, str, bytes, dict]]:
    """By protocol: method, target, body and headers of one request with `number` events."""
    forms = {**_json_forms(number), **_form_forms(number)}
    if number == 1:
        forms |= _single_forms()
    agent = {"user-agent": "Mozilla/5.0 (X11; Linux x86_64) Chrome/139", "host": "localhost", "accept": "*/*"}
    encode = json.JSONEncoder(separators=(",", ":")).encode
    ready = {}
    for name, (target, body) in forms.items():
        raw = body if isinstance(body, bytes) else encode(body).encode()
        ready[name] = ("POST" if raw else "GET", target, raw, agent)
    return ready


def _json_forms(number: int) -> dict[str, tuple]:
    """Those that send JSON: (target, body)."""
    ids = range(number)
    own = [{"i": f"message-{n:032}", "n": NAME, "t": MS, "p": PROPS} for n in ids]
    library = {"library": {"name": "analytics-python", "version": "2.4.0"}}
    track = [
        {"type": "track", "event": NAME, "userId": f"user-{n}", "messageId": f"message-{n:032}"}
        | {"timestamp": ISO, "properties": PROPS, "context": library}
        for n in ids
    ]
    of_python = {**PROPS, "$lib": "posthog-python", "$lib_version": "7.91.1"}
    capture = [
        {"event": NAME, "distinct_id": f"user-{n}", "uuid": f"message-{n:032}", "timestamp": ISO}
        | {"properties": of_python}
        for n in ids
    ]
    amplitude = [
        {"event_type": NAME, "user_id": f"user-{n}", "time": MS, "insert_id": f"message-{n:032}"}
        | {"event_properties": PROPS}
        for n in ids
    ]
    google = {"client_id": "c.1", "timestamp_micros": MS * 1000}
    google["events"] = [{"name": "goods_viewed", "params": PROPS} for _ in range(min(number, 25))]
    hog = {"api_key": KEY, "batch": capture, "sent_at": ISO}
    return {
        "ours": ("/l/e", {"s": MS, "k": KEY, "u": "user-1", "v": "visit", "e": own}),
        "segment": ("/v1/batch", {"batch": track, "sentAt": ISO, "writeKey": KEY}),
        "posthog": ("/batch/", hog),
        "posthog gzip": ("/e/", gzip.compress(json.dumps(hog).encode())),
        "matomo": ("/matomo.php", {"requests": [f"?{HIT}&uid=user-{n}" for n in ids]}),
        "amplitude": ("/2/httpapi", {"api_key": KEY, "events": amplitude}),
        "umami": ("/api/batch", [{"type": "event", "payload": UMAMI}] * number),
        "ga4 (25 at most)": (f"/mp/collect?api_secret={KEY}", google),
    }


def _form_forms(number: int) -> dict[str, tuple]:
    """Those that send JSON in a form."""
    ids = range(number)
    mixed = [
        {"event": NAME, "properties": {"token": KEY, "distinct_id": f"user-{n}", "time": MS, **PROPS}}
        for n in ids
    ]
    countly = json.dumps([{"key": NAME, "count": 1, "timestamp": MS, "segmentation": PROPS} for _ in ids])
    records = _gz64([_record(n) for n in ids])
    return {
        "sensors": (f"/sa?token={KEY}", f"data_list={quote(records, safe='')}&gzip=1".encode()),
        "mixpanel": ("/track", urlencode({"data": json.dumps(mixed), "verbose": "1"}).encode()),
        "countly": ("/i", urlencode({"app_key": KEY, "device_id": "d", "events": countly}).encode()),
    }


def _single_forms() -> dict[str, tuple]:
    """What is sent otherwise when it is one event."""
    return {
        "umami": ("/api/send", {"type": "event", "payload": UMAMI}),
        "matomo": (f"/matomo.php?{HIT}&uid=user-1&send_image=0", b""),
        "sensors": (f"/sa.gif?token={KEY}&data={quote(_b64(_record(1)))}", b""),
        "plausible": ("/api/event", {"n": NAME, "u": "https://a/b", "d": "example.com", "p": PROPS}),
    }


def _record(n: int) -> dict:
    of_python = {"$lib": "python", "$lib_version": "1.11.0"}
    record = {"type": "track", "event": "GoodsViewed", "distinct_id": f"user-{n}", "time": MS, "_track_id": n}
    return record | {"properties": PROPS, "lib": of_python}


class _Sender(asyncio.Protocol):
    """One connection: sends the next request when the last one was answered."""

    def __init__(self, raw: bytes, done: dict, end: float):
        self.raw, self.done, self.end = raw, done, end

    def connection_made(self, transport) -> None:
        self.transport = transport
        transport.write(self.raw)

    def data_received(self, data: bytes) -> None:
        answers = data.count(b"HTTP/1.1 ")
        if not answers:
            return
        self.done["ok"] += data.count(b"HTTP/1.1 20")
        self.done["all"] += answers
        if time.perf_counter() < self.end:
            self.transport.write(self.raw)
        else:
            self.transport.close()


def send(port: int, request: tuple, seconds: float, connections: int) -> tuple[int, int]:
    """How many answers came and how many of them were 2xx."""
    method, target, body, headers = request
    head = f"{method} {target} HTTP/1.1\r\n" + "".join(f"{k}: {v}\r\n" for k, v in headers.items())
    raw = f"{head}content-length: {len(body)}\r\n\r\n".encode() + body
    done = {"ok": 0, "all": 0}

    async def run() -> None:
        loop, end = asyncio.get_running_loop(), time.perf_counter() + seconds
        for _ in range(connections):
            await loop.create_connection(lambda: _Sender(raw, done, end), "127.0.0.1", port)
        await asyncio.sleep(seconds + 0.3)

    asyncio.run(run())
    return done["all"], done["ok"]
