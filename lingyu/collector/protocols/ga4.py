"""GA4's Measurement Protocol: `/mp/collect`, and `/debug/mp/collect`, which only says what is wrong.

`api_secret` or the measurement id names the source. Success is 204 and says nothing, whatever was sent: the
doctor tells what was refused. Numbers of the limits are the vendor's.
"""

import re
from typing import Any

import msgspec

from lingyu.kernel.facts import Reading, reader

from ..decoding import from_json, inflate
from ..looking import MANY_REMARKS, NOT_SO, as_object, remarks_on
from ..making import NAME_LIMIT, Making
from ..wire import Answer, Refused, Request, Taken, told

CODE = "ga4"
MANY_EVENTS, MANY_PARAMS = 25, 25
_DONE = Answer(204)
_NAME = re.compile(r"[a-zA-Z][a-zA-Z0-9_]{0,39}")
_RESERVED = ("ga_", "google_", "firebase_")


class _Event(msgspec.Struct):
    name: str


class _Body(msgspec.Struct):
    events: list[_Event]
    client_id: str = ""
    app_instance_id: str = ""


_body = msgspec.json.Decoder(_Body)


def take(request: Request, path: str) -> Taken:
    """Events; or what would be wrong with them."""
    if request.method != "POST":
        raise Refused(405, "method_wrong", "", request.method)
    data, asked = inflate(request.body, request.header(b"content-encoding")), request.params
    key = asked.get("api_secret") or asked.get("measurement_id") or asked.get("firebase_app_id") or ""
    if path.startswith("/debug"):
        return Taken(told({"validationMessages": _messages(data, asked)}))
    try:
        found = _body.decode(data)
        if (found.client_id or found.app_instance_id) and 0 < len(found.events) <= MANY_EVENTS:
            return Taken(_DONE, len(found.events), key, True)
    except NOT_SO:
        pass
    value = as_object(from_json(data)[0])
    events = value.get("events")
    if not isinstance(events, list):
        raise Refused(400, "list_expected", "events")
    if len(events) > MANY_EVENTS:
        raise Refused(400, "too_many_events", "events", f"{len(events)} > {MANY_EVENTS}")
    if not (value.get("client_id") or value.get("app_instance_id")):
        raise Refused(400, "person_missing", "client_id")
    remarks = remarks_on(events, fault_of, "events")
    return Taken(_DONE, len(events) - len(remarks), key, True, tuple(remarks[:MANY_REMARKS]))


def fault_of(event: Any) -> str:
    """The code of why an event can't be taken, or nothing."""
    if not isinstance(event, dict):
        return "object_expected"
    return "" if isinstance(event.get("name"), str) and event["name"] else "name_missing"


def _messages(data: bytes, asked: dict) -> list[dict]:
    """What the vendor's check says, in its form."""
    try:
        value = as_object(from_json(data)[0])
    except Refused as refused:
        return [_message("", str(refused), "VALUE_INVALID")]
    found = []
    if not asked.get("api_secret"):
        found.append(_message("api_secret", "api_secret is missing from the address.", "VALUE_REQUIRED"))
    if not (value.get("client_id") or value.get("app_instance_id")):
        found.append(_message("client_id", "client_id or app_instance_id is required.", "VALUE_REQUIRED"))
    events = value.get("events")
    if not isinstance(events, list) or not events:
        return [*found, _message("events", "A list of at least one event is required.", "VALUE_REQUIRED")]
    if len(events) > MANY_EVENTS:
        found.append(_message("events", f"At most {MANY_EVENTS} events.", "EXCEEDED_MAX_ENTITIES"))
    for number, event in enumerate(events[:MANY_EVENTS]):
        found += _event_messages(event, f"events[{number}]")
    return found


def _event_messages(event: Any, field: str) -> list[dict]:
    if fault_of(event):
        return [_message(f"{field}.name", "An event needs a name.", "VALUE_REQUIRED")]
    found, name, params = [], event["name"], event.get("params") or {}
    if not _NAME.fullmatch(name):
        found.append(_message(f"{field}.name", f"{name[:60]!r} is not a valid name.", "NAME_INVALID"))
    if name.startswith(_RESERVED):
        found.append(_message(f"{field}.name", f"{name[:60]!r} is reserved.", "NAME_RESERVED"))
    if not isinstance(params, dict):
        return [*found, _message(f"{field}.params", "An object is expected.", "VALUE_INVALID")]
    if len(params) > MANY_PARAMS:
        found.append(_message(f"{field}.params", f"At most {MANY_PARAMS}.", "EXCEEDED_MAX_ENTITIES"))
    for key in list(params)[:MANY_PARAMS]:
        if not _NAME.fullmatch(key):
            found.append(_message(f"{field}.params", f"{key[:60]!r} is not a valid name.", "NAME_INVALID"))
    return found


def _message(field: str, text: str, code: str) -> dict:
    return {"fieldPath": field, "description": text, "validationCode": code}


def refusal(refused: Refused) -> Answer:
    """Google tells nothing; whoever looks at the answer may know."""
    return told({"error": {"code": refused.status, "message": str(refused)}}, refused.status)


@reader(CODE)
def read(row) -> Reading:
    """The facts of a kept request."""
    making = Making(row)
    value, mended = from_json(inflate(row.body, row.header("content-encoding")))
    user = making.key("user", value.get("user_id"), "user_id")
    own = making.key("anonymous", value.get("client_id"), "client_id")
    own += making.key("device", value.get("app_instance_id"), "app_instance_id")
    for number, event in enumerate(value["events"]):
        if mended:
            making.mend(mended)
        if fault := fault_of(event):
            making.refuse(fault, f"events[{number}]", sample=event)
        else:
            _one(making, value, event, user + own)
    return making.done()


def _one(making: Making, value: dict, event: dict, keys: tuple) -> None:
    params = event.get("params") if isinstance(event.get("params"), dict) else {}
    stamp = event.get("timestamp_micros") or value.get("timestamp_micros")
    at = making.moment(stamp, "timestamp_micros", "us")
    properties = making.properties(event.get("params"), "params")
    if isinstance(value.get("user_properties"), dict):
        said = {k: v.get("value") for k, v in value["user_properties"].items() if isinstance(v, dict)}
        properties = making.properties({**properties, "$set": said}, "user_properties")
    known = {
        "url": params.get("page_location"),
        "title": params.get("page_title"),
        "referrer": params.get("page_referrer"),
        "locale": params.get("language"),
    }
    making.add(
        making.text(event["name"], "name", NAME_LIMIT),
        raw={"event": event, "client": value.get("client_id") or value.get("app_instance_id"), "at": stamp},
        at=at,
        timed=stamp is not None,
        keys=keys,
        properties=properties,
        context=making.context(**known),
        session=making.text(params.get("session_id"), "params.session_id", 255),
    )
