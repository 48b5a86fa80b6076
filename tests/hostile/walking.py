"""Walking the house: every page that one person can reach by links, a few of each kind.

Holds reading only. A kind of page is its route and the names in its query: the hundredth article
teaches nothing that the first two did not.
"""

from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from django.test import Client
from django.urls import Resolver404, resolve

from .corpus import FULL
from .inert import in_answer
from .pages import Form, Page

OF_A_KIND = 4 if FULL else 3
# A desk's page asks the event store, and says the same in every period.
OF_A_DESK = 2 if FULL else 1
MOST = 1_500
# The administration has its own forms, by Django; leaving is for the end.
SHUT = ("/admin/", "/static/", "/accounts/logout/", "/jsi18n/")


@dataclass
class Walk:
    """What one person saw: pages by address, forms, and what was wrong."""

    person: str
    pages: dict[str, int] = field(default_factory=dict)
    forms: list[Form] = field(default_factory=list)
    wrongs: list[str] = field(default_factory=list)


def route_of(address: str) -> str | None:
    """The route that an address is of, or None for one that leads nowhere."""
    try:
        return resolve(urlsplit(address).path).route
    except Resolver404:
        return None


def _kind(address: str) -> tuple:
    return route_of(address), tuple(sorted(parse_qs(urlsplit(address).query, keep_blank_values=True)))


def content_of(answer) -> bytes:
    """The body of an answer, streamed or not."""
    return answer.getvalue() if answer.streaming else answer.content


def walk(client: Client, person: str, seeds: list[str], of_a_kind: int = OF_A_KIND) -> Walk:
    """Follow links from `seeds` until there is nothing new of any kind."""
    seen, found = Counter(), Walk(person)
    waiting, known = list(seeds), set(seeds)
    while waiting and len(found.pages) < MOST:
        address = waiting.pop(0)
        kind = _kind(address)
        most = OF_A_DESK if address.startswith("/desk/") else of_a_kind
        if kind[0] is None or address.startswith(SHUT) or seen[kind] >= most:
            continue
        seen[kind] += 1
        for link in _visit(client, address, found):
            if link and link not in known:
                known.add(link)
                waiting.append(link)
    return found


def _visit(client: Client, address: str, found: Walk) -> list[str]:
    answer = client.get(address)
    found.pages[address] = answer.status_code
    content = content_of(answer)
    kind = answer.headers.get("Content-Type", "")
    told = f"GET {address} by {found.person}"
    if answer.status_code >= 500:
        found.wrongs.append(f"{told}: {answer.status_code} {exception_of(answer)}")
    found.wrongs += [f"{told}: {what}" for what in in_answer(kind, content)]
    if answer.status_code in {301, 302, 303}:
        return [Page(address, f'<a href="{answer.headers["Location"]}"></a>').links[0]]
    if not kind.startswith("text/html"):
        return []
    page = Page(address, content.decode())
    found.forms += page.forms
    return [link.partition("#")[0] for link in page.links if link]


def exception_of(answer) -> str:
    """What was raised in a view, if anything."""
    raised = getattr(answer, "exc_info", None)
    return repr(raised[1])[:300] if raised else ""
