"""Traces: with which browsers a member is signed in, and what that shows about readers who are on hold.

Holds writes of traces, and the dismissal of readers and invitations that turn out to be one's own.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from lingyu.community.accounts.models import Member
from lingyu.community.feathers import actions as feathers
from lingyu.community.ledger.actions import together

from ..linking import BROWSER, DEVICE, MAIL, mailboxes, shared_sign
from ..models import Arrival, Invitation, Trace
from ..rewards import READER
from ..signals import Signals
from .arriving import business, note_dismissal
from .inviting import dismiss_invitation

# Rewards older than this are posted long since.
LATELY = timedelta(days=30)


@transaction.atomic
def note_trace(*, actor: Member, signals: Signals, at: datetime | None = None) -> bool:
    """Note that `actor` is signed in here; True when this browser or device is new for them."""
    at = at or timezone.now()
    if signals.bot:
        return False
    news = False
    for kind, value in (("browser", signals.browser), ("device", signals.device)):
        trace, new = Trace.objects.get_or_create(
            member=actor, kind=kind, value=value, defaults={"last_at": at}
        )
        if not new and trace.last_at < at - timedelta(hours=1):
            Trace.objects.filter(id=trace.id).update(last_at=at)
        news |= new
    if news:
        readers = [*_own_readers(actor, signals, at), *_as_reader(actor, signals, at)]
        invitations = list(_invitations(actor, signals))
        # Of several sharers at once: their wallets are opened in the one order that nobody waits in.
        together(*(a.link.member_id for a, _ in readers), *(i.inviter_id for i, _ in invitations))
        for arrival, why in readers:
            _decline(arrival, why, at)
        for invitation, sign in invitations:
            dismiss_invitation(invitation, sign, at)
    return news


def _own_readers(member: Member, signals: Signals, at: datetime) -> Iterator[tuple[Arrival, str]]:
    """Readers of the member's links who turn out to be the member."""
    held = _held(at).filter(link__member=member)
    for arrival in held.filter(browser=signals.browser):
        yield arrival, BROWSER
    for arrival in held.filter(device__in=signals.devices):
        yield arrival, DEVICE


def _as_reader(member: Member, signals: Signals, at: datetime) -> Iterator[tuple[Arrival, str]]:
    """Readers in this browser who turn out to be a member with the sharer's mailbox."""
    own = mailboxes(member)
    for arrival in _held(at).filter(browser=signals.browser).exclude(link__member=member):
        if own & mailboxes(arrival.link.member):
            yield arrival, MAIL


def _invitations(member: Member, signals: Signals) -> Iterator[tuple[Invitation, str]]:
    """Invitations between accounts that turn out to be used in one place."""
    values = (signals.browser, *signals.devices)
    others = Trace.objects.filter(value__in=values).exclude(member=member).values("member")
    between = Invitation.objects.between(member, others).filter(dismissed_at__isnull=True)
    for invitation in between.select_related("inviter", "invitee"):
        if sign := shared_sign(invitation.inviter, invitation.invitee):
            yield invitation, sign


def _held(at: datetime):
    lately = Arrival.objects.qualified().filter(qualified_at__gt=at - LATELY)
    return lately.select_related("link__member", "link__article")


def _decline(arrival: Arrival, why: str, at: datetime) -> None:
    """Break the promise for one reader, when it is one still; what has been posted stays."""
    declined = feathers.decline(
        actor=None, member=arrival.link.member, rule=READER, why=why, at=at, **business(arrival)
    )
    still = Arrival.objects.qualified().filter(id=arrival.id)
    if declined and still.update(dismissed_at=at, dismissed_because=why):
        note_dismissal(arrival, why, None, at)
