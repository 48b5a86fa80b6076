"""Mixpanel's ingestion API: `/track`, `/import` (events), `/engage`, `/groups` (what is said about whom).

Events come as `data` of a form or query, JSON or base64 of it, as a JSON body, or line by line. The token is
within each event (`/import`: the user of Basic auth). SDKs want `{"status": 1}` and raise an error otherwise.
"""

import msgspec

from lingyu.kernel.facts import Link, Reading, reader

from ..decoding import from_json, inflate, is_base64, unbase64
from ..looking import MANY_REMARKS, NOT_SO, as_list, check_number, remarks_on, text_at
from ..making import NAME_LIMIT, Making
from ..wire import TEXT, Answer, Refused, Request, Taken, parameters, told
from .segment import credentials

CODE = "mixpanel"
_SHORT, _LONG = Answer(200, b"1", TEXT), told({"status": 1, "error": None})
_CHANGES = {
    "$set": "set",
    "$set_once": "set_once",
    "$add": "increment",
    "$append": "append",
    "$union": "append",
    "$unset": "unset",
    "$remove": "remove",
    "$delete": "delete",
}
# What has a place of its own in a fact.
_ELSEWHERE = frozenset({"token", "time", "distinct_id", "$insert_id"})


class _Properties(msgspec.Struct):
    token: str = ""
    distinct_id: str | int | float = ""


class _Event(msgspec.Struct):
    event: str
    properties: _Properties


_events, _event = msgspec.json.Decoder(list[_Event]), msgspec.json.Decoder(_Event)


def take(request: Request, path: str) -> Taken:
    """Events, or what is said about people and groups."""
    if request.method not in ("GET", "POST"):
        raise Refused(405, "method_wrong", "", request.method)
    data, fields = given(request.body, request.query, request.header(b"content-encoding"))
    key = credentials(request) if path == "/import" else ""
    number, remarks = 0, []
    try:
        if path not in ("/track", "/import"):
            raise msgspec.ValidationError
        found = _events.decode(data) if data[:1] == b"[" else [_event.decode(data)]
        tokens = {e.properties.token for e in found}
        if len(tokens) > 1 or not (key or all(tokens)):
            raise msgspec.ValidationError
        check_number(len(found))
        number, key = len(found), key or next(iter(tokens), "")
    except NOT_SO:
        number, key, remarks = _look(data, path, key)
    return Taken(_receipt(path, fields, number), number, key, True, tuple(remarks[:MANY_REMARKS]))


def _look(data: bytes, path: str, key: str) -> tuple[int, str, list]:
    events = listed(data)
    check_number(len(events))
    remarks = remarks_on(events, fault_of, "")
    keys = {k for e in events if (k := text_at(e, "$token") or text_at(e.get("properties"), "token"))}
    if not key and len(keys) > 1:
        raise Refused(401, "keys_differ", "token", ", ".join(sorted(keys))[:100])
    return len(events) - len(remarks), key or (keys.pop() if keys else ""), remarks


def _receipt(path: str, fields: dict, number: int) -> Answer:
    if path == "/import":
        return told({"code": 200, "num_records_imported": number, "status": "OK"})
    return _LONG if fields.get("verbose") == "1" else _SHORT


def given(body: bytes, query: str, encoding: str = "") -> tuple[bytes, dict[str, str]]:
    """The JSON that was sent, and the fields beside it. Raises Refused."""
    fields = parameters(query)
    plain = inflate(body, encoding) if body else b""
    if plain.lstrip()[:1] in (b"{", b"["):
        return plain.strip(), fields
    fields |= parameters(plain)
    data = fields.get("data", "").encode("utf-8", "replace").strip()
    if not data:
        raise Refused(400, "data_missing", "data")
    if data[:1] not in (b"{", b"[") and is_base64(data.replace(b" ", b"+")):
        data = inflate(unbase64(data))
    return data, fields


def listed(data: bytes) -> list[dict]:
    """The events of one, a list, or one a line. Raises Refused."""
    try:
        value = from_json(data)[0]
    except Refused:
        if b"\n" not in data:
            raise
        value = [from_json(line)[0] for line in data.splitlines() if line.strip()]
    events = as_list(value)
    if not all(isinstance(e, dict) for e in events):
        raise Refused(400, "object_expected")
    return events


def fault_of(event: dict) -> str:
    """The code of why an event can't be taken, or nothing."""
    if "event" in event or "properties" in event:
        if not isinstance(event.get("event"), str) or not event["event"]:
            return "name_missing"
        return "" if isinstance(event.get("properties"), dict) else "object_expected"
    if not any(change in event for change in _CHANGES):
        return "change_missing"
    is_named = event.get("$distinct_id") or event.get("$group_id")
    return "" if is_named else "person_missing"


def refusal(refused: Refused) -> Answer:
    """As the SDKs read errors."""
    return told({"status": 0, "error": str(refused)}, refused.status)


@reader(CODE)
def read(row) -> Reading:
    """The facts of a kept request."""
    making = Making(row)
    data, _ = given(row.body, row.target.partition("?")[2], row.header("content-encoding"))
    for event in listed(data):
        if fault := fault_of(event):
            making.refuse(fault, sample=event)
        elif "event" in event:
            _one(making, event)
        else:
            for change in _CHANGES:
                if change in event:
                    _change(making, event, change)
    return making.done()


def _one(making: Making, event: dict) -> None:
    given_ = event["properties"]
    name = making.text(event["event"], "event", NAME_LIMIT)
    user = making.key("user", given_.get("$user_id"), "$user_id")
    device = making.key("device", given_.get("$device_id"), "$device_id")
    first = making.key("distinct", given_.get("distinct_id"), "distinct_id")
    at = making.moment(given_.get("time"), "time")
    library = f"{given_.get('mp_lib', '')} {given_.get('$lib_version', '')}".strip()
    known = {"url": given_.get("$current_url"), "referrer": given_.get("$referrer"), "library": library}
    other = given_.get("$anon_id") or given_.get("alias")
    joins = name in ("$identify", "$create_alias", "$merge")
    linked = making.key("distinct", other, "alias") if joins else ()
    making.add(
        name,
        raw=event,
        at=at,
        message=making.text(given_.get("$insert_id"), "$insert_id", 255),
        timed=given_.get("time") is not None,
        keys=first + user + device,
        properties=making.properties(given_, without=_ELSEWHERE),
        context=making.context(**known),
        kind="link" if joins else "event",
        link=Link("alias", linked[0]) if linked else Link("identify") if user and device else None,
    )


def _change(making: Making, event: dict, change: str) -> None:
    said = event[change]
    is_group = "$group_id" in event
    keys = making.key("distinct", event.get("$distinct_id"), "$distinct_id")
    at = making.moment(event.get("$time"), "$time")
    group, kind = (making.text(event.get(n), n, 255) for n in ("$group_id", "$group_key"))
    making.add(
        f"$profile_{_CHANGES[change]}",
        raw={**event, "change": change},
        at=at,
        timed=event.get("$time") is not None,
        keys=keys,
        properties=making.properties(said if isinstance(said, dict) else {"$names": said}, change),
        kind="group" if is_group else "profile",
        change=_CHANGES[change],
        link=Link("group", group=group, group_kind=kind) if is_group else None,
    )
