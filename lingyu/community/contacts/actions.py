"""The only writers of the contacts: set the terms, claim a message to a member."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lingyu.community.accounts.models import Member
from lingyu.kernel.ids import fact_id
from lingyu.store.outbox import record

from .events import MemberContacted, TermsSet
from .models import WEEK, Contact, Terms

MOST = 50


@transaction.atomic
def set_terms(
    *,
    actor: Member,
    per_week: int,
    quiet_from: int,
    quiet_to: int,
    held_out: int,
    at: datetime | None = None,
) -> Terms:
    """Bring new terms into force for all desks. ValidationError for what makes no sense."""
    if not 1 <= per_week <= MOST:
        raise ValidationError({"per_week": _("From 1 to %(most)d messages in seven days.") % {"most": MOST}})
    if not (0 <= quiet_from < 24 and 0 <= quiet_to < 24):
        raise ValidationError({"quiet_from": _("Hours go from 0 to 23.")})
    if not 0 <= held_out <= MOST:
        raise ValidationError({"held_out": _("From 0 to %(most)d per cent.") % {"most": MOST}})
    made = Terms.objects.create(
        per_week=per_week,
        quiet_from=quiet_from,
        quiet_to=quiet_to,
        held_out=held_out,
        at=at or timezone.now(),
        by=actor,
    )
    record(TermsSet(occurred_at=made.at, actor=actor.key, per_week=per_week))
    return made


@transaction.atomic
def claim(*, member: Member, channel: str, purpose: str, key: str, now: datetime) -> datetime | None:
    """Claim one message to a member; None when it may go out now, else from when on to try again.

    The same purpose and key again is the same message, and may go out. Whoever claims sends in the same
    transaction, or notes beside it that it will be sent.
    """
    # Two desks at once wait for one another at the member's row.
    Member.objects.select_for_update(of=("self",)).filter(id=member.id).first()
    id = fact_id("contact", purpose, key, member.key)
    if Contact.objects.filter(id=id).exists():
        return None
    terms = Terms.standing()
    if quiet := terms.quiet_until(now):
        return quiet
    lately = list(Contact.objects.filter(member=member).lately(now).values_list("at", flat=True))
    if len(lately) >= terms.per_week:
        return lately[len(lately) - terms.per_week] + WEEK
    Contact.objects.create(id=id, member=member, channel=channel, purpose=purpose, at=now)
    record(
        MemberContacted(
            id=fact_id("contacts.contacted", str(id)),
            occurred_at=now,
            person=member.key,
            channel=channel,
            purpose=purpose,
        )
    )
    return None
