"""Anchoring: the heads of all accounts sealed in one chain, and a look at whether things add up.

Holds what jobs do in the background. None of it keeps a writer waiting for longer than one batch takes.
"""

from datetime import datetime

from django.db import IntegrityError, connection, transaction
from django.db.models import F

from lingyu.store.outbox import record
from lingyu.store.repeatable import repeatable

from ..chain import anchor_digest
from ..events import LedgerDrifted, LedgerSealed
from ..models import Account, Anchor, Drift
from ..sampling import sample
from ..verify import verify

BATCH = 5_000


def seal(*, at: datetime) -> int:
    """Anchor the accounts that moved since the last anchor; how many they were.

    Of two sealers at the same moment one does it: both make the anchor of the same number.
    """
    try:
        return repeatable(_seal)(at)
    except IntegrityError:
        return 0


def _seal(at: datetime) -> int:
    before = Anchor.objects.order_by("-id").first()
    moved = Account.objects.filter(version__gt=F("sealed")).order_by("id")
    if connection.features.has_select_for_update_skip_locked:
        # Whoever is posting holds a member's accounts and waits for the house's: waiting for them with other
        # accounts in hand would close the circle. What is left out is moved again, and sealed next time.
        moved = moved.select_for_update(skip_locked=True)
    found = list(moved.values_list("id", "version", "head")[:BATCH])
    if not found:
        return 0
    heads = {str(id): [version, head] for id, version, head in found}
    digest = anchor_digest(before.digest if before else "", at, heads)
    made = Anchor.objects.create(id=before.id + 1 if before else 1, at=at, heads=heads, digest=digest)
    for start in range(0, len(found), 500):
        ids = [id for id, _, _ in found[start : start + 500]]
        Account.objects.filter(id__in=ids).update(sealed=F("version"))
    record(LedgerSealed(occurred_at=at, anchor=made.id, digest=digest, accounts=len(heads)))
    return len(heads)


def check_sample(*, at: datetime, size: int = 50) -> list[str]:
    """Check members drawn by chance, their chains, lots and promises, and the sum of all balances.

    What is wrong is kept as a Drift, and told as a fact. Looks without a transaction, so that nobody waits.
    """
    return _keep(sample(size), at)


def check_all(*, at: datetime) -> list[str]:
    """Check everything from the first entry on, as `lingyu verify-ledger` does; what is wrong is kept."""
    return _keep(verify().faults, at)


def _keep(faults: list[str], at: datetime) -> list[str]:
    for what in (fault[:300] for fault in faults):
        with transaction.atomic():
            if not Drift.objects.filter(what=what).exists():
                Drift.objects.create(at=at, what=what)
                record(LedgerDrifted(occurred_at=at, reason=what))
    return faults
