"""Calls to paste: one of each kind, as people try them first. Read by the tests too: each is answered."""

from typing import Any, NamedTuple

import msgspec

from .openapi import document

_STEP = {"event": "$pageview"}
_BODIES: dict[str, dict[str, Any]] = {
    "trend": {"step": _STEP, "measure": "people", "grain": "day"},
    "funnel": {"steps": [_STEP, {"event": "Order paid", "where": "amount > 10000"}], "within": "P7D"},
    "retention": {"start": _STEP, "back": {"event": "*any*"}, "unit": "week", "count": 8},
    "lifecycle": {"grain": "week"},
    "stickiness": {"grain": "day"},
    "paths": {"step": _STEP, "depth": 3},
    "survival": {"silence": 30},
    "attribution": {"conversion": {"event": "Order paid"}, "property": "utm_source"},
    "revenue": {"grain": "week"},
    "segment": {"condition": {"is": "did", "step": _STEP, "at_least": 3, "last": 30}},
}


class Call(NamedTuple):
    """One call: its method and address, what it does, the body if there is one, and how curl says it."""

    method: str
    path: str
    about: str
    body: str
    curl: str


def bodies() -> dict[str, bytes]:
    """By kind, what is sent."""
    return {kind: msgspec.json.encode(body) for kind, body in _BODIES.items()}


def calls(site: str) -> list[Call]:
    """Every call of the API, on this site."""
    found = []
    for path, methods in document()["paths"].items():
        for method, told in methods.items():
            body = bodies().get(path.rsplit("/", 1)[1], b"").decode() if method == "post" else ""
            data = f" \\\n  -H 'Content-Type: application/json' \\\n  -d '{body}'" if body else ""
            curl = f'curl {site}{path} \\\n  -H "Authorization: Bearer $LINGYU_TOKEN"{data}'
            found.append(Call(method.upper(), path, told["summary"], body, curl))
    return found
