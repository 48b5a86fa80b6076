"""Matomo's hits as facts: page views, events, searches, goals, orders, carts, contents, links, downloads."""

from datetime import timedelta
from typing import Any

import msgspec

from lingyu.kernel.facts import Reading, reader

from ..decoding import from_json
from ..making import NAME_LIMIT, Making
from ..times import parse_time
from ..wire import Refused
from . import matomo

# A hit may be dated back so far without the site's token.
BACK = timedelta(days=1)
_ORDER = {"ec_id": "order_id", "revenue": "revenue", "ec_st": "subtotal", "ec_tx": "tax", "ec_sh": "shipping"}
_ORDER |= {"ec_dt": "discount"}
_PRODUCT = {"_pks": "sku", "_pkn": "name", "_pkc": "category", "_pkp": "price"}
_ITEM = ("sku", "name", "category", "price", "quantity")
# Which parameters a hit of a kind is known by, its name, and what they are called.
_KINDS = (
    ("e_c", "", {"e_c": "category", "e_a": "action", "e_n": "label", "e_v": "value"}),
    ("idgoal", "$goal", {"idgoal": "goal", "revenue": "revenue"}),
    ("search", "$search", {"search": "keyword", "search_cat": "category", "search_count": "results"}),
    ("download", "$download", {"download": "target"}),
    ("link", "$outbound", {"link": "target"}),
    ("c_i", "$content_interaction", {"c_n": "name", "c_p": "piece", "c_t": "target", "c_i": "interaction"}),
    ("c_n", "$content_impression", {"c_n": "name", "c_p": "piece", "c_t": "target"}),
    ("ping", "$ping", {}),
)
_NUMBERS = {"revenue", "subtotal", "tax", "shipping", "discount", "value", "results", "price", "quantity"}


@reader(matomo.CODE)
def read(row) -> Reading:
    """The facts of a kept request."""
    making = Making(row)
    query = row.target.partition("?")[2]
    several, hits, options = matomo.given(row.body, query, row.header("content-encoding"))
    for number, hit in enumerate(hits):
        if fault := matomo.fault_of(hit):
            making.refuse(fault, f"requests[{number}]" if several else "", sample=hit)
        else:
            _one(making, hit, bool(hit.get("token_auth") or options.get("token_auth")))
    return making.done()


def _one(making: Making, hit: dict, is_trusted: bool) -> None:
    name, properties, message = _what(making, hit)
    for n in range(1, 21):
        if value := hit.get(f"dimension{n}"):
            properties[f"dimension{n}"] = value
    user = making.key("user", hit.get("uid"), "uid")
    own = making.key("anonymous", hit.get("cid") or hit.get("_id"), "_id")
    known = {
        "url": hit.get("url"),
        "title": hit.get("action_name"),
        "referrer": hit.get("urlref"),
        "agent": hit.get("ua"),
        "locale": hit.get("lang") or making.row.header("accept-language").partition(",")[0],
        "screen": hit.get("res"),
    }
    stamp = hit.get("cdt")
    at = _dated(making, stamp, is_trusted) if stamp else making.received_at
    # `rand` is there against caches: a hit that is sent again carries the one that it had.
    number = f"{hit.get('pv_id', '')} {hit['rand']} {hit.get('_id', '')} {name}" if hit.get("rand") else ""
    making.add(
        name,
        raw={k: v for k, v in hit.items() if k not in ("send_image", "queuedtracking", "token_auth")},
        at=at,
        message=message or (number and f"matomo {number}"),
        timed=stamp is not None,
        keys=(user + own) or making.visitor(),
        properties=making.properties(properties),
        context=making.context(**known),
        bot=str(hit.get("bots", "")) == "1" and making.bot,
    )


def _dated(making: Making, stamp: Any, is_trusted: bool):
    """`cdt`: a number since 1970, or a time in UTC; of more than a day ago only with the site's token."""
    if isinstance(stamp, str) and not stamp.isdigit():
        stamp = f"{stamp}Z" if parse_time(stamp)[1] == "time_without_zone" else stamp
    at = making.moment(stamp, "cdt")
    if making.received_at - at > BACK and not is_trusted:
        making.mend("time_needs_token", "cdt", stamp)
        return making.received_at
    return at


def _what(making: Making, hit: dict) -> tuple[str, dict, str]:
    """The name, the properties, and the id of what must count once: an order."""
    if str(hit.get("idgoal", "")) == "0":
        properties = _renamed(hit, _ORDER) | {"items": _items(making, hit.get("ec_items"))}
        order = making.text(hit.get("ec_id"), "ec_id", 200)
        return ("$order", properties, f"matomo order {order}") if order else ("$cart", properties, "")
    for known_by, name, names in _KINDS:
        if hit.get(known_by) not in (None, ""):
            found = making.text(hit.get("e_a"), "e_a", NAME_LIMIT) if known_by == "e_c" else name
            return found or "$event", _renamed(hit, names), ""
    return "$pageview", _renamed(hit, _PRODUCT), ""


def _renamed(hit: dict, names: dict[str, str]) -> dict:
    return {new: _value(new, hit[old]) for old, new in names.items() if hit.get(old) not in (None, "")}


def _value(name: str, value: Any) -> Any:
    """Numbers as numbers; a query has texts only."""
    if name not in _NUMBERS or not isinstance(value, str):
        return value
    try:
        return msgspec.json.decode(value.strip().encode(), type=int | float)
    except (msgspec.MsgspecError, UnicodeEncodeError):
        return value


def _items(making: Making, text: Any) -> list[dict]:
    """An order's lines: a list, or one as text, of lists of sku, name, category, price, quantity."""
    try:
        lines = from_json(text.encode("utf-8", "replace"))[0] if isinstance(text, str) and text else text
    except Refused:
        making.mend("json_broken", "ec_items", text)
        return []
    if not isinstance(lines, list):
        return []
    return [dict(zip(_ITEM, line, strict=False)) for line in lines[:500] if isinstance(line, list)]
