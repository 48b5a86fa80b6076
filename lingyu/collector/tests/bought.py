"""The same purchase in the form of every protocol and SDK: data of the tests.

The bodies are made here, in the forms that were seen on the wire from the real SDKs.
"""

import gzip
import json
import zlib
from datetime import timedelta
from urllib.parse import quote, urlencode

from lingyu.collector.protocols.sensors import java_hash

from .sending import KEY, NOW, PREFIX, SITE, b64, basic, form, gz64

ISO = "2026-05-07T07:59:58.250Z"
MS = int(NOW.timestamp() * 1000) - 1750
THEN = NOW - timedelta(milliseconds=1750)
SECOND = int(NOW.timestamp()) - 2
TRACK = {"type": "track", "event": "Bought", "userId": "u1", "messageId": "m1", "timestamp": ISO}
TRACK |= {"properties": {"price": 3, "name": "茶"}}
CAPTURE = {"event": "Bought", "distinct_id": "u1", "uuid": "m1", "timestamp": ISO}
CAPTURE |= {"properties": {"price": 3, "name": "茶"}}
RECORD = {"type": "track", "event": "Bought", "distinct_id": "u1", "time": MS, "_track_id": 5}
RECORD |= {"properties": {"price": 3, "name": "茶"}}
PROPS = {"price": 3, "name": "茶"}
MIX = {
    "event": "Bought",
    "properties": {"token": KEY, "distinct_id": "u1", "time": MS, "$insert_id": "m1", **PROPS},
}
HIT = (
    f"idsite=7&rec=1&url=https%3A%2F%2Fexample.com%2Fa&e_c=shop&e_a=Bought&e_v=3&uid=u1&rand=0.5&cdt={SECOND}"
)
GA = {
    "client_id": "c.1",
    "user_id": "u1",
    "timestamp_micros": MS * 1000,
    "events": [{"name": "Bought", "params": PROPS}],
}
AMP = {"api_key": KEY, "events": [{"event_type": "Bought", "user_id": "u1", "time": MS, "insert_id": "m1"}]}
AMP["events"][0]["event_properties"] = PROPS
COUNTLY = {"key": "Bought", "count": 1, "timestamp": MS, "segmentation": PROPS}
UMAMI = {
    "type": "event",
    "payload": {"website": SITE, "hostname": "example.com", "url": "/a", "name": "Bought"},
}
UMAMI["payload"] |= {"data": PROPS, "id": "u1", "timestamp": SECOND}
OWN = {
    "s": MS + 1750,
    "k": KEY,
    "u": "u1",
    "v": "visit",
    "e": [{"i": "m1", "n": "Bought", "t": MS, "p": PROPS}],
}
SEG = {"batch": [TRACK], "sentAt": NOW.isoformat(), "writeKey": KEY}
HOG = {"api_key": KEY, "batch": [CAPTURE], "sent_at": NOW.isoformat()}
NEW = {"created_at": ISO, "batch": [{**CAPTURE, "options": {}, "session_id": "s1"}]}


def zipped(value) -> bytes:
    """JSON, compressed."""
    return gzip.compress(json.dumps(value).encode())


BOUGHT = {
    "segment python": ("POST", "/v1/batch", SEG, {}),
    "segment python gzip": ("POST", "/v1/batch", zipped(SEG), {"content_encoding": "gzip"}),
    "rudder, key in the header only": (
        "POST",
        "/v1/batch",
        {"batch": [TRACK]},
        {"authorization": basic(KEY)},
    ),
    "segment browser": ("POST", "/v1/t", {**TRACK, "writeKey": KEY}, {"content_type": "text/plain"}),
    "segment single": ("POST", "/v1/track", TRACK, {"authorization": f"Bearer {KEY}"}),
    "jitsu": ("POST", "/api/s/track", TRACK, {"x_write_key": f"{KEY}:secret"}),
    "posthog python": ("POST", "/batch/", HOG, {}),
    "posthog js: gzip that no header tells": (
        "POST",
        "/e/?ip=1",
        zipped(HOG),
        {"content_type": "text/plain"},
    ),
    "posthog on unload": ("POST", "/e/?compression=base64", form(data=b64(HOG)), {}),
    "posthog query": ("GET", f"/e?data={quote(b64({**CAPTURE, 'api_key': KEY}))}", b"", {}),
    "posthog one event": ("POST", "/i/v0/e", {**CAPTURE, "token": KEY}, {}),
    "posthog list": ("POST", "/capture/", [{**CAPTURE, "properties": {**PROPS, "token": KEY}}], {}),
    "posthog legacy track": ("POST", "/track/", form(data=b64({**CAPTURE, "api_key": KEY})), {}),
    "posthog wrapped twice": ("POST", "/e/", gzip.compress(b64(HOG).encode()), {}),
    "posthog v1": ("POST", "/i/v1/analytics/events", NEW, {"authorization": f"Bearer {KEY}"}),
    "posthog v1 deflate": (
        "POST",
        "/i/v1/analytics/events",
        zlib.compress(json.dumps(NEW).encode()),
        {"authorization": f"Bearer {KEY}", "content_encoding": "deflate"},
    ),
    "sensors form": ("POST", f"/sa?project=default&token={KEY}", form(data=gz64(RECORD), gzip="1"), {}),
    "sensors list": (
        "POST",
        f"/in/{PREFIX}/sa?project=default",
        form(data_list=gz64([RECORD]), gzip="1"),
        {},
    ),
    "sensors picture": (
        "GET",
        f"/in/{PREFIX}/sa.gif?project=default&data={quote(b64(RECORD))}&ext=crc%3D{java_hash(b64(RECORD))}",
        b"",
        {},
    ),
    "sensors beacon": (
        "POST",
        f"/in/{PREFIX}/sa.gif",
        form(data_list=b64([RECORD])),
        {"content_type": "text/plain"},
    ),
    "sensors debug": (
        "POST",
        f"/in/{PREFIX}/debug?project=default",
        form(data_list=gz64([RECORD]), gzip="1"),
        {},
    ),
    "matomo get": ("GET", f"/matomo.php?{HIT}", b"", {}),
    "matomo empty body": ("POST", f"/piwik.php?{HIT}&send_image=0", b"", {}),
    "matomo form": ("POST", "/matomo.php", HIT.encode(), {}),
    "matomo several": ("POST", "/matomo.php", {"requests": [f"?{HIT}"]}, {}),
    "mixpanel python": ("POST", "/track", form(data=json.dumps(MIX), verbose="1", ip="0"), {}),
    "mixpanel base64": ("POST", "/track?verbose=1", form(data=b64([MIX])), {}),
    "mixpanel import": ("POST", "/import?strict=1", [MIX], {"authorization": basic(KEY)}),
    "ga4": ("POST", f"/mp/collect?measurement_id=G-1&api_secret={KEY}", GA, {}),
    "amplitude": ("POST", "/2/httpapi", AMP, {}),
    "countly": (
        "GET",
        f"/i?{urlencode({'app_key': KEY, 'device_id': 'u1', 'events': json.dumps([COUNTLY])})}",
        b"",
        {},
    ),
    "countly several": (
        "POST",
        "/i/bulk",
        form(app_key=KEY, device_id="u1", requests=json.dumps([{"events": [COUNTLY]}])),
        {},
    ),
    "umami": ("POST", "/api/send", UMAMI, {}),
    "umami batch": ("POST", "/api/batch", [UMAMI], {}),
    "ours": ("POST", "/l/e", OWN, {"content_type": "text/plain"}),
    "plausible": (
        "POST",
        "/api/event",
        {"n": "Bought", "u": "https://example.com/a", "d": "example.com", "p": PROPS},
        {},
    ),
}
