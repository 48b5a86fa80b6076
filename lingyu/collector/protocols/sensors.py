"""Sensors Analytics (神策): taking the requests of its SDKs and answering them.

Records come as `data` (one) or `data_list` (a list): base64 of JSON, which may be compressed, in a form, in
the query of a picture's address, or in a beacon's text. `ext=crc=…` is a Java hash of the base64 text.
`/debug` checks; with `Dry-Run: true` it keeps nothing. Reading is in `sensors_reading`.
"""

import re
from typing import Any

import msgspec

from lingyu.kernel.facts import Remark

from ..decoding import from_json, inflate, unbase64
from ..making import sampled
from ..wire import GIF, PIXEL, TEXT, Answer, Refused, Request, Taken, parameters

CODE = "sensors"
MANY_EVENTS = 5_000
EVENTS = ("track", "track_signup", "track_id_bind", "track_id_unbind")
PROFILES = (
    "profile_set",
    "profile_set_once",
    "profile_increment",
    "profile_append",
    "profile_unset",
    "profile_delete",
)
ITEMS = ("item_set", "item_delete")
KINDS = frozenset(EVENTS + PROFILES + ITEMS)
NAME = re.compile(r"[a-zA-Z_$][a-zA-Z\d_$]{0,99}")
RESERVED = re.compile(
    r"distinct_id|original_id|time|properties|id|first_id|second_id|users|events?|user_id|date|datetime"
    r"|user_group.{0,100}|user_tag.{0,100}",
    re.IGNORECASE,
)
_CRC = re.compile(r"crc=(-?\d{1,11})")
_OK, _DONE = Answer(200, b"", TEXT), Answer(200, PIXEL, GIF)


class _Record(msgspec.Struct):
    type: str
    distinct_id: str = ""
    event: str = ""


_records, _record = msgspec.json.Decoder(list[_Record]), msgspec.json.Decoder(_Record)


def take(request: Request, path: str) -> Taken:
    """Records by form, picture or beacon, or the same to be checked only."""
    if request.method not in ("GET", "POST"):
        raise Refused(405, "method_wrong", "", request.method)
    is_list, text, fields = given(request.body, request.query, request.header(b"content-encoding"))
    answer = _DONE if request.method == "GET" else _OK
    key, extra = request.params.get("token", ""), fields.get("ext", "")
    # Two hundred characters are enough to see a crc; it is made over tens of thousands in the reading.
    wrong = request.method == "GET" and not agrees(text, extra)
    if path == "/debug":
        return _debug(request, is_list, text, key)
    data = inflate(unbase64(text))
    try:
        found = _records.decode(data) if is_list else [_record.decode(data)]
        faulty = wrong or not all(r.type in KINDS and (r.distinct_id or r.type in ITEMS) for r in found)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        faulty, found = True, []
    if not faulty:
        _check(len(found))
        return Taken(answer, len(found), key)
    records, remarks = looked(data, is_list)
    if wrong:
        remarks.append(Remark("repaired", "crc_differs", "ext", extra[:60]))
    return Taken(answer, len(records), key, remarks=tuple(remarks[:20]))


def _debug(request: Request, is_list: bool, text: str, key: str) -> Taken:
    """What the SDKs' debug mode asks: 200 when all is well, else 400 with what is wrong."""
    records, remarks = looked(inflate(unbase64(text)), is_list)
    remarks += [
        Remark("refused", fault, field, "", sampled(r)) for r in records for fault, field in strict_faults(r)
    ]
    if remarks:
        said = "; ".join(f"{r.code} {r.field}".strip() for r in remarks[:10])
        raise Refused(400, remarks[0].code, remarks[0].field, said)
    if request.header(b"dry-run").lower() == "true":
        return Taken(_OK, 0, key)
    return Taken(_OK, len(records), key)


def given(body: bytes, query: str, encoding: str = "") -> tuple[bool, str, dict[str, str]]:
    """Whether it is a list, the base64 text, and all fields. Raises Refused when there is neither."""
    fields = parameters(query)
    if body:
        fields |= parameters(inflate(body, encoding))
    if text := fields.get("data_list"):
        return True, text, fields
    if text := fields.get("data"):
        return False, text, fields
    raise Refused(400, "data_missing", "data")


def looked(data: bytes, is_list: bool) -> tuple[list[dict], list[Remark]]:
    """The records that can be taken, and remarks on those that can't."""
    value = from_json(data)[0]
    records = value if isinstance(value, list) else [value]
    _check(len(records))
    good, remarks = [], []
    for number, record in enumerate(records):
        if fault := fault_of(record):
            field = f"data_list[{number}]" if is_list else "data"
            remarks.append(Remark("refused", fault, field, "", sampled(record)))
        else:
            good.append(record)
    return good, remarks


def _check(number: int) -> None:
    if number > MANY_EVENTS:
        raise Refused(413, "too_many_events", "data_list", f"{number} > {MANY_EVENTS}")


def fault_of(record: Any) -> str:
    """The code of why a record can't be taken, or nothing."""
    if not isinstance(record, dict):
        return "object_expected"
    kind = record.get("type")
    if not isinstance(kind, str) or kind not in KINDS:
        return "type_unknown"
    if kind in ("track", "track_signup") and not _is_name(record.get("event") or kind):
        return "name_missing"
    if kind in ITEMS:
        return "" if record.get("item_id") and record.get("item_type") else "item_missing"
    return "" if record.get("distinct_id") or record.get("identities") else "person_missing"


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and bool(value)


def strict_faults(record: dict) -> list[tuple[str, str]]:
    """What the vendor's own server refuses and we take: only told in the debug mode."""
    faults = []
    if record["type"] == "track" and not is_good_name(str(record.get("event", ""))):
        faults.append(("name_invalid", "event"))
    properties = record.get("properties")
    for name in properties if isinstance(properties, dict) else ():
        if not is_good_name(name):
            faults.append(("property_name_invalid", f"properties.{name[:60]}"))
    return faults


def is_good_name(name: str) -> bool:
    """Whether the vendor's rules allow it as the name of an event or of a property."""
    return NAME.fullmatch(name) is not None and RESERVED.fullmatch(name) is None


def agrees(text: str, extra: str) -> bool:
    """Whether the crc that was sent is that of the text; true when none was sent."""
    found = _CRC.search(extra)
    return found is None or int(found[1]) == java_hash(text)


def java_hash(text: str) -> int:
    """Java's String.hashCode: h = 31 h + c over all characters, as a signed number of 32 bits."""
    value = 0
    for char in text:
        value = (value * 31 + ord(char)) & 0xFFFFFFFF
    return value - (1 << 32) if value >> 31 else value


def refusal(refused: Refused) -> Answer:
    """The SDKs look at the status only; whoever debugs reads the words."""
    return Answer(refused.status, str(refused).encode(), TEXT)
