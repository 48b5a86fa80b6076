"""Which protocol a request speaks: by its path, and where two share one by what it carries.

Holds the table. Below a source's own prefix (`/in/<prefix>/…`) and on a host of the collector's own the
paths are the same: those that the SDKs have built in.
"""

from types import ModuleType
from typing import NamedTuple

from .protocols import posthog, segment, sensors
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
}
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
    """The protocol of a path that several have."""
    return posthog if path in ("/track", "/engage") else None
