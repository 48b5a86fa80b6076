"""PostHog's events as facts. Taking requests is in `posthog`."""

from typing import Any

from lingyu.kernel.facts import Link, Reading, reader

from ..decoding import from_json
from ..making import NAME_LIMIT, Making
from . import posthog

# Properties that say what a fact has fields for.
_ELSEWHERE = frozenset({"token", "distinct_id"})
# Old servers cut distinct ids here.
DISTINCT_LIMIT = 200


@reader(posthog.CODE)
def read(row) -> Reading:
    """The facts of a kept request."""
    making = Making(row)
    path, _, query = row.target.partition("?")
    data = posthog.unwrap(row.body, query, row.header("content-encoding"))
    value, mended = from_json(posthog.again(data))
    head = value if isinstance(value, dict) and "batch" in value else {}
    if not head.get("historical_migration"):
        making.sent(row.header("posthog-request-timestamp") or head.get("sent_at") or _sent_in(query))
    is_new = path == posthog.V1
    for number, event in enumerate(posthog.listed(value)):
        if mended:
            making.mend(mended)
        if fault := (posthog.new_fault_of if is_new else posthog.fault_of)(event):
            making.refuse(fault, f"batch[{number}]", sample=event)
        else:
            _one(making, event)
    return making.done()


def _sent_in(query: str) -> Any:
    """posthog-js gives its clock as `_`, in milliseconds."""
    stamp = posthog.parameters(query).get("_", "")
    return int(stamp) if stamp.isdigit() and len(stamp) < 16 else None


def _one(making: Making, event: dict) -> None:
    given = event.get("properties") if isinstance(event.get("properties"), dict) else {}
    options = event.get("options") if isinstance(event.get("options"), dict) else {}
    name = making.text(event["event"], "event", NAME_LIMIT)
    distinct = making.text(posthog.distinct_of(event), "distinct_id", DISTINCT_LIMIT)
    keys = making.key("distinct", distinct, "distinct_id")
    at = _moment(making, event, corrects=not options.get("disable_skew_correction"))
    people = {
        f"${w}": event[f"${w}"]
        for w in ("set", "set_once", "unset")
        if f"${w}" in event and f"${w}" not in given
    }
    properties = making.properties({**given, **people}, without=_ELSEWHERE)
    making.add(
        name,
        raw=event,
        at=at,
        message=making.text(event.get("uuid") or given.get("$insert_id"), "uuid", 255),
        timed=bool(event.get("timestamp")),
        keys=keys,
        properties=properties,
        context=_context(making, given),
        session=making.text(event.get("session_id") or given.get("$session_id"), "$session_id", 255),
        kind=_kind(name),
        change="set" if name in ("$identify", "$set", "$groupidentify") else "",
        link=_link(making, name, given),
    )


def _kind(name: str) -> str:
    kinds = {"$identify": "profile", "$set": "profile", "$groupidentify": "group"}
    return "link" if name in ("$create_alias", "$merge_dangerously") else kinds.get(name, "event")


def _moment(making: Making, event: dict, *, corrects: bool):
    """The event's own time; or, of old SDKs, how long before sending it happened (`offset`, milliseconds)."""
    offset = event.get("offset")
    if not event.get("timestamp") and isinstance(offset, int | float) and 0 <= offset < 1e12:
        return making.moment(making.received_at.timestamp() - offset / 1000, "offset", "s", corrects=False)
    return making.moment(event.get("timestamp"), "timestamp", corrects=corrects)


def _link(making: Making, name: str, given: dict) -> Link | None:
    if name == "$identify":
        other = making.key("distinct", given.get("$anon_distinct_id"), "$anon_distinct_id")
        return Link("alias", other[0]) if other else None
    if name in ("$create_alias", "$merge_dangerously"):
        other = making.key("distinct", given.get("alias"), "alias")
        return Link("alias", other[0]) if other else None
    if name == "$groupidentify":
        group = making.text(given.get("$group_key"), "$group_key", 255)
        return Link(
            "group", group=group, group_kind=making.text(given.get("$group_type"), "$group_type", 255)
        )
    return None


def _context(making: Making, given: dict):
    library = f"{given.get('$lib', '')} {given.get('$lib_version', '')}".strip()
    library = library or making.row.header("posthog-sdk-info").replace("/", " ")
    known = {
        "url": given.get("$current_url"),
        "title": given.get("title"),
        "referrer": given.get("$referrer") if given.get("$referrer") != "$direct" else None,
        "agent": given.get("$raw_user_agent") or given.get("$user_agent"),
        "locale": given.get("$browser_language"),
        "library": library,
    }
    return making.context(**known)
