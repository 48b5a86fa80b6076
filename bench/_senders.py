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


def _b64(value) -> str:
    return base64.b64encode(json.dumps(value).encode()).decode()


def _gz64(value) -> str:
    return base64.b64encode(gzip.compress(json.dumps(value).encode(), 6)).decode()


def requests(number: int) -> dict[str, tuple[str, str, bytes, dict]]:
    """By protocol: method, target, body and headers of one request with `number` events; if it has such."""
    now, ids = time.time(), range(number)
    ms, iso = int(now * 1000), time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime(now))
    own = [{"i": f"message-{n:032}", "n": "Goods Viewed", "t": ms, "p": PROPS} for n in ids]
    track = [
        {
            "type": "track",
            "event": "Goods Viewed",
            "userId": f"user-{n}",
            "messageId": f"message-{n:032}",
            "timestamp": iso,
            "properties": PROPS,
            "context": {"library": {"name": "analytics-python", "version": "2.4.0"}},
        }
        for n in ids
    ]
    capture = [
        {"event": "Goods Viewed", "distinct_id": f"user-{n}", "uuid": f"message-{n:032}", "timestamp": iso}
        | {"properties": {**PROPS, "$lib": "posthog-python", "$lib_version": "7.91.1"}}
        for n in ids
    ]
    record = [
        {"type": "track", "event": "GoodsViewed", "distinct_id": f"user-{n}", "time": ms, "_track_id": n}
        | {"properties": PROPS, "lib": {"$lib": "python", "$lib_version": "1.11.0"}}
        for n in ids
    ]
    mixed = [
        {"event": "Goods Viewed"}
        | {
            "properties": {
                "token": KEY,
                "distinct_id": f"user-{n}",
                "time": ms,
                "$insert_id": f"m-{n:032}",
                **PROPS,
            }
        }
        for n in ids
    ]
    amplitude = [
        {"event_type": "Goods Viewed", "user_id": f"user-{n}", "time": ms, "insert_id": f"message-{n:032}"}
        | {"event_properties": PROPS}
        for n in ids
    ]
    umami = {
        "website": SITE,
        "hostname": "example.com",
        "url": "/goods/12345",
        "name": "Goods Viewed",
        "data": PROPS,
    }
    hit = urlencode(
        {"idsite": "7", "rec": "1", "url": "https://example.com/goods", "e_c": "shop", "e_a": "Viewed"}
    )
    countly = [{"key": "Goods Viewed", "count": 1, "timestamp": ms, "segmentation": PROPS} for _ in ids]
    google = {"client_id": "c.1", "timestamp_micros": ms * 1000}
    google["events"] = [{"name": "goods_viewed", "params": PROPS} for _ in range(min(number, 25))]
    several = {
        "ours": ("POST", "/l/e", {"s": ms, "k": KEY, "u": "user-1", "v": "visit", "e": own}, {}),
        "segment": ("POST", "/v1/batch", {"batch": track, "sentAt": iso, "writeKey": KEY}, {}),
        "posthog": ("POST", "/batch/", {"api_key": KEY, "batch": capture, "sent_at": iso}, {}),
        "posthog gzip": (
            "POST",
            "/e/",
            gzip.compress(json.dumps({"api_key": KEY, "batch": capture}).encode()),
            {},
        ),
        "sensors": (
            "POST",
            f"/sa?token={KEY}",
            f"data_list={quote(_gz64(record), safe='')}&gzip=1".encode(),
            {},
        ),
        "matomo": ("POST", "/matomo.php", {"requests": [f"?{hit}&uid=user-{n}" for n in ids]}, {}),
        "mixpanel": ("POST", "/track", urlencode({"data": json.dumps(mixed), "verbose": "1"}).encode(), {}),
        "amplitude": ("POST", "/2/httpapi", {"api_key": KEY, "events": amplitude}, {}),
        "countly": (
            "POST",
            "/i",
            urlencode({"app_key": KEY, "device_id": "d", "events": json.dumps(countly)}).encode(),
            {},
        ),
        "umami": ("POST", "/api/batch", [{"type": "event", "payload": umami}] * number, {}),
        "ga4 (25 at most)": ("POST", f"/mp/collect?api_secret={KEY}", google, {}),
    }
    if number == 1:
        several["umami"] = ("POST", "/api/send", {"type": "event", "payload": umami}, {})
        several["matomo"] = ("GET", f"/matomo.php?{hit}&uid=user-1&send_image=0", b"", {})
        several["sensors"] = ("GET", f"/sa.gif?token={KEY}&data={quote(_b64(record[0]))}", b"", {})
        several["plausible"] = (
            "POST",
            "/api/event",
            {"n": "Viewed", "u": "https://a/b", "d": "example.com", "p": PROPS},
            {},
        )
    agent = {"user-agent": "Mozilla/5.0 (X11; Linux x86_64) Chrome/139", "host": "localhost", "accept": "*/*"}
    encode = json.JSONEncoder(separators=(",", ":")).encode
    return {
        name: (
            method,
            target,
            body if isinstance(body, bytes) else encode(body).encode(),
            {**agent, **headers},
        )
        for name, (method, target, body, headers) in several.items()
    }


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
