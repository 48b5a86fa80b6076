"""Segment's tracking API, as its SDKs, RudderStack's and Jitsu's speak it.

Batches at `/v1/batch`, single calls at `/v1/track` and so on, in browsers `/v1/t`, Jitsu's at `/api/s/track`.
The key comes as the user of Basic auth, as Bearer, in the body, or in X-Write-Key (Jitsu: id:secret).
An answer other than 2xx is retried only for 408, 410, 429 and 5xx; errors are told as {code, message}.
"""

import base64
import binascii
from typing import Any

import msgspec

from lingyu.kernel.facts import Link, Remark, reader

from ..decoding import from_json, inflate
from ..making import NAME_LIMIT, Making, sampled
from ..wire import Answer, Refused, Request, Taken, told

CODE = "segment"
MANY_EVENTS = 5_000
KINDS = ("track", "identify", "page", "screen", "group", "alias")
_LETTERS = {kind[0]: kind for kind in KINDS}
_OK = told({"success": True})


class _Message(msgspec.Struct):
    type: str


class _Batch(msgspec.Struct):
    batch: list[_Message]
    writeKey: str = ""


class _Single(msgspec.Struct):
    writeKey: str = ""


_batch, _single = msgspec.json.Decoder(_Batch), msgspec.json.Decoder(_Single)


def take(request: Request, path: str) -> Taken:
    """A batch, a single call, or the settings that the browser SDK starts with."""
    if request.method == "GET" and path.startswith("/v1/projects/"):
        return Taken(settings(path.split("/")[3]), key=path.split("/")[3])
    if request.method != "POST":
        raise Refused(405, "method_wrong", "", request.method)
    data = inflate(request.body, request.header(b"content-encoding"))
    key = credentials(request)
    single = kind_of(path)
    try:
        if single:
            return Taken(_OK, 1, key or _single.decode(data).writeKey, True)
        found = _batch.decode(data)
        _check_number(len(found.batch))
        return Taken(_OK, len(found.batch), key or found.writeKey, True)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        return _look(data, key, single)


def _look(data: bytes, key: str, single: str) -> Taken:
    """The same, for what is not as it should be: what is wrong, and with which event."""
    value = from_json(data)[0]
    if not isinstance(value, dict):
        raise Refused(400, "object_expected")
    key = key or (value.get("writeKey") if isinstance(value.get("writeKey"), str) else "")
    if single:
        return Taken(_OK, 1, key, True)
    batch = value.get("batch")
    if not isinstance(batch, list):
        raise Refused(400, "list_expected", "batch")
    _check_number(len(batch))
    remarks = tuple(
        Remark("refused", fault, f"batch[{n}]", "", sampled(m))
        for n, m in enumerate(batch)
        if (fault := _fault(m))
    )
    return Taken(_OK, len(batch) - len(remarks), key, True, remarks[:20])


def _check_number(number: int) -> None:
    if number > MANY_EVENTS:
        raise Refused(413, "too_many_events", "batch", f"{number} > {MANY_EVENTS}")


def _fault(message: Any) -> str:
    if not isinstance(message, dict):
        return "object_expected"
    return "" if message.get("type") in KINDS else "type_unknown"


def refusal(refused: Refused) -> Answer:
    """As the SDKs read errors."""
    return told({"code": refused.code, "message": str(refused)}, refused.status)


def settings(key: str) -> Answer:
    """What `analytics-next` asks for before it sends anything: itself as the only destination."""
    name = "Segment.io"
    return told({"integrations": {name: {"apiKey": key}}, "plan": {"track": {}}, "edgeFunction": {}})


def kind_of(path: str) -> str:
    """The type that the path of a single call names, or nothing for a batch."""
    end = path.rsplit("/", 1)[-1]
    return end if end in KINDS else _LETTERS.get(end, "")


def credentials(request: Request) -> str:
    """The write key of the headers, or nothing."""
    if key := request.header(b"x-write-key"):
        return key.partition(":")[0]
    scheme, _, value = request.header(b"authorization").partition(" ")
    if scheme.lower() == "bearer":
        return value.strip()
    if scheme.lower() == "basic":
        try:
            return base64.b64decode(value, validate=False).decode("utf-8", "replace").partition(":")[0]
        except (binascii.Error, ValueError):
            return ""
    return ""


@reader(CODE)
def read(row) -> Any:
    """The facts of a kept request."""
    making = Making(row)
    value, mended = from_json(inflate(row.body, row.header("content-encoding")))
    single = kind_of(row.target.partition("?")[0])
    making.sent(value.get("sentAt") or value.get("sent_at"))
    messages = [value] if single else value["batch"]
    for number, message in enumerate(messages):
        field = "" if single else f"batch[{number}]"
        if mended:
            making.mend(mended)
        if single and isinstance(message, dict):
            message = {**message, "type": single}
        if fault := _fault(message):
            making.refuse(fault, field, sample=message)
        else:
            _one(making, message, field)
    return making.done()


def _one(making: Making, message: dict, field: str) -> None:
    kind = message["type"]
    traits = message.get("traits")
    given = message.get("context") if isinstance(message.get("context"), dict) else {}
    name = making.text(message.get("event" if kind == "track" else "name"), "event", NAME_LIMIT)
    if kind == "track" and not name:
        making.refuse("name_missing", f"{field}.event".strip("."), sample=message)
        return
    user = making.key("user", message.get("userId"), "userId")
    own = making.key("anonymous", message.get("anonymousId"), "anonymousId")
    if not (user or own):
        making.mend("person_missing", "userId")
    at = making.moment(message.get("timestamp") or message.get("originalTimestamp"), "timestamp")
    properties = making.properties(message.get("properties") or (traits if kind != "track" else None))
    if kind in ("page", "screen") and name:
        properties = {"name": name, **properties}
    making.add(
        name if kind == "track" else f"${kind}",
        raw=message,
        at=at,
        message=making.text(message.get("messageId"), "messageId", 255),
        timed=bool(message.get("timestamp") or message.get("originalTimestamp")),
        keys=user + own,
        properties=properties,
        context=_context(making, given, properties),
        session=making.text(given.get("sessionId"), "context.sessionId", 255),
        kind={"identify": "profile", "group": "group", "alias": "link"}.get(kind, "event"),
        change="set" if kind in ("identify", "group") else "",
        link=_link(making, message, kind, bool(user and own)),
    )


def _link(making: Making, message: dict, kind: str, both: bool) -> Link | None:
    if kind == "alias":
        other = making.key("any", message.get("previousId"), "previousId")
        return Link("alias", other[0]) if other else None
    if kind == "group":
        return Link("group", group=making.text(message.get("groupId"), "groupId", 255), group_kind="group")
    # Both names in one call say that they are one person's, whatever the call is for.
    return Link("identify") if both else None


def _context(making: Making, given: dict, properties: dict):
    page = given.get("page") if isinstance(given.get("page"), dict) else {}
    library = given.get("library") if isinstance(given.get("library"), dict) else {}
    known = {
        "url": page.get("url") or properties.get("url"),
        "title": page.get("title"),
        "referrer": page.get("referrer"),
        "locale": given.get("locale"),
        "agent": given.get("userAgent"),
        "library": f"{library.get('name', '')} {library.get('version', '')}".strip(),
    }
    return making.context(**known)
