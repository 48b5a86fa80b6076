"""Plausible's events API (`POST /api/event`), as its tracker and servers speak it.

The body is JSON under any type; one event a request; 202 says that it was taken. The domain names the source;
nobody is named: a visitor is the digest of a day. `n=engagement` tells how long a page was looked at.
"""

from typing import Any

import msgspec

from lingyu.kernel.facts import Reading, Remark, reader

from ..decoding import from_json, inflate
from ..looking import NOT_SO, as_object, text_at
from ..making import NAME_LIMIT, Making
from ..wire import TEXT, Answer, Refused, Request, Taken, told

CODE = "plausible"
_OK = Answer(202, b"ok", TEXT)
# Of one event, as the vendor has it.
MANY_PROPS, KEY_LIMIT, VALUE_LIMIT, URL_LIMIT = 30, 300, 2_000, 2_000


class _Short(msgspec.Struct):
    n: str
    u: str
    d: str


_short = msgspec.json.Decoder(_Short)


def take(request: Request, path: str) -> Taken:
    """One event."""
    if request.method != "POST":
        raise Refused(405, "method_wrong", "", request.method)
    data = inflate(request.body, request.header(b"content-encoding"))
    try:
        found = _short.decode(data)
        name, url, domain = found.n, found.u, found.d
    except NOT_SO:
        value = as_object(from_json(data)[0])
        name, url, domain = (
            text_at(value, *names) for names in (("n", "name"), ("u", "url"), ("d", "domain"))
        )
    for text, field in ((name, "name"), (url, "url"), (domain, "domain")):
        if not text:
            raise Refused(400, f"{field}_missing", field)
    first, _, others = domain.partition(",")
    remarks = (Remark("repaired", "domains_left", "domain", others[:100]),) if others else ()
    return Taken(_OK, 1, first.strip(), remarks=remarks)


def refusal(refused: Refused) -> Answer:
    """As the vendor tells errors: by field."""
    return told({"errors": {refused.field or "request": [str(refused)]}}, refused.status)


@reader(CODE)
def read(row) -> Reading:
    """The fact of a kept request."""
    making = Making(row)
    value, mended = from_json(inflate(row.body, row.header("content-encoding")))
    if mended:
        making.mend(mended)
    name = making.text(value.get("n") or value.get("name"), "name", NAME_LIMIT)
    properties = _props(making, value) | _revenue(making, value)
    if name == "engagement":
        properties |= {"engaged_ms": value.get("e"), "scroll_percent": value.get("sd")}
    if value.get("i") is False or value.get("interactive") is False:
        properties["interactive"] = False
    known = {
        "url": value.get("u") or value.get("url"),
        "referrer": value.get("r") or value.get("referrer"),
        "locale": row.header("accept-language").partition(",")[0],
        "library": f"plausible {value['v']}" if isinstance(value.get("v"), int) else "",
    }
    making.add(
        {"pageview": "$pageview", "engagement": "$engagement"}.get(name, name),
        raw=value,
        at=making.received_at,
        timed=False,
        keys=making.visitor(),
        properties=making.properties(properties),
        context=making.context(**known),
    )
    return making.done()


def _props(making: Making, value: dict) -> dict:
    """Properties: an object, or one as text; lists, objects and nothings in it are left out."""
    given = next((value[n] for n in ("p", "props", "m", "meta") if value.get(n)), None)
    if isinstance(given, str):
        try:
            given = from_json(given.encode())[0]
        except Refused:
            making.mend("json_broken", "props", given)
    if not isinstance(given, dict):
        return {}
    plain = {k[:KEY_LIMIT]: v for k, v in given.items() if isinstance(v, str | int | float) and v != ""}
    if len(plain) < len(given) or len(plain) > MANY_PROPS:
        making.mend("properties_cut", "props")
    kept = list(plain.items())[:MANY_PROPS]
    return {k: v[:VALUE_LIMIT] if isinstance(v, str) else v for k, v in kept}


def _revenue(making: Making, value: dict) -> dict:
    """Money of a goal: `amount` as sent, with its currency."""
    given: Any = value.get("$") or value.get("revenue")
    if isinstance(given, str):
        try:
            given = from_json(given.encode())[0]
        except Refused:
            given = None
    if not isinstance(given, dict):
        return {}
    return {"revenue": given.get("amount"), "currency": making.text(given.get("currency"), "currency", 3)}
