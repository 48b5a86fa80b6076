"""Groups: entered, set up, aimed, closed."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lingyu.community.accounts.models import Member
from lingyu.community.articles.models import Column
from lingyu.kernel.metrics import METRICS, Count
from lingyu.kernel.text import one_line
from lingyu.store.outbox import record

from ..events import GroupChanged, GroupClosed, GroupOpened, TargetSet
from ..models import Group, Sample, Target

LONGEST_GOAL = 90


@transaction.atomic
def open_group(
    *,
    actor: Member | None,
    name: str,
    kind: str,
    key: str = "",
    column: str = "",
    owner: Member | None = None,
    at: datetime | None = None,
) -> Group:
    """Enter a group. ValidationError for a name or a source's key that there is already, or no such
    column.
    """
    name = one_line(name)[:80]
    if not name:
        raise ValidationError({"name": _("The group needs a name.")})
    if kind not in Group.Kind.values:
        raise ValidationError({"kind": _("There is no such kind of group.")})
    if column and (kind != Group.Kind.FORUM or not Column.objects.filter(slug=column).exists()):
        raise ValidationError({"column": _("A forum section is fed by one of the site's columns.")})
    if Group.objects.filter(name=name).exists():
        raise ValidationError({"name": _("There is a group of this name.")})
    if key and Group.objects.filter(kind=kind, key=key).exists():
        raise ValidationError({"key": _("This group has been entered already.")})
    made = Group.objects.create(
        name=name, kind=kind, key=key, column=column, owner=owner, opened_at=at or timezone.now()
    )
    record(GroupOpened(occurred_at=made.opened_at, actor=_key(actor), group=made.id, kind=kind))
    return made


@transaction.atomic
def standing_group(*, actor: Member | None, kind: str, key: str, name: str, at: datetime) -> Group:
    """The group that a source calls `key`; entered when it is met for the first time."""
    found = Group.objects.filter(kind=kind, key=key).first()
    if found:
        return found
    taken = Group.objects.filter(name=name).exists()
    return open_group(actor=actor, name=f"{name} · {key}" if taken else name, kind=kind, key=key, at=at)


@transaction.atomic
def set_owner(*, actor: Member, group: Group, owner: Member | None, at: datetime | None = None) -> Group:
    """Say who looks after a group."""
    return _change(group, actor, at, owner=owner)


@transaction.atomic
def set_moderators(
    *, actor: Member, group: Group, moderators: Iterable[Member], at: datetime | None = None
) -> Group:
    """Say who moderates it."""
    group.moderators.set(moderators)
    return _change(group, actor, at)


@transaction.atomic
def set_goal(*, actor: Member, group: Group, goal: str, days: int, at: datetime | None = None) -> Group:
    """Say by which metric's facts members are converted, and within how many days; "" for none."""
    if goal and not isinstance(METRICS.get(goal), Count):
        raise ValidationError({"goal": _("A goal is a metric that counts what people do.")})
    if not 1 <= days <= LONGEST_GOAL:
        raise ValidationError({"days": _("From 1 to %(most)d days.") % {"most": LONGEST_GOAL}})
    return _change(group, actor, at, goal=goal, goal_days=days)


@transaction.atomic
def set_sampling(*, actor: Member, group: Group, allowed: bool, at: datetime | None = None) -> Group:
    """Say whether words of a sample may be kept; what was kept goes with the permission."""
    at = at or timezone.now()
    if not allowed:
        Sample.objects.filter(message__group=group).update(words="")
    return _change(
        group, actor, at, sampled_by=actor if allowed else None, sampled_at=at if allowed else None
    )


@transaction.atomic
def set_target(
    *, actor: Member, group: Group, kpi: str, value: Decimal, at: datetime | None = None
) -> Target:
    """Say what a group should reach from now on: a share of 0 to 1."""
    if kpi not in Target.Kpi.values or not 0 <= value <= 1:
        raise ValidationError({"value": _("A share from 0 to 100 %.")})
    made = Target.objects.create(group=group, kpi=kpi, value=value, at=at or timezone.now(), by=actor)
    record(
        TargetSet(
            occurred_at=made.at, actor=_key(actor), group=group.id, kpi=kpi, target=round(value * 10_000)
        )
    )
    return made


@transaction.atomic
def close_group(*, actor: Member, group: Group, at: datetime | None = None) -> bool:
    """Close a group; False when it was closed before."""
    at = at or timezone.now()
    if not Group.objects.filter(id=group.id, closed_at__isnull=True).update(closed_at=at):
        return False
    record(GroupClosed(occurred_at=at, actor=_key(actor), group=group.id))
    return True


def _change(group: Group, actor: Member | None, at: datetime | None, **values) -> Group:
    for name, value in values.items():
        setattr(group, name, value)
    if values:
        group.save(update_fields=list(values))
    record(GroupChanged(occurred_at=at or timezone.now(), actor=_key(actor), group=group.id))
    return group


def _key(actor: Member | None) -> str | None:
    return actor.key if actor else None
