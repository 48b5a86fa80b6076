"""Stays in groups: one begins, is given a role, ends."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lingyu.community.accounts.models import Member
from lingyu.kernel.ids import fact_id
from lingyu.store.outbox import record

from ..events import GroupJoined, GroupLeft, RoleChanged
from ..models import Group, Membership, Participant, Sample


def participant(*, source: str, key: str, name: str = "", member: Member | None = None) -> Participant:
    """Who a source calls `key`; its newest name is kept."""
    id = fact_id("participant", source, key)
    found, made = Participant.objects.get_or_create(
        id=id, defaults={"source": source, "key": key, "name": name[:80], "member": member}
    )
    if not made and name and found.name != name[:80]:
        found.name = name[:80]
        found.save(update_fields=["name"])
    return found


@transaction.atomic
def join(
    *,
    actor: Member | None,
    group: Group,
    who: Participant,
    at: datetime,
    known: bool = True,
    role: str = Membership.Role.MEMBER,
) -> Membership:
    """Note that a stay began; one that lasts is left as it is, but for a beginning that is told only now."""
    standing = Membership.objects.filter(group=group, participant=who).present().first()
    if standing:
        if known and not standing.joined_known and at <= standing.joined_at:
            Membership.objects.filter(id=standing.id).update(joined_at=at, joined_known=True)
            standing.refresh_from_db()
        return standing
    made = Membership.objects.create(
        id=fact_id("stay", str(group.id), str(who.id), at.isoformat()),
        group=group,
        participant=who,
        role=role,
        joined_at=at,
        joined_known=known,
    )
    record(joined(made, actor))
    return made


@transaction.atomic
def began_earlier(*, actor: Member | None, stay: Membership, at: datetime) -> bool:
    """Put the beginning of a stay back that is only known by a message, when an earlier one comes in.

    The fact keeps the moment that was known first; the rows have the better one.
    """
    rows = Membership.objects.filter(id=stay.id, joined_known=False, joined_at__gt=at)
    moved = bool(rows.update(joined_at=at))
    if moved:
        stay.joined_at = at
    return moved


def joined(stay: Membership, actor: Member | None) -> GroupJoined:
    """The fact of a stay that began."""
    return GroupJoined(
        id=fact_id("user.group_joined", str(stay.id)),
        occurred_at=stay.joined_at,
        person=stay.participant.person,
        actor=actor.key if actor else None,
        group=stay.group_id,
        counted=stay.counts,
        known=stay.joined_known,
    )


@transaction.atomic
def leave(*, actor: Member | None, group: Group, who: Participant, at: datetime, how: str) -> bool:
    """Note that a stay ended; False when there was none, or it began later."""
    if how not in Membership.How.values:
        raise ValidationError(_("A stay ends by quitting, removal, or in a way that is not known."))
    rows = Membership.objects.filter(group=group, participant=who, joined_at__lte=at).present()
    stay = rows.select_for_update(of=("self",)).first()
    if stay is None or not rows.filter(id=stay.id).update(left_at=at, how=how):
        return False
    record(
        GroupLeft(
            id=fact_id("user.group_left", str(stay.id)),
            occurred_at=at,
            person=who.person,
            actor=actor.key if actor else None,
            group=group.id,
            counted=stay.counts,
            how=how,
            stay=(at - stay.joined_at).days,
        )
    )
    return True


@transaction.atomic
def change_role(*, actor: Member, stay: Membership, role: str, at: datetime | None = None) -> bool:
    """Say what somebody is in a group; False when they were that already."""
    if role not in Membership.Role.values:
        raise ValidationError(_("There is no such role."))
    if not Membership.objects.filter(id=stay.id).exclude(role=role).update(role=role):
        return False
    record(
        RoleChanged(
            occurred_at=at or timezone.now(),
            person=stay.participant.person,
            actor=actor.key,
            group=stay.group_id,
            role=role,
        )
    )
    return True


@transaction.atomic
def link_member(*, actor: Member, who: Participant, member: Member | None) -> bool:
    """Say which account is theirs; facts from now on name it. False when that was so already."""
    changed = Participant.objects.filter(id=who.id).exclude(member=member).update(member=member)
    return bool(changed)


@transaction.atomic
def forget_person(*, actor: Member | None, member: str) -> int:
    """Let go of the names and the words of whoever was erased; how many participants that were."""
    those = Participant.objects.filter(member=member)
    Sample.objects.filter(message__participant__in=those).update(words="")
    return those.update(name="")
