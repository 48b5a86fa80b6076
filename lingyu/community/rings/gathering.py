"""Signs between accounts, read from what the rooms keep: texts, links and contacts, browsers, feathers.

Holds reads only. It looks at a bounded number of the latest rows, so that a flood costs no more.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from itertools import combinations
from uuid import UUID

from lingyu.community.accounts.models import Member
from lingyu.community.pact.models import Screening
from lingyu.community.pact.screening.normalise import Views
from lingyu.community.pact.screening.rules import contacts, links
from lingyu.community.pact.screening.steps import Post, Scene
from lingyu.community.sharing.linking import mailbox
from lingyu.community.sharing.models import Arrival, Invitation, Trace

from .cycles import circles
from .graph import Graph, Sign
from .nearness import near_pairs

SPAN = timedelta(days=7)
TEXTS, ROWS = 20_000, 50_000
# What more accounts than this share is no sign of anything: an office's connection, a news site.
COMMON = 12
# A text of fewer characters is a phrase that many use: it says the less, the shorter it is.
TELLING = 20
# From that likeness on a sign is full: two texts that know nothing of one another are not half as like.
FULL = 0.7
BURST, YOUNG = timedelta(minutes=30), timedelta(days=7)
# Of what the screening takes for contact details, what somebody is reached by.
_HANDLE = re.compile(r"[a-z0-9][a-z0-9_-]{4,}")
READ = 5_000


def gathered(now: datetime) -> Graph:
    """Everything that speaks for accounts acting together in the last `SPAN`."""
    graph = Graph()
    posts = list(_posts(now))
    near_texts(graph, posts)
    _tokens(graph, posts, _domains, "domain")
    _tokens(graph, posts, _handles, "contact")
    _traces(graph, now)
    _mailboxes(graph, now)
    _feathers(graph, now)
    _young(graph, now)
    return graph


def _posts(now: datetime) -> Iterable[tuple[str, str, datetime]]:
    """(member, text, when) of what was written lately."""
    lately = Screening.objects.filter(at__gt=now - SPAN, at__lte=now).exclude(text="").order_by("-at")
    for member, text, at in lately.values_list("member", "text", "at")[:TEXTS]:
        yield str(member), text, at


def near_texts(graph: Graph, posts: list) -> None:
    """Signs between the authors of like texts, and of those that came within minutes of one another."""
    numbered = dict(enumerate(posts))
    for near in near_pairs([(n, text) for n, (_member, text, _at) in numbered.items()]):
        (one, text, first), (other, _text, second) = numbered[near.one], numbered[near.other]
        told = (("percent", f"{near.likeness:.0%}"), ("evidence", text[:60]))
        fullness = min(1.0, near.likeness / FULL) * min(1.0, near.length / TELLING)
        graph.add(one, other, Sign("text", fullness, told))
        if (apart := abs(first - second)) <= BURST:
            graph.add(
                one, other, Sign("burst", 1.0, (("minutes", max(1, round(apart.total_seconds() / 60))),))
            )


def _tokens(graph: Graph, posts: list, read: Callable[[str], set[str]], code: str) -> None:
    users = defaultdict(set)
    for member, text, _at in posts:
        for token in read(text[:READ]):
            users[token].add(member)
    _shared(graph, users, code)


def _domains(text: str) -> set[str]:
    """The registrable domains that a text links to, as the screening reads them."""
    return {link.domain for link in links.links(Views(text).clean)}


def _handles(text: str) -> set[str]:
    """Names and numbers by which a text wants its writer to be reached, in whatever disguise."""
    scene = Scene(Post(text), {"text": Views(text)})
    found = (Views(scene.evidence(signal)).compact.text for signal in contacts.find(scene))
    return {handle[0] for evidence in found if (handle := _HANDLE.search(evidence))}


def _shared(graph: Graph, users: dict, code: str, *, told: bool = True) -> None:
    """A sign between all who share a value that few have; the fewer, the fuller."""
    for value, members in users.items():
        if 2 <= len(members) <= COMMON:
            values = (("value", value),) if told else ()
            for one, other in combinations(sorted(members), 2):
                graph.add(one, other, Sign(code, 1 - (len(members) - 2) / (2 * COMMON), values))


def _traces(graph: Graph, now: datetime) -> None:
    for kind in ("browser", "device"):
        users = defaultdict(set)
        rows = Trace.objects.filter(kind=kind).values_list("value", "member")
        for value, member in rows.order_by("-id")[:ROWS]:
            users[value].add(str(member))
        # The value is a keyed hash: it says nothing to a person.
        _shared(graph, users, kind, told=False)


def _mailboxes(graph: Graph, now: datetime) -> None:
    users = defaultdict(set)
    rows = Member.objects.active().exclude(email="").order_by("-joined_at").values_list("id", "email")
    for member, address in rows[:ROWS]:
        users[mailbox(address)].add(str(member))
    users.pop("", None)
    _shared(graph, users, "mailbox", told=False)


def _feathers(graph: Graph, now: datetime) -> None:
    arrows: dict[tuple[str, str], int] = defaultdict(int)
    reads = Arrival.objects.qualified().filter(member__isnull=False, qualified_at__gt=now - 4 * SPAN)
    for sharer, reader in reads.order_by("-id").values_list("link__member", "member")[:ROWS]:
        arrows[str(sharer), str(reader)] += 1
    for inviter, invitee in Invitation.objects.order_by("-id").values_list("inviter", "invitee")[:ROWS]:
        arrows[str(inviter), str(invitee)] += 1
        graph.add(str(inviter), str(invitee), Sign("invited"))
    for way, share in circles((one, other, times) for (one, other), times in arrows.items()):
        names = _names(way)
        told = (("way", " → ".join(names.get(m, m) for m in (*way, way[0]))),)
        for one, other in combinations(way, 2):
            graph.add(one, other, Sign("cycle", share, told))


def _names(members: Iterable[str]) -> dict[str, str]:
    rows = Member.objects.filter(id__in=[UUID(m) for m in members])
    return {str(row.id): row.display_name for row in rows}


def _young(graph: Graph, now: datetime) -> None:
    """Youth makes other signs fuller, and is none by itself."""
    known = {m for pair in graph.edges for m in pair}
    young = {
        str(id)
        for id in Member.objects.filter(id__in=known, joined_at__gt=now - YOUNG).values_list("id", flat=True)
    }
    for edge in graph.edges.values():
        if edge.one in young and edge.other in young:
            edge.signs.append(Sign("young"))
