"""Our own protocol, and the snippet that speaks it: `/l.js`, which sends to `/l/e`.

The body is JSON under any type: `{"s": when sent, "k"?: key, "u"?: user, "a"?: anonymous id, "v": visit,
"c": {url, title, referrer, locale, screen}, "e": [{"i": id, "n": name, "t": when, "p"?: properties,
"c"?: context}]}`; times in milliseconds. The answer is 204; a fault is told as {code, field, message}.
"""

from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from lingyu.kernel.facts import Link, Reading, reader

from ..decoding import from_json, inflate
from ..looking import MANY_REMARKS, NOT_SO, as_object, check_number, remarks_on, text_at
from ..making import NAME_LIMIT, Making
from ..wire import SCRIPT, Answer, Refused, Request, Taken, told

CODE = "lingyu"
_DONE = Answer(204)


class _Event(msgspec.Struct):
    n: str
    t: int | float


class _Body(msgspec.Struct):
    e: list[_Event]
    k: str = ""


_body = msgspec.json.Decoder(_Body)


@cache
def snippet() -> Answer:
    """The script without its comment and indentation, for an hour."""
    text = (Path(__file__).resolve().parent.parent / "snippet.js").read_text(encoding="utf-8")
    lines = text.partition("*/")[2].splitlines()
    script = "\n".join(line.strip() for line in lines if line.strip())
    return Answer(200, script.encode(), SCRIPT, (("Cache-Control", "public, max-age=3600"),))


def take(request: Request, path: str) -> Taken:
    """Events, or the script that sends them."""
    if path == "/l.js":
        return Taken(snippet())
    if request.method != "POST":
        raise Refused(405, "method_wrong", "", request.method)
    data = inflate(request.body, request.header(b"content-encoding"))
    try:
        found = _body.decode(data)
        check_number(len(found.e), "e")
        return Taken(_DONE, len(found.e), found.k, True)
    except NOT_SO:
        value = as_object(from_json(data)[0])
    if not isinstance(value.get("e"), list):
        raise Refused(400, "list_expected", "e")
    check_number(len(value["e"]), "e")
    remarks = remarks_on(value["e"], fault_of, "e")
    return Taken(
        _DONE, len(value["e"]) - len(remarks), text_at(value, "k"), True, tuple(remarks[:MANY_REMARKS])
    )


def fault_of(event: Any) -> str:
    """The code of why an event can't be taken, or nothing."""
    if not isinstance(event, dict):
        return "object_expected"
    if not isinstance(event.get("n"), str) or not event["n"]:
        return "name_missing"
    return "" if isinstance(event.get("t"), int | float) else "time_missing"


def refusal(refused: Refused) -> Answer:
    """What, where, why."""
    return told({"code": refused.code, "field": refused.field, "message": str(refused)}, refused.status)


@reader(CODE)
def read(row) -> Reading:
    """The facts of a kept request."""
    making = Making(row)
    value, mended = from_json(inflate(row.body, row.header("content-encoding")))
    making.sent(value.get("s"))
    shared = value.get("c") if isinstance(value.get("c"), dict) else {}
    user = making.key("user", value.get("u"), "u")
    own = making.key("anonymous", value.get("a"), "a") or making.visitor()
    for number, event in enumerate(value["e"]):
        if mended:
            making.mend(mended)
        if fault := fault_of(event):
            making.refuse(fault, f"e[{number}]", sample=event)
            continue
        name = making.text(event["n"], "n", NAME_LIMIT)
        known = {**shared, **(event["c"] if isinstance(event.get("c"), dict) else {})}
        making.add(
            name,
            raw={"e": event, "u": value.get("u"), "a": value.get("a"), "v": value.get("v")},
            at=making.moment(event["t"], "t", "ms"),
            message=making.text(event.get("i"), "i", 255),
            keys=user + own,
            properties=making.properties(event.get("p"), "p"),
            context=_context(making, known),
            session=making.text(value.get("v"), "v", 255),
            kind="profile" if name == "$identify" else "event",
            change="set" if name == "$identify" else "",
            link=Link("identify") if user and own and own[0].kind == "anonymous" else None,
        )
    return making.done()


def _context(making: Making, known: dict):
    names = ("url", "title", "referrer", "locale", "screen", "library")
    return making.context(**{n: known[n] for n in names if known.get(n)})
