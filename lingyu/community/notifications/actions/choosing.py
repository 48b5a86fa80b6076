"""Choosing: which kinds reach a member by which channel, and how often a digest comes."""

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lingyu.community.accounts.models import Member
from lingyu.store.outbox import record

from ..events import PreferencesChanged, Unsubscribed
from ..kinds import KINDS
from ..models import Preference, Rhythm


@transaction.atomic
def choose(*, actor: Member, wishes: Mapping[tuple[str, str], bool], at: datetime | None = None) -> int:
    """Set what `actor` wants, by (kind, channel); how many changed. ValidationError for unknown ones."""
    unknown = [k for k in wishes if k[0] not in KINDS or k[1] not in Preference.Channel.values]
    if unknown:
        raise ValidationError(_("There is no such kind of notification."))
    at = at or timezone.now()
    changed = 0
    for (kind, channel), wanted in wishes.items():
        standing = Preference.objects.filter(member=actor, kind=kind, channel=channel).first()
        before = standing.wanted if standing else getattr(KINDS[kind], channel)
        if before == wanted:
            continue
        Preference.objects.update_or_create(
            member=actor, kind=kind, channel=channel, defaults={"wanted": wanted, "at": at}
        )
        changed += 1
    if changed:
        record(PreferencesChanged(occurred_at=at, person=actor.key, actor=actor.key))
    return changed


@transaction.atomic
def set_rhythm(*, actor: Member, period: str, hour: int, at: datetime | None = None) -> bool:
    """Set how often the digest comes, and at which hour of the site's zone; False when it was so already."""
    if period not in Rhythm.Period.values or hour not in range(24):
        raise ValidationError(_("Choose how often the mail comes, and an hour from 0 to 23."))
    standing = Rhythm.of(actor)
    if (standing.period, standing.hour) == (period, hour):
        return False
    at = at or timezone.now()
    Rhythm.objects.update_or_create(member=actor, defaults={"period": period, "hour": hour, "at": at})
    record(PreferencesChanged(occurred_at=at, person=actor.key, actor=actor.key))
    return True


@transaction.atomic
def unsubscribe(*, member: Member, at: datetime | None = None) -> bool:
    """End the digest, by the link in it: whoever holds the mail may. False when it had ended."""
    standing = Rhythm.of(member)
    if standing.period == Rhythm.Period.OFF:
        return False
    at = at or timezone.now()
    Rhythm.objects.update_or_create(
        member=member, defaults={"period": Rhythm.Period.OFF, "hour": standing.hour, "at": at}
    )
    record(Unsubscribed(occurred_at=at, person=member.key))
    return True
