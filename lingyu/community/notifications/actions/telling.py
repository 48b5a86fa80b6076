"""Telling members: one row for each thing and member, for ever."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from lingyu.community.accounts.models import Member
from lingyu.kernel.ids import fact_id

from ..kinds import Kind
from ..models import Notification, Preference

BATCH = 500


def tell(*, member: UUID | str, kind: Kind, key: str, at: datetime, **about) -> bool:
    """Tell one member of one thing; False when they were told before, want no such thing, or are gone.

    `key` is what happened (an event's id, or its natural key): with the member and the kind it makes the
    notification unique for ever. `about` as for `tell_many`.
    """
    return tell_many(members=[member], kind=kind, key=key, at=at, **about) == 1


@transaction.atomic
def tell_many(
    *,
    members: Iterable[UUID | str],
    kind: Kind,
    key: str,
    at: datetime,
    group: str = "",
    by: UUID | str | None = None,
    article: UUID | None = None,
    comment: UUID | None = None,
    feathers: int = 0,
    details: dict | None = None,
) -> int:
    """Tell several members of the same thing; how many of them were told now.

    Nobody is told of what they did themselves. `group`: those of the same kind and group are shown as one.
    """
    ids = [str(m) for m in members if str(m) != str(by)]
    told = 0
    for start in range(0, len(ids), BATCH):
        there = list(
            Member.objects.active().filter(id__in=ids[start : start + BATCH]).values_list("id", flat=True)
        )
        wishes = _wishes(there, kind)
        rows = [
            Notification(
                id=fact_id("notification", kind.code, str(member), key),
                member_id=member,
                kind=kind.code,
                group=f"{kind.code}|{group or key}"[:120],
                by_id=by,
                article=article,
                comment=comment,
                feathers=feathers,
                details=details or {},
                at=at,
                here=wishes[member][0],
                mail=wishes[member][1],
            )
            for member in there
            if any(wishes[member])
        ]
        known = set(Notification.objects.filter(id__in=[r.id for r in rows]).values_list("id", flat=True))
        fresh = [r for r in rows if r.id not in known]
        # Two deliveries at once: the second finds the row there, and leaves it.
        Notification.objects.bulk_create(fresh, ignore_conflicts=True)
        told += len(fresh)
    return told


def _wishes(members: list[UUID], kind: Kind) -> dict[UUID, tuple[bool, bool]]:
    """(on the site, by mail) for each member."""
    here, mail = Preference.Channel.HERE, Preference.Channel.MAIL
    found = {member: {here: kind.here, mail: kind.mail} for member in members}
    for wish in Preference.objects.filter(member__in=members, kind=kind.code):
        found[wish.member_id][wish.channel] = wish.wanted
    return {member: (wish[here], wish[mail]) for member, wish in found.items()}


@transaction.atomic
def forget(*, member: UUID | str) -> int:
    """Take an erased member out of what others were told; how many rows named them."""
    return Notification.objects.filter(by=member).update(by=None)
