"""Which protocol a request speaks: by its path, and where two share one by what it carries.

Holds the table. Below a source's own prefix (`/in/<prefix>/…`) and on a host of the collector's own the
paths are the same: those that the SDKs have built in.
"""

from types import ModuleType
from typing import NamedTuple

from .decoding import GZIP
from .protocols import (
    amplitude,
    countly,
    ga4,
    matomo,
    mixpanel,
    own,
    plausible,
    posthog,
    segment,
    sensors,
    umami,
)
from .wire import Refused, Request

PREFIX = "/in/"


class Route(NamedTuple):
    """The source's prefix or nothing, the protocol's module, and the path as that protocol has it."""

    prefix: str
    adapter: ModuleType
    path: str


_EXACT: dict[str, ModuleType] = {
    **dict.fromkeys(("/v1/batch", "/v1/b", "/v1/import"), segment),
    **dict.fromkeys((f"/v1/{kind}" for kind in segment.KINDS), segment),
    **dict.fromkeys((f"/v1/{kind[0]}" for kind in segment.KINDS), segment),
    **dict.fromkeys((f"/api/s/{kind}" for kind in segment.KINDS), segment),
    **dict.fromkeys(("/batch", "/e", "/i/v0/e", "/capture", "/flags", "/decide", "/s", posthog.V1), posthog),
    **dict.fromkeys(("/sa", "/sa.gif", "/debug"), sensors),
    "/api/event": plausible,
    **dict.fromkeys(("/api/send", "/api/batch"), umami),
    **dict.fromkeys(("/matomo.php", "/piwik.php", "/js/tracker.php"), matomo),
    **dict.fromkeys(("/mp/collect", "/debug/mp/collect"), ga4),
    **dict.fromkeys(("/import", "/groups"), mixpanel),
    **dict.fromkeys(("/i", "/i/bulk", "/o/sdk"), countly),
    "/2/httpapi": amplitude,
    **dict.fromkeys(("/l/e", "/l.js"), own),
}
_MIXPANEL = (b"$token", b"%24token", b"verbose=", b"mp_lib")
_BEGINNINGS = {"/array/": posthog, "/v1/projects/": segment}


def route(request: Request) -> Route:
    """Find it. Raises Refused for a path that no protocol has."""
    prefix, path = split(request.path)
    path = path.rstrip("/") or "/"
    if adapter := _EXACT.get(path) or _shared(request, path):
        return Route(prefix, adapter, path)
    for beginning, adapter in _BEGINNINGS.items():
        if path.startswith(beginning):
            return Route(prefix, adapter, path)
    raise Refused(404, "path_unknown", "", path[:200])


def split(path: str) -> tuple[str, str]:
    """The prefix and the rest of a path."""
    if not path.startswith(PREFIX):
        return "", path
    prefix, slash, rest = path[len(PREFIX) :].partition("/")
    return prefix, slash + rest


def _shared(request: Request, path: str) -> ModuleType | None:
    """The protocol of a path that several have: PostHog's old SDKs name a compression, key or library."""
    if path not in ("/track", "/engage"):
        return None
    if "compression" in request.params or "ver" in request.params or request.body[:3] == GZIP:
        return posthog
    body = request.body
    plain = body if len(body) < 4_000 else body[:2_000] + body[-2_000:]
    plain += request.query[:4_000].encode()
    if any(word in plain for word in _MIXPANEL):
        return mixpanel
    if b'"api_key"' in plain or b'"$lib"' in plain or b"%24lib" in plain:
        return posthog
    return _shared_within(request)


def _shared_within(request: Request) -> ModuleType:
    """The same by what is wrapped in base64."""
    try:
        data = mixpanel.given(request.body, request.query)[0][:20_000]
    except Refused:
        return mixpanel
    return posthog if b'"api_key"' in data or b'"$lib"' in data else mixpanel
