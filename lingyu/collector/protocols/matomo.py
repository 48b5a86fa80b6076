"""Matomo's tracking API: taking its requests and answering them. Reading is in `matomo_reading`.

One hit is a query (GET, or POST with an empty body, or a form); several are JSON, `{"requests": [...]}`. The
site's number or name (`idsite`) names the source. Success is a picture, 204 when `send_image=0`, and for
several a count.
"""

import re
from typing import Any

import msgspec

from lingyu.kernel.facts import Remark

from ..decoding import from_json, inflate
from ..looking import MANY_REMARKS, NOT_SO, as_object, check_number
from ..making import sampled
from ..wire import GIF, PIXEL, Answer, Refused, Request, Taken, parameters, told

CODE = "matomo"
# A site's name in a hit, if nothing in it is escaped.
_SITE, _REC = re.compile(r"(?:^|[?&])idsite=([\w.-]+)(?:&|$)"), re.compile(r"[?&]rec=1(?:&|$)")
_PICTURE, _NOTHING = Answer(200, PIXEL, GIF), Answer(204)


class _Bulk(msgspec.Struct):
    requests: list[str]
    send_image: int | str = 1


_bulk = msgspec.json.Decoder(_Bulk)


def take(request: Request, path: str) -> Taken:
    """One hit, or several."""
    if request.method not in ("GET", "POST"):
        raise Refused(405, "method_wrong", "", request.method)
    if request.body[:1] == b"{" and (glanced := _glance(request.body)):
        return glanced
    several, hits, options = given(request.body, request.query, request.header(b"content-encoding"))
    if not several:
        if fault := fault_of(hits[0]):
            raise Refused(400, fault, "idsite" if fault == "key_missing" else "rec")
        answer = _NOTHING if hits[0].get("send_image") == "0" else _PICTURE
        return Taken(answer, 1, str(hits[0]["idsite"]))
    check_number(len(hits), "requests")
    wrong = [number for number, hit in enumerate(hits) if fault_of(hit)]
    remarks = [Remark("refused", fault_of(hits[n]), f"requests[{n}]", "", sampled(hits[n])) for n in wrong]
    keys = {str(hit["idsite"]) for hit in hits if not fault_of(hit)}
    if len(keys) > 1:
        raise Refused(400, "keys_differ", "idsite", ", ".join(sorted(keys))[:100])
    number, key = len(hits) - len(wrong), keys.pop() if keys else ""
    answer = {"status": "success", "tracked": number, "invalid": len(wrong)}
    if wrong:
        answer["invalid_indices"] = wrong
    quiet = str(options.get("send_image", "")) == "0"
    return Taken(_NOTHING if quiet else told(answer), number, key, remarks=tuple(remarks[:MANY_REMARKS]))


def _glance(body: bytes) -> Taken | None:
    """Several hits, all of them well, without taking each apart."""
    try:
        found = _bulk.decode(body)
    except NOT_SO:
        return None
    check_number(len(found.requests), "requests")
    sites = {m[1] if (m := _SITE.search(hit)) and _REC.search(hit) else "" for hit in found.requests}
    if len(sites) != 1 or not (site := sites.pop()):
        return None
    if found.send_image == 0:
        return Taken(_NOTHING, len(found.requests), site)
    answer = {"status": "success", "tracked": len(found.requests), "invalid": 0}
    return Taken(told(answer), len(found.requests), site)


def given(body: bytes, query: str, encoding: str = "") -> tuple[bool, list[dict[str, Any]], dict]:
    """Whether there are several hits, the parameters of each, and what was said for all. Raises Refused."""
    asked = parameters(query)
    plain = inflate(body, encoding) if body else b""
    if plain.lstrip()[:1] != b"{":
        return False, [asked | parameters(plain)], {}
    value = as_object(from_json(plain)[0])
    if not isinstance(value.get("requests"), list):
        raise Refused(400, "list_expected", "requests")
    return True, [_hit(r) for r in value["requests"]], value


def _hit(request: Any) -> dict[str, Any]:
    if isinstance(request, str):
        return parameters(request.partition("?")[2] if "?" in request else request)
    return request if isinstance(request, dict) else {}


def fault_of(hit: dict) -> str:
    """The code of why a hit can't be taken, or nothing."""
    if not hit.get("idsite"):
        return "key_missing"
    return "" if str(hit.get("rec", "")) == "1" else "rec_missing"


def refusal(refused: Refused) -> Answer:
    """A status, and the reason for whoever looks."""
    return told({"status": "error", "message": str(refused)}, refused.status)
