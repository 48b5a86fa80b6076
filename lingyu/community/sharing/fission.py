"""The fission tree: who shared, whom that brought, who of them joined, and what they shared in turn.

Holds reading only. Members are the nodes, invitations the edges; generation 0 is the member whom
nobody invited. K of a generation is how many members each of its members brought into the next one
(Leskovec, Adamic & Huberman, The Dynamics of Viral Marketing, 2007, count recommendations so).
"""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce

from lingyu.community.accounts.models import Member
from lingyu.community.articles.models import Article

from .linking import BOT
from .models import Arrival, Invitation, ShareLink


@dataclass(frozen=True)
class Node:
    """One member of a tree: by whom they came, and what their links brought. `state` is "" for the root."""

    member: UUID
    inviter: UUID | None
    generation: int
    state: str
    links: int = 0
    arrivals: int = 0
    readers: int = 0


@dataclass(frozen=True)
class Generation:
    """Everybody at one distance from their root. `joined` and `active` are those they brought."""

    number: int
    members: int
    links: int
    arrivals: int
    readers: int
    joined: int
    active: int

    @property
    def k(self) -> float | None:
        """Members brought for each member; None when there are none."""
        return self.joined / self.members if self.members else None


def root_of(member: Member) -> UUID:
    """The member at the head of the tree in which `member` stands."""
    before = Invitation.objects.filter(invitee=member).values_list("root", flat=True).first()
    return before or member.id


def tree(root: Member) -> list[Node]:
    """A root and all who came by it, generation by generation, the earlier ones first."""
    edges = list(Invitation.objects.filter(root=root).order_by("generation", "at", "id"))
    links, arrivals, readers = _brought(_within(root), "member")
    nodes = [Node(root.id, None, 0, "")]
    nodes += [Node(e.invitee_id, e.inviter_id, e.generation, e.state) for e in edges]
    return [
        Node(
            n.member, n.inviter, n.generation, n.state, links[n.member], arrivals[n.member], readers[n.member]
        )
        for n in nodes
    ]


def generations(root: Member | None = None) -> list[Generation]:
    """The generations of one tree, or of all: there, generation 0 are the uninvited who made a link."""
    within = _within(root)
    links, arrivals, readers = _brought(within, "generation")
    edges = Invitation.objects.filter(root=root) if root else Invitation.objects.all()
    counted = Count("id", filter=Q(active_at__isnull=False, dismissed_at__isnull=True))
    told = edges.values("generation").annotate(joined=Count("id"), active=counted)
    brought = {row["generation"]: (row["joined"], row["active"]) for row in told}
    first = 1 if root else _first_ones()
    return [
        Generation(
            number=g,
            members=brought[g][0] if g else first,
            links=links[g],
            arrivals=arrivals[g],
            readers=readers[g],
            joined=brought.get(g + 1, (0, 0))[0],
            active=brought.get(g + 1, (0, 0))[1],
        )
        for g in range(max(brought, default=0) + 1)
    ]


def cascade(article: Article) -> list[tuple[int, int, int]]:
    """(depth, links, readers counted) of the links to one article: shared, shared again by a reader, …"""
    links = ShareLink.objects.filter(article=article).values("depth").annotate(n=Count("id"))
    read = Arrival.objects.qualified().filter(article=article).values("link__depth").annotate(n=Count("id"))
    readers = {row["link__depth"]: row["n"] for row in read}
    return [(row["depth"], row["n"], readers.get(row["depth"], 0)) for row in links.order_by("depth")]


def _within(root: Member | None) -> Q:
    return Q(member=root) | Q(member__invitation__root=root) if root else Q()


def _first_ones() -> int:
    uninvited = ShareLink.objects.filter(member__invitation__isnull=True)
    return uninvited.values("member").distinct().count()


def _brought(within: Q, by: str) -> list[dict]:
    """Links, arrivals and counted readers of the members within, by member or by generation."""
    made = ShareLink.objects.filter(within)
    came = Arrival.objects.filter(link__in=made.values("id")).exclude(dismissed_because=BOT)
    key = {"member": "member", "generation": "member__invitation__generation"}[by]
    found = []
    for rows, path in ((made, key), (came, f"link__{key}"), (came.qualified(), f"link__{key}")):
        counts: dict = defaultdict(int)
        # Who was not invited has no generation of their own: the first.
        named = rows.annotate(of=Coalesce(path, 0)) if by == "generation" else rows.annotate(of=F(path))
        for row in named.order_by().values("of").annotate(n=Count("id")):
            counts[row["of"]] += row["n"]
        found.append(counts)
    return found
