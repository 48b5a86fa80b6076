"""No forgotten permission: every address is asked for by four people, and answers each as its view states."""

import itertools
import re
import uuid

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import get_converters

from lingyu.config.access import asked_by
from lingyu.kernel.access import PERMISSIONS, PUBLIC
from lingyu.kernel.metrics import METRICS
from lingyu.kernel.operations import in_order

CONVERTERS = re.compile(r"<(?:(\w+):)?(\w+)>")


def addresses(patterns, prefix=""):
    """(route, view) of every pattern, includes followed."""
    for entry in patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from addresses(entry.url_patterns, route)
        elif isinstance(entry, URLPattern):
            yield route, entry.callback


def ours() -> list[tuple[str, object]]:
    """Every address but those of Django's admin, which has its own door, tested below."""
    found = addresses(get_resolver().url_patterns)
    return [(route, view) for route, view in found if not route.startswith("admin/")]


def example(route: str) -> str:
    """An address that matches a route: what it names is unlikely to exist, except desks and metrics."""
    known = {
        "code": in_order()[0].code if in_order() else "none",
        "operation": in_order()[0].code,
        "name": next(iter(METRICS), "none") if "metrics" in route else "none",
        "panel": in_order()[0].panels[0].code,
    }

    def value(match: re.Match) -> str:
        kind, name = match.groups()
        if name in known:
            return known[name]
        if kind in {None, "str", "slug", "path"}:
            return "none"
        return get_converters()[kind].to_url(7 if kind == "int" else uuid.UUID(int=7))

    if route.startswith("^") or "(?P" in route:
        route = re.sub(r"\(\?P<\w+>[^)]*\)", "7", route).strip("^$").replace("\\", "").rstrip("$")
    return "/" + CONVERTERS.sub(value, route)


def scope_of(view) -> str | None:
    """The scope of the API that a view asks a token for."""
    scope = getattr(view, "scope", None)
    return scope and scope.code


ADDRESSES = ours()
NAMES = [route or "(home)" for route, _ in ADDRESSES]


@pytest.mark.one_database
@pytest.mark.parametrize(("route", "view"), ADDRESSES, ids=NAMES)
def test_every_view_states_a_permission(route, view):
    assert asked_by(view) in PERMISSIONS


@pytest.fixture
def people(anonymous, luren, aque, dapeng):
    """Nobody, a member, an operator, a moderator."""
    return {"anonymous": anonymous, "路人": luren, "阿鹊": aque, "大鹏": dapeng}


def ask(client: Client, method: str, address: str):
    """The answer to one request; an exception in a view is a failure, not an answer."""
    return getattr(client, method)(address, headers={"referer": "http://testserver/"})


@pytest.mark.parametrize(("route", "view"), ADDRESSES, ids=NAMES)
def test_each_person_gets_what_the_view_states(route, view, people, client_of, empty_store):
    code, address = asked_by(view), example(route)
    for (name, person), method in itertools.product(people.items(), ("get", "post")):
        status = ask(client_of(person), method, address).status_code
        told = f"{method} {address} by {name}: {status}"
        assert status < 500, told
        if scope_of(view):
            # A token opens these and nothing else does: whoever is logged in is as much a stranger.
            assert status in {401, 405}, told
        elif person.may(code):
            assert status < 400 or status in {400, 404, 405}, told
        elif person.is_authenticated:
            assert status == 403, told
        else:
            assert status == 302, told


def test_the_admin_is_for_administrators(people, client_of):
    for name, person in people.items():
        status = client_of(person).get("/admin/").status_code
        assert status == (403 if person.is_authenticated else 302), name


def test_a_view_without_a_mark_is_refused(rf, luren):
    from django.core.exceptions import PermissionDenied

    from lingyu.config.access import AccessMiddleware

    request = rf.get("/")
    request.user = luren
    with pytest.raises(PermissionDenied):
        AccessMiddleware(lambda r: None).process_view(request, lambda r: None, (), {})


@pytest.mark.one_database
def test_a_visitor_may_read_and_nothing_else(anonymous):
    assert [code for code in PERMISSIONS if anonymous.may(code)] == [PUBLIC]
