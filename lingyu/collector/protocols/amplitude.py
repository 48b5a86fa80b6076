"""Amplitude's HTTP API: `/2/httpapi`, a key and a list of events."""

from typing import Any

import msgspec

from lingyu.kernel.facts import Link, Reading, reader

from ..decoding import from_json, inflate
from ..looking import MANY_REMARKS, NOT_SO, as_object, check_number, remarks_on, text_at
from ..making import NAME_LIMIT, Making
from ..wire import Answer, Refused, Request, Taken, told

CODE = "amplitude"


class _Event(msgspec.Struct):
    event_type: str
    user_id: str | None = None
    device_id: str | None = None


class _Body(msgspec.Struct):
    api_key: str
    events: list[_Event]


_body = msgspec.json.Decoder(_Body)


def take(request: Request, path: str) -> Taken:
    """A list of events."""
    if request.method != "POST":
        raise Refused(405, "method_wrong", "", request.method)
    data = inflate(request.body, request.header(b"content-encoding"))
    try:
        found = _body.decode(data)
        if all(e.user_id or e.device_id for e in found.events):
            check_number(len(found.events), "events")
            return Taken(_receipt(request, len(found.events)), len(found.events), found.api_key, True)
    except NOT_SO:
        pass
    value = as_object(from_json(data)[0])
    events = value.get("events")
    if not isinstance(events, list):
        raise Refused(400, "list_expected", "events")
    check_number(len(events), "events")
    remarks, key = remarks_on(events, fault_of, "events"), text_at(value, "api_key")
    if not key:
        raise Refused(400, "key_missing", "api_key")
    number = len(events) - len(remarks)
    return Taken(_receipt(request, number), number, key, True, tuple(remarks[:MANY_REMARKS]))


def _receipt(request: Request, number: int) -> Answer:
    told_ = {"code": 200, "events_ingested": number, "payload_size_bytes": len(request.body)}
    return told(told_ | {"server_upload_time": int(request.now * 1000)})


def fault_of(event: Any) -> str:
    """The code of why an event can't be taken, or nothing."""
    if not isinstance(event, dict):
        return "object_expected"
    if not isinstance(event.get("event_type"), str) or not event["event_type"]:
        return "name_missing"
    return "" if event.get("user_id") or event.get("device_id") else "person_missing"


def refusal(refused: Refused) -> Answer:
    """As Amplitude tells errors."""
    return told(
        {"code": refused.status, "error": str(refused), "missing_field": refused.field}, refused.status
    )


@reader(CODE)
def read(row) -> Reading:
    """The facts of a kept request."""
    making = Making(row)
    value, mended = from_json(inflate(row.body, row.header("content-encoding")))
    making.sent(value.get("client_upload_time"))
    for number, event in enumerate(value["events"]):
        if mended:
            making.mend(mended)
        if fault := fault_of(event):
            making.refuse(fault, f"events[{number}]", sample=event)
        else:
            _one(making, event)
    return making.done()


def _one(making: Making, event: dict) -> None:
    name = making.text(event["event_type"], "event_type", NAME_LIMIT)
    user = making.key("user", event.get("user_id"), "user_id")
    device = making.key("device", event.get("device_id"), "device_id")
    at = making.moment(event.get("time"), "time", "ms")
    given = making.properties(event.get("event_properties"), "event_properties")
    if event.get("user_properties"):
        given = making.properties({**given, "$set": event["user_properties"]}, "user_properties")
    session = event.get("session_id")
    known = {"locale": event.get("language"), "library": event.get("library")}
    making.add(
        name,
        raw=event,
        at=at,
        message=making.text(event.get("insert_id"), "insert_id", 255),
        timed=event.get("time") is not None,
        keys=user + device,
        properties=given,
        context=making.context(**known),
        session="" if session == -1 else making.text(session, "session_id", 255),
        kind="profile" if name == "$identify" else "group" if name == "$groupidentify" else "event",
        link=Link("identify") if user and device else None,
    )
