"""Records of Sensors Analytics (神策) as facts. Taking requests is in `sensors`."""

import re
from datetime import datetime
from typing import Any

from lingyu.kernel.facts import Key, Link, Reading, reader

from ..decoding import from_json, inflate, unbase64
from ..making import NAME_LIMIT, Making
from . import sensors

# "2026-05-07 08:09:10.7": the Python SDK writes milliseconds without leading noughts, so this is .007.
_UNPADDED = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)\.(\d{1,2})")
_IDENTITIES = {
    "$identity_login_id": "user",
    "$identity_cookie_id": "anonymous",
    "$identity_anonymous_id": "anonymous",
}
_LINKS = {"track_id_bind": "identify", "track_id_unbind": "part"}


@reader(sensors.CODE)
def read(row) -> Reading:
    """The facts of a kept request."""
    making = Making(row)
    is_list, text, fields = sensors.given(
        row.body, row.target.partition("?")[2], row.header("content-encoding")
    )
    differs = not sensors.agrees(text, fields.get("ext", ""))
    value, mended = from_json(inflate(unbase64(text)))
    for number, record in enumerate(value if isinstance(value, list) else [value]):
        if mended:
            making.mend(mended)
        if differs:
            making.mend("crc_differs", "ext", fields.get("ext"))
        if fault := sensors.fault_of(record):
            making.refuse(fault, f"data_list[{number}]" if is_list else "data", sample=record)
        else:
            _one(making, record)
    return making.done()


def _one(making: Making, record: dict) -> None:
    kind = record["type"]
    making.sent(None)
    name = making.text(record.get("event") or _named(kind), "event", NAME_LIMIT)
    given = record.get("properties") if isinstance(record.get("properties"), dict) else {}
    library = record.get("lib") if isinstance(record.get("lib"), dict) else {}
    at = _moment(making, record)
    keys = _keys(making, record)
    properties = making.properties(record.get("properties"))
    if library.get("$lib") == "python":
        properties = {k: _padded(making, k, v) for k, v in properties.items()}
    if kind in sensors.ITEMS:
        properties = {"item_type": record["item_type"], "item_id": record["item_id"], **properties}
    making.add(
        name,
        raw=_steady(record),
        at=at,
        message=_message(record),
        timed=record.get("time") is not None,
        keys=keys,
        properties=properties,
        context=_context(making, given, library),
        session=making.text(given.get("$event_session_id"), "$event_session_id", 255),
        kind=_kind(kind),
        change=kind.partition("_")[2] if kind not in sensors.EVENTS else "",
        link=_link(making, record, kind, keys),
    )


def _named(kind: str) -> str:
    names = {"track_signup": "$SignUp", "track_id_bind": "$BindID", "track_id_unbind": "$UnbindID"}
    return names.get(kind, f"${kind}")


def _kind(kind: str) -> str:
    if kind in sensors.PROFILES:
        return "profile"
    if kind in sensors.ITEMS:
        return "item"
    return "link" if kind in ("track_id_bind", "track_id_unbind") else "event"


def _moment(making: Making, record: dict) -> datetime:
    """Milliseconds, or seconds in ten digits, corrected by when the SDK says it sent (`_flush_time`)."""
    if record.get("time_free"):
        return making.moment(record.get("time"), "time", corrects=False)
    making.skew = making.skew * 0
    making.sent(record.get("_flush_time"))
    return making.moment(record.get("time"), "time")


def _steady(record: dict) -> dict:
    """The record without what differs each time that it is sent."""
    return {k: v for k, v in record.items() if k not in ("_flush_time", "_track_id")}


def _message(record: dict) -> str:
    """The SDK's own number of a record is short: with who and when it is one of its own."""
    number = record.get("_track_id")
    if not isinstance(number, int | str) or number in ("", 0) or record.get("time") is None:
        return ""
    more = (record.get("distinct_id"), record["time"], record["type"], record.get("event", ""))
    return f"sensors {number} {more}"


def _keys(making: Making, record: dict) -> tuple[Key, ...]:
    """Known names first: the login id, then the anonymous one, then whatever else was declared."""
    distinct, found = record.get("distinct_id"), ()
    if record["type"] in sensors.ITEMS:
        return ()
    login = making.key("user", record.get("login_id"), "login_id")
    own = making.key("anonymous", record.get("anonymous_id"), "anonymous_id")
    given = record.get("identities")
    for label, value in list(given.items())[:20] if isinstance(given, dict) else ():
        kind = _IDENTITIES.get(label, "declared")
        found += making.key(kind, value, f"identities.{label[:60]}", label if kind == "declared" else "")
    named = {key.value for key in login + own + found}
    text = making.text(distinct, "distinct_id", 255)
    # The server-side SDKs say only so whether it is a login id.
    given = record.get("properties")
    is_login = isinstance(given, dict) and given.get("$is_login_id") is True
    first = making.key("user" if is_login else "distinct", text, "distinct_id") if text not in named else ()
    return tuple(dict.fromkeys(login + own + found + first))


def _link(making: Making, record: dict, kind: str, keys: tuple[Key, ...]) -> Link | None:
    if kind == "track_signup":
        other = making.key("distinct", record.get("original_id"), "original_id")
        return Link("alias", other[0]) if other else None
    if kind in _LINKS:
        return Link(_LINKS[kind])
    return Link("identify") if len(keys) > 1 else None


def _padded(making: Making, name: str, value: Any) -> Any:
    """A time of the Python SDK with its milliseconds in three digits."""
    if not isinstance(value, str) or not (found := _UNPADDED.fullmatch(value)):
        return value
    making.mend("milliseconds_unpadded", f"properties.{name}", value)
    return f"{found[1]}.{int(found[2]):03d}"


def _context(making: Making, given: dict, library: dict):
    known = {
        "url": given.get("$url"),
        "title": given.get("$title"),
        "referrer": given.get("$referrer"),
        "agent": given.get("$user_agent"),
        "library": f"{library.get('$lib', '')} {library.get('$lib_version', '')}".strip(),
    }
    return making.context(**known)
