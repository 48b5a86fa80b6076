"""Addresses that take a POST and that no page of the walk has a form for.

Holds guesses made from the code itself: the names that the view's module reads from a request, and
the ids that other addresses of the same kind carry.
"""

import inspect
import re

from django.urls import resolve

from lingyu.config.access import asked_by
from tests.house.test_access import CONVERTERS, example, ours

from .pages import Field, Form

READ = re.compile(r"""(?:POST|FILES)(?:\.get|\.getlist)?[(\[]\s*["'](\w+)["']""")
NOT_OURS = ("accounts/", "admin/")


def unlinked(walks: dict, known: dict) -> dict:
    """Forms for the routes that are in no form of `known`, in the same shape, sent by who may do most."""
    posted = {route for route, method, _ in known if method == "post"}
    values = _values(walks)
    found = {}
    for route, view in ours():
        if route in posted or route.startswith(NOT_OURS):
            continue
        names = sorted(set(READ.findall(inspect.getsource(inspect.getmodule(inspect.unwrap(view))))))
        form = Form(_address(route, values), "post", [Field(name, "text") for name in names])
        person = None if asked_by(view) == "public" else "aque"
        found[route, "post", tuple(names)] = (person, [form])
    return found


def _values(walks: dict) -> dict[str, str]:
    """What stands in addresses for each parameter, by the route up to and including it."""
    found: dict[str, str] = {}
    for walk in walks.values():
        for address in [*walk.pages, *(f.action for f in walk.forms)]:
            path = address.partition("?")[0]
            try:
                match = resolve(path)
            except Exception:
                continue
            for prefix, value in zip(_prefixes(match.route), _captured(match.route, path), strict=False):
                found.setdefault(prefix, value)
    return found


def _prefixes(route: str) -> list[str]:
    return [route[: m.end()] for m in CONVERTERS.finditer(route)]


def _captured(route: str, path: str) -> list[str]:
    parts = CONVERTERS.sub("\0", route).split("\0")
    pattern = "([^/]+)".join(re.escape(p) for p in parts)
    match = re.fullmatch(pattern, path.removeprefix("/"))
    return list(match.groups()) if match else []


def _address(route: str, values: dict[str, str]) -> str:
    """The route with known values in it; where one is missing, with one that is unlikely to exist."""
    if "(?P" in route:
        return example(route)
    filled, rest = "/", route
    for prefix in _prefixes(route):
        match = list(CONVERTERS.finditer(prefix))[-1]
        before = prefix[: match.start()][len(route) - len(rest) :]
        made = values.get(prefix) or example(match.group()).strip("/")
        filled, rest = filled + before + made, route[len(prefix) :]
    return filled + rest
