"""Anchoring: the heads of all accounts sealed in one chain, and a look at whether things add up.

Holds what jobs do in the background.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from lingyu.store.outbox import record

from ..chain import anchor_digest
from ..events import LedgerDrifted
from ..models import Account, Anchor, Drift
from ..verify import faults_of, totals_fault

BATCH = 5_000


@transaction.atomic
def seal(*, at: datetime) -> int:
    """Anchor the accounts that moved since the last anchor; how many they were."""
    before = Anchor.objects.select_for_update().order_by("-id").first()
    moved = Account.objects.filter(version__gt=F("sealed")).order_by("id")
    heads = {
        str(id): [version, head] for id, version, head in moved.values_list("id", "version", "head")[:BATCH]
    }
    if not heads:
        return 0
    digest = anchor_digest(before.digest if before else "", at, heads)
    Anchor.objects.create(at=at, heads=heads, digest=digest)
    for id, (version, _head) in heads.items():
        Account.objects.filter(id=id).update(sealed=version)
    return len(heads)


@transaction.atomic
def check_sample(*, at: datetime, size: int = 50) -> list[str]:
    """Check some accounts drawn by chance, and the sum of all; what is wrong is kept as a Drift."""
    accounts = list(Account.objects.order_by("?")[:size])
    found = [fault for account in accounts for fault in faults_of(account)]
    if fault := totals_fault():
        found.append(fault)
    for what in found:
        if not Drift.objects.filter(what=what[:300]).exists():
            Drift.objects.create(at=at, what=what[:300])
            record(LedgerDrifted(occurred_at=at, reason=what[:300]))
    return found
