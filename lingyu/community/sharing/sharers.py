"""Sharers: members who shared or were brought, each with by whom, and what their links came to.

Holds reading only; `fission` adds the same up by generations. Programs that follow links are not arrivals.
"""

from uuid import UUID

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from lingyu.community.accounts.models import Member
from lingyu.community.feathers.models import Receipt

from .linking import BOT
from .models import Arrival, Invitation, ShareLink
from .rewards import FRIEND, READER

# Of a long line of inviters so many are named; the root is known beside it.
NAMED = 12


def sharers() -> QuerySet[Member]:
    """Who made a link or came by one, with what that led to.

    `links`, `arrivals`, counted `readers`, friends who `joined`, those of them who are `active`, and
    `feathers`: promised and granted for readers and friends, without promises that were broken.
    """
    made = ShareLink.objects.filter(member=OuterRef("pk"))
    came = Arrival.objects.filter(link__member=OuterRef("pk")).exclude(dismissed_because=BOT)
    brought = Invitation.objects.filter(inviter=OuterRef("pk"))
    active = brought.filter(active_at__isnull=False, dismissed_at__isnull=True)
    earned = Receipt.objects.filter(member=OuterRef("pk"), cause__in=[READER.code, FRIEND.code])
    invited = Invitation.objects.filter(invitee=OuterRef("pk"))
    return (
        Member.objects.filter(Exists(made) | Exists(invited))
        .select_related("invitation__inviter")
        .annotate(
            links=_one(made, "member", Count("id")),
            arrivals=_one(came, "link__member", Count("id")),
            readers=_one(came.qualified(), "link__member", Count("id")),
            joined=_one(brought, "inviter", Count("id")),
            active=_one(active, "inviter", Count("id")),
            feathers=_one(earned, "member", Sum("counts")),
        )
    )


def in_tree(root: UUID) -> QuerySet[Member]:
    """Sharers of one tree, generation by generation, the earlier ones first."""
    rows = sharers().filter(Q(pk=root) | Q(invitation__root=root))
    return rows.order_by(Coalesce("invitation__generation", 0), "invitation__at", "id")


def line_of(member: Member) -> list[Member]:
    """By whom a member came, by whom these, and so on: the nearest `NAMED` of them, the nearest first."""
    found: list[Member] = []
    here: UUID | None = member.id
    while here and len(found) < NAMED:
        edge = Invitation.objects.filter(invitee=here).select_related("inviter").first()
        found += [edge.inviter] if edge else []
        here = edge and edge.inviter_id
    return found


def _one(rows: QuerySet, of: str, figure) -> Coalesce:
    counted = rows.order_by().values(of).annotate(figure=figure).values("figure")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
