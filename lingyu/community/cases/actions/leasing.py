"""Giving a case to one moderator at a time, with a token that tells an old lease from the present one."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lingyu.community.accounts.models import Member

from ..models import Case, Decision, Lease, Ruling
from ..weighing.deadlines import LEASE


@transaction.atomic
def take(*, actor: Member, case: Case, at: datetime | None = None) -> Lease:
    """Take a case for `LEASE`, or hold one's own longer. ValidationError while another looks at it.

    The token grows when the holder changes or the lease had run out, and only then.
    """
    at = at or timezone.now()
    # Of two who take it at once the second waits here, and finds the first one's lease.
    held = Case.objects.select_for_update().get(id=case.id)
    if held.closed_at:
        raise ValidationError(_("This case has been decided meanwhile."))
    if held.member_id == actor.id:
        raise ValidationError(_("This case is about you. Somebody else decides it."))
    not_overturned(actor, held)
    lease = Lease.objects.filter(case=case).first()
    if lease and lease.until > at and lease.holder_id != actor.id:
        raise ValidationError(
            _("%(who)s is looking at this case."), params={"who": lease.holder.display_name}
        )
    if lease is None:
        return Lease.objects.create(case=case, holder=actor, token=1, since=at, until=at + LEASE)
    if lease.until <= at or lease.holder_id != actor.id:
        lease.holder, lease.token, lease.since = actor, lease.token + 1, at
    lease.until = at + LEASE
    lease.save(update_fields=["holder", "token", "since", "until"])
    return lease


def take_next(*, actor: Member, at: datetime | None = None) -> Lease | None:
    """Take the most pressing case that is free and not about `actor`; None when there is none."""
    at = at or timezone.now()
    free = Case.objects.open().free(at).exclude(member=actor).ranked()
    for case in free[:20]:
        try:
            return take(actor=actor, case=case, at=at)
        except ValidationError:
            # Another was quicker: the next one.
            continue
    return None


def not_overturned(actor: Member, case: Case) -> None:
    """ValidationError when an appeal was won against how `actor` decided about the same subject before."""
    lost = {"appeals__ruling__outcome": Ruling.Outcome.OVERTURNED}
    if Decision.objects.filter(case__subject=case.subject, by=actor, **lost).exists():
        raise ValidationError(
            _("An appeal was won against your decision about this. Somebody else decides it now.")
        )


@transaction.atomic
def give_back(*, actor: Member, case: Case, at: datetime | None = None) -> bool:
    """Let others take a case that one holds; False when one does not hold it."""
    at = at or timezone.now()
    return bool(Lease.objects.filter(case=case, holder=actor, until__gt=at).update(until=at))
