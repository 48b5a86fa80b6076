"""Umami's API: `/api/send` (one) and `/api/batch` (a list), as its tracker and @umami/node speak it.

The website's id names the source. The tracker wants JSON with `cache`, a token that it gives back with the
next request and that says which session and visit it belongs to. Bots are answered as Umami does, and kept.
"""

from typing import Any

import msgspec

from lingyu.kernel.facts import Reading, Remark, reader
from lingyu.kernel.ids import fact_id

from ..decoding import from_json, inflate
from ..looking import MANY_REMARKS, NOT_SO, as_list, as_object, check_number, remarks_on
from ..making import NAME_LIMIT, Making, sampled
from ..tokens import opened, sign
from ..wire import Answer, Refused, Request, Taken, told

CODE = "umami"
KINDS = ("event", "identify", "performance")
# A visit ends after so many seconds without anything.
VISIT_SECONDS = 1_800
_PERFORMANCE = ("lcp", "inp", "cls", "fcp", "ttfb", "duration")


class _Payload(msgspec.Struct):
    website: str = ""
    link: str = ""
    pixel: str = ""


class _Sent(msgspec.Struct):
    type: str
    payload: _Payload


_one, _several = msgspec.json.Decoder(_Sent), msgspec.json.Decoder(list[_Sent])


def take(request: Request, path: str) -> Taken:
    """One thing, or a list of them."""
    if request.method != "POST":
        raise Refused(405, "method_wrong", "", request.method)
    data = inflate(request.body, request.header(b"content-encoding"))
    if path.endswith("/batch"):
        return _take_batch(request, data)
    try:
        found = _one.decode(data)
        key, fault = found.payload.website or found.payload.link or found.payload.pixel, ""
        if found.type not in KINDS:
            fault = "type_unknown"
    except NOT_SO:
        value = as_object(from_json(data)[0])
        key, fault = key_of(value), fault_of(value)
    if fault or not key:
        raise Refused(400, fault or "key_missing", "payload.website")
    return Taken(told(_receipt(request, key)), 1, key)


def _receipt(request: Request, key: str) -> dict:
    session, visit = session_of(request.header(b"x-umami-cache"), key, request.visitor, request.now)
    cache = sign({"w": key, "s": session, "v": visit, "t": int(request.now)})
    return {"cache": cache, "sessionId": session, "visitId": visit}


def session_of(token: str, key: str, visitor: str, now: float) -> tuple[str, str]:
    """Session and visit: those of the token that was given back, or those of a visitor now."""
    said = opened(token)
    if isinstance(said, dict) and said.get("w") == key and 0 <= now - said["t"] < 86_400 * 31:
        if now - said["t"] < VISIT_SECONDS:
            return said["s"], said["v"]
        return said["s"], _visit(said["s"], now)
    session = str(fact_id("umami", key, visitor))
    return session, _visit(session, now)


def _visit(session: str, now: float) -> str:
    return str(fact_id("umami", session, str(int(now // VISIT_SECONDS))))


def _take_batch(request: Request, data: bytes) -> Taken:
    try:
        found = _several.decode(data)
        keys = {p.website or p.link or p.pixel for s in found if s.type in KINDS and (p := s.payload)}
        if len(keys) == 1 and all(keys) and all(s.type in KINDS for s in found):
            check_number(len(found))
            return Taken(_told_batch(request, len(found), [], *keys), len(found), *keys)
    except NOT_SO:
        pass
    events = as_list(from_json(data)[0])
    check_number(len(events))
    remarks = remarks_on(events, fault_of, "batch")
    keys = {key_of(e) for e in events if not fault_of(e)}
    if len(keys) > 1:
        raise Refused(400, "keys_differ", "payload.website", ", ".join(sorted(keys))[:100])
    key = keys.pop() if keys else ""
    details = [{"index": n, "response": {"error": f}} for n, e in enumerate(events) if (f := fault_of(e))]
    answer = _told_batch(request, len(events), details, key)
    return Taken(answer, len(events) - len(remarks), key, remarks=tuple(remarks[:MANY_REMARKS]))


def _told_batch(request: Request, size: int, details: list, key: str) -> Answer:
    answer = {"size": size, "processed": size - len(details), "errors": len(details)}
    return told(answer | {"details": details[:100], "cache": _receipt(request, key)["cache"]})


def key_of(value: Any) -> str:
    """The id of the website, link or pixel."""
    payload = value.get("payload") if isinstance(value, dict) else None
    given = [payload.get(n) for n in ("website", "link", "pixel")] if isinstance(payload, dict) else []
    return next((g for g in given if isinstance(g, str) and g), "")


def fault_of(value: Any) -> str:
    """The code of why it can't be taken, or nothing."""
    if not isinstance(value, dict) or not isinstance(value.get("payload"), dict):
        return "object_expected"
    if value.get("type") not in KINDS:
        return "type_unknown"
    return "" if key_of(value) else "key_missing"


def refusal(refused: Refused) -> Answer:
    """As Umami tells errors."""
    return told(
        {"error": {"message": str(refused), "code": refused.code, "status": refused.status}}, refused.status
    )


@reader(CODE)
def read(row) -> Reading:
    """The facts of a kept request."""
    making = Making(row)
    value, mended = from_json(inflate(row.body, row.header("content-encoding")))
    for number, sent in enumerate(as_list(value)):
        if mended:
            making.mend(mended)
        if fault := fault_of(sent):
            making.remarks.append(Remark("refused", fault, f"batch[{number}]", "", sampled(sent)))
        else:
            _one_fact(making, sent)
    return making.done()


def _one_fact(making: Making, sent: dict) -> None:
    payload, kind, row = sent["payload"], sent["type"], making.row
    session, visit = session_of(row.header("x-umami-cache"), key_of(sent), row.visitor, row.received_at / 1e6)
    user = making.key("user", payload.get("id"), "payload.id")
    data = making.properties(payload.get("data"), "payload.data")
    more = {n: payload[n] for n in ("tag", "hostname", *_PERFORMANCE) if payload.get(n) is not None}
    name = making.text(payload.get("name"), "payload.name", NAME_LIMIT)
    names = {"identify": "$identify", "performance": "$performance"}
    making.add(
        names.get(kind) or name or "$pageview",
        raw=sent,
        at=making.moment(payload.get("timestamp"), "payload.timestamp"),
        timed=payload.get("timestamp") is not None,
        keys=(*user, *making.key("visitor", session, "session")),
        properties=making.properties({**more, **data}, "payload"),
        context=_context(making, payload),
        session=visit,
        kind="profile" if kind == "identify" else "event",
        change="set" if kind == "identify" else "",
    )


def _context(making: Making, payload: dict):
    url, host = making.text(payload.get("url"), "payload.url", 2_000), payload.get("hostname")
    if url.startswith("/") and isinstance(host, str) and host:
        url = f"https://{host[:100]}{url}"
    known = {
        "title": payload.get("title"),
        "referrer": payload.get("referrer"),
        "locale": payload.get("language"),
        "screen": payload.get("screen"),
        "agent": payload.get("userAgent"),
    }
    return making.context(url=url, **known)
