"""Countly's API: `/i` (query or form, many things in one request) and `/i/bulk` (a list of such requests).

`app_key` names the source, `device_id` the person. SDKs send again until they read `{"result": "Success"}`.
One request gives a fact for each event, for the beginning and end of a session, for what is said about the
person, and for a device's new name. `/o/sdk`, the remote configuration, is answered with nothing.
"""

from typing import Any

from lingyu.kernel.facts import Link, Reading, Remark, reader

from ..decoding import from_json, inflate
from ..looking import MANY_REMARKS, check_number
from ..making import NAME_LIMIT, Making, sampled
from ..wire import Answer, Refused, Request, Taken, parameters, told

CODE = "countly"
_OK = told({"result": "Success"})
_VIEW = "[CLY]_view"


def take(request: Request, path: str) -> Taken:
    """One request, or a list of them."""
    if request.method not in ("GET", "POST"):
        raise Refused(405, "method_wrong", "", request.method)
    if path == "/o/sdk":
        return Taken(told({}))
    calls = given(request.body, request.query, request.header(b"content-encoding"), path)
    check_number(len(calls), "requests")
    keys = {str(c.get("app_key") or "") for c in calls}
    if len(keys) > 1:
        raise Refused(400, "keys_differ", "app_key", ", ".join(sorted(keys))[:100])
    key = keys.pop() if keys else ""
    if not key:
        raise Refused(400, "key_missing", "app_key")
    wrong = [(n, c) for n, c in enumerate(calls) if not c.get("device_id")]
    if wrong and len(wrong) == len(calls):
        raise Refused(400, "person_missing", "device_id")
    remarks = [Remark("refused", "person_missing", f"requests[{n}]", "", sampled(c)) for n, c in wrong]
    number = sum(_weight(c) for c in calls if c.get("device_id"))
    return Taken(_OK, number, key, True, tuple(remarks[:MANY_REMARKS]))


def _weight(call: dict) -> int:
    """About how many events a call has: enough for an allowance."""
    events = call.get("events")
    return max(1, len(events) if isinstance(events, list) else str(events).count('"key"') if events else 1)


def given(body: bytes, query: str, encoding: str, path: str) -> list[dict[str, Any]]:
    """The parameters of each call. Raises Refused."""
    fields: dict[str, Any] = parameters(query)
    plain = inflate(body, encoding) if body else b""
    if plain.lstrip()[:1] == b"{":
        value = from_json(plain)[0]
        fields |= value if isinstance(value, dict) else {}
    else:
        fields |= parameters(plain)
    if not path.endswith("/bulk"):
        return [fields]
    calls = _json(fields.get("requests"), "requests")
    if not isinstance(calls, list) or not all(isinstance(c, dict) for c in calls):
        raise Refused(400, "list_expected", "requests")
    shared = {n: fields[n] for n in ("app_key", "device_id") if n in fields}
    return [shared | call for call in calls]


def _json(value: Any, field: str) -> Any:
    """A member that is JSON as text, or is there already. Raises Refused."""
    if not isinstance(value, str):
        return value
    try:
        return from_json(value.encode("utf-8", "replace"))[0]
    except Refused:
        raise Refused(400, "json_broken", field, value[:100]) from None


def refusal(refused: Refused) -> Answer:
    """As Countly tells errors."""
    return told({"result": str(refused)}, refused.status)


@reader(CODE)
def read(row) -> Reading:
    """The facts of a kept request."""
    making = Making(row)
    path, _, query = row.target.partition("?")
    for number, call in enumerate(given(row.body, query, row.header("content-encoding"), path)):
        if not call.get("device_id"):
            making.refuse("person_missing", f"requests[{number}].device_id", sample=call)
        else:
            _one(making, call)
    return making.done()


def _one(making: Making, call: dict) -> None:
    keys = making.key("device", call["device_id"], "device_id")
    metrics = _part(making, call, "metrics", dict)
    known = {
        "library": f"{call.get('sdk_name', '')} {call.get('sdk_version', '')}".strip(),
        "locale": metrics.get("_locale"),
        "screen": metrics.get("_resolution"),
    }
    context = making.context(**known)
    shared = {"keys": keys, "context": context}
    if call.get("begin_session"):
        _state(making, call, "$session_start", metrics, shared)
    for event in _part(making, call, "events", list):
        _event(making, call, event, shared)
    if details := _part(making, call, "user_details", dict):
        _state(making, call, "$profile_set", details, shared, kind="profile", change="set")
    if old := making.key("device", call.get("old_device_id"), "old_device_id"):
        _state(making, call, "$merge", {}, shared, kind="link", link=Link("alias", old[0]))
    if crash := _part(making, call, "crash", dict):
        _state(making, call, "$crash", crash, shared)
    if call.get("session_duration"):
        name = "$session_end" if call.get("end_session") else "$session_update"
        _state(making, call, name, {"seconds": call["session_duration"]}, shared)


def _part(making: Making, call: dict, name: str, kind: type) -> Any:
    """A member that should be a list or an object; an empty one if it is not."""
    try:
        value = _json(call.get(name), name)
    except Refused:
        value = None
        making.mend("json_broken", name, call.get(name))
    if value is not None and not isinstance(value, kind):
        making.mend(f"{'list' if kind is list else 'object'}_expected", name)
    return value if isinstance(value, kind) else kind()


def _state(making: Making, call: dict, name: str, said: dict, shared: dict, **more) -> None:
    making.add(
        name,
        raw={"call": call, "name": name},
        at=making.moment(call.get("timestamp"), "timestamp"),
        timed=call.get("timestamp") is not None,
        properties=making.properties(said, name),
        **shared,
        **more,
    )


def _event(making: Making, call: dict, event: Any, shared: dict) -> None:
    if not isinstance(event, dict) or not isinstance(event.get("key"), str) or not event["key"]:
        making.refuse("name_missing", "events.key", sample=event)
        return
    stamp = event.get("timestamp") or call.get("timestamp")
    given_ = making.properties(event.get("segmentation"), "segmentation")
    numbers = {n: event[n] for n in ("count", "sum", "dur") if event.get(n) is not None}
    name = "$pageview" if event["key"] == _VIEW else making.text(event["key"], "key", NAME_LIMIT)
    making.add(
        name,
        raw={"event": event, "device": call["device_id"], "at": stamp},
        at=making.moment(stamp, "timestamp"),
        message=making.text(event.get("id"), "events.id", 255),
        timed=stamp is not None,
        properties={**given_, **numbers},
        **shared,
    )
