"""PostHog's capture API, old and new, as its SDKs speak it: taking requests and answering them.

Batches and single events at `/batch`, `/e`, `/i/v0/e`, `/capture` and their elders; capture v1 at
`/i/v1/analytics/events`, which wants a result for each event; flags, none of which are on; the
configuration that posthog-js starts with; recordings, which are dropped. Reading is in `posthog_reading`.
"""

import re
from typing import Any

import msgspec

from lingyu.kernel.facts import Remark

from ..decoding import GZIP, from_json, inflate, is_base64, unbase64, unlz
from ..making import sampled
from ..wire import SCRIPT, TEXT, Answer, Refused, Request, Taken, parameters, told

CODE = "posthog"
MANY_EVENTS = 5_000
V1 = "/i/v1/analytics/events"
FLAGS = ("/flags", "/decide")
_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,200}")
_OK = told({"status": 1})
_NO_FLAGS = {
    "flags": {},
    "featureFlags": {},
    "featureFlagPayloads": {},
    "errorsWhileComputingFlags": False,
    "quotaLimited": [],
    "supportedCompression": ["gzip", "gzip-js", "base64"],
}
_CONFIG = {
    "supportedCompression": ["gzip", "gzip-js", "base64"],
    "hasFeatureFlags": False,
    "captureDeadClicks": False,
    "capturePerformance": False,
    "autocapture_opt_out": False,
    "autocaptureExceptions": False,
    "analytics": {"endpoint": "/i/v0/e/"},
    "elementsChainAsString": True,
    "sessionRecording": False,
    "surveys": False,
    "heatmaps": False,
    "defaultIdentifiedOnly": True,
    "siteApps": [],
}


class _Event(msgspec.Struct):
    event: str
    distinct_id: str | int | float = ""


class _Batch(msgspec.Struct):
    batch: list[_Event]
    api_key: str = ""
    token: str = ""


class _NewEvent(msgspec.Struct):
    event: str
    uuid: str
    distinct_id: str
    timestamp: str


class _NewBatch(msgspec.Struct):
    batch: list[_NewEvent]


_batch, _new_batch = msgspec.json.Decoder(_Batch), msgspec.json.Decoder(_NewBatch)


def take(request: Request, path: str) -> Taken:
    """Events, flags, configuration or a recording, by the path."""
    if path.startswith("/array/"):
        return _configure(path)
    if path == "/s":
        return Taken(_OK)
    if path in FLAGS:
        return Taken(told(_NO_FLAGS))
    if request.method not in ("POST", "GET"):
        raise Refused(405, "method_wrong", "", request.method)
    if path == V1:
        return _take_new(request)
    data = unwrap(request.body, request.query, request.header(b"content-encoding"))
    try:
        found = _batch.decode(data)
        if all(e.distinct_id != "" for e in found.batch) and (key := found.api_key or found.token):
            _check(len(found.batch), key)
            return Taken(_OK, len(found.batch), key, True)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        pass
    return _look(data)


def _look(data: bytes) -> Taken:
    """The same for older forms, and for what is not as it should be."""
    value = from_json(again(data))[0]
    events = listed(value)
    keys = {key for e in events if (key := key_of(value, e))}
    if len(keys) > 1:
        raise Refused(401, "keys_differ", "token", ", ".join(sorted(keys))[:100])
    key = keys.pop() if keys else ""
    if not key:
        raise Refused(401, "key_missing", "api_key")
    _check(len(events), key)
    remarks = [
        Remark("refused", fault, f"batch[{n}]", "", sampled(e))
        for n, e in enumerate(events)
        if (fault := fault_of(e))
    ]
    return Taken(_OK, len(events) - len(remarks), key, True, tuple(remarks[:20]))


def _check(number: int, key: str) -> None:
    if number > MANY_EVENTS:
        raise Refused(413, "too_many_events", "batch", f"{number} > {MANY_EVENTS}")
    if key.startswith("phx_"):
        raise Refused(401, "key_personal", "api_key")


def unwrap(body: bytes, query: str, encoding: str) -> bytes:
    """The JSON within a request: of `data` in query or form, of base64, LZString or compressed bytes."""
    asked = parameters(query)
    raw, compression = body, asked.get("compression", "")
    if "data" in asked:
        raw = asked["data"].encode("utf-8", "replace")
    elif (body[:1] not in b"{[\x1f\x28" and body[:5] == b"data=") or b"&data=" in body[:200]:
        form = parameters(body)
        raw = form.get("data", "").encode("utf-8", "replace")
        compression = form.get("compression") or compression
    if compression == "lz64" and raw[:3] != GZIP:
        return unlz(raw.decode("ascii", "replace"))
    if raw[:1] not in b"{[" and raw[:3] != GZIP and is_base64(raw.replace(b" ", b"+")):
        raw = unbase64(raw)
    return inflate(raw, encoding)


def again(data: bytes) -> bytes:
    """Old SDKs wrapped once more in base64 what they had compressed."""
    return inflate(unbase64(data)) if data[:1] not in b"{[" and is_base64(data) else data


def listed(value: Any) -> list:
    """The events of a body: a batch, a list, or one. Raises Refused."""
    if isinstance(value, dict) and "batch" in value:
        value = value["batch"]
        if not isinstance(value, list):
            raise Refused(400, "list_expected", "batch")
    if isinstance(value, dict):
        return [value]
    if not isinstance(value, list):
        raise Refused(400, "object_expected")
    return value


def key_of(value: Any, event: Any) -> str:
    """The project's key: of the batch, or else of the event."""
    properties = event.get("properties") if isinstance(event, dict) else None
    places = [
        *((value.get(n) for n in ("api_key", "token")) if isinstance(value, dict) else ()),
        *((event.get(n) for n in ("token", "api_key", "$token")) if isinstance(event, dict) else ()),
        properties.get("token") if isinstance(properties, dict) else None,
    ]
    return next((p for p in places if isinstance(p, str) and p), "")


def fault_of(event: Any) -> str:
    """The code of why an event can't be taken, or nothing."""
    if not isinstance(event, dict):
        return "object_expected"
    if not isinstance(event.get("event"), str) or not event["event"]:
        return "name_missing"
    return "" if distinct_of(event) not in (None, "") else "person_missing"


def distinct_of(event: dict) -> Any:
    """The distinct id, from the first of the places where SDKs put it."""
    properties = event.get("properties")
    inner = properties.get("distinct_id") if isinstance(properties, dict) else None
    return next(
        (v for v in (event.get("distinct_id"), event.get("$distinct_id"), inner) if v not in (None, "")), None
    )


def _take_new(request: Request) -> Taken:
    """Capture v1: a result for each event that is not simply well."""
    scheme, _, key = request.header(b"authorization").partition(" ")
    if scheme.lower() != "bearer" or not key.strip():
        raise Refused(401, "key_missing", "Authorization")
    data = inflate(request.body, request.header(b"content-encoding"))
    try:
        number = len(_new_batch.decode(data).batch)
        _check(number, key)
        return Taken(told({"results": {}}), number, key.strip(), True)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        pass
    events = listed(from_json(data)[0])
    _check(len(events), key)
    results, remarks = {}, []
    for number, event in enumerate(events):
        if fault := new_fault_of(event):
            remarks.append(Remark("refused", fault, f"batch[{number}]", "", sampled(event)))
            if isinstance(event, dict) and isinstance(event.get("uuid"), str):
                results[event["uuid"]] = {"result": "drop", "details": fault}
    answer = told({"results": results})
    return Taken(answer, len(events) - len(remarks), key.strip(), True, tuple(remarks[:20]))


def new_fault_of(event: Any) -> str:
    """The same for capture v1, which wants an id and a time as well."""
    if fault := fault_of(event):
        return fault
    if not isinstance(event.get("uuid"), str):
        return "message_id_missing"
    return "" if isinstance(event.get("timestamp"), str) else "time_missing"


def _configure(path: str) -> Taken:
    """What posthog-js asks for at its start, as JSON or as a script."""
    parts = path.split("/")
    if (
        len(parts) != 4
        or not _TOKEN.fullmatch(parts[2])
        or parts[3] not in ("config", "config.js", "array.js")
    ):
        raise Refused(404, "path_unknown", "", path)
    token, config = parts[2], {"token": parts[2], **_CONFIG}
    if parts[3] == "config":
        return Taken(told(config), key=token)
    text = msgspec.json.encode({"config": config, "siteApps": []}).decode()
    name = "window._POSTHOG_REMOTE_CONFIG"
    script = f'(function(){{{name}={name}||{{}};{name}["{token}"]={text};}})();'
    return Taken(Answer(200, script.encode(), SCRIPT), key=token)


def refusal(refused: Refused) -> Answer:
    """A status that the SDKs act upon, and words for whoever reads them."""
    return Answer(refused.status, str(refused).encode(), TEXT)
