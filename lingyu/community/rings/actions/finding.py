"""Looking for rings, and keeping those that are new."""

from dataclasses import asdict
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from lingyu.community.accounts.models import Member
from lingyu.store.outbox import record

from ..events import RingFound
from ..gathering import gathered
from ..graph import Cluster
from ..models import Belonging, Ring

# Edges of one ring that are kept; clusters of one run.
EDGES, MOST = 500, 200


def find_rings(*, actor: Member | None, at: datetime | None = None) -> int:
    """Keep the clusters that nobody has been shown yet; how many are new.

    One whose members were all in a ring that a person has dismissed is not shown again; one that has
    grown replaces the smaller one that still waits.
    """
    at = at or timezone.now()
    return sum(_keep(cluster, at) for cluster in gathered(at).clusters()[:MOST])


@transaction.atomic
def _keep(cluster: Cluster, at: datetime) -> bool:
    members = [UUID(m) for m in cluster.members]
    key = sha256("|".join(cluster.members).encode()).hexdigest()
    if Ring.objects.filter(key=key).exists() or _known(members):
        return False
    Ring.objects.waiting().filter(belongings__member__in=members).distinct().delete()
    strongest = sorted(cluster.edges, key=lambda e: -e.score)[:EDGES]
    ring = Ring.objects.create(
        key=key,
        score=cluster.score,
        size=len(members),
        edges=[
            {
                "one": e.one,
                "other": e.other,
                "score": round(e.score, 4),
                "signs": [_sign(s) for s in e.signs[:20]],
            }
            for e in strongest
        ],
        found_at=at,
    )
    Belonging.objects.bulk_create(Belonging(ring=ring, member_id=m) for m in members)
    record(RingFound(occurred_at=at, person=None, actor=None, ring=ring.id, size=ring.size))
    return True


def _known(members: list[UUID]) -> bool:
    """Whether a ring that was answered holds all of them."""
    for ring in Ring.objects.answered().filter(belongings__member=members[0]):
        if set(members) <= set(ring.belongings.values_list("member", flat=True)):
            return True
    return False


def _sign(sign) -> dict:
    return asdict(sign) | {"values": dict(sign.values)}
