"""Inviting: a newcomer who came by a link has one inviter, who is rewarded once the newcomer takes part.

Holds writes of invitations.
"""

from datetime import datetime, timedelta
from uuid import UUID

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from lingyu.community.accounts.models import Member
from lingyu.community.articles.models import Reading
from lingyu.community.feathers import actions as feathers
from lingyu.store.outbox import record
from lingyu.store.repeatable import repeatable

from ..events import InvitedActive, InvitedDismissed, InvitedJoined
from ..linking import second_account, shared_sign, sign_between
from ..models import Arrival, Invitation
from ..rewards import FRIEND
from ..signals import Signals
from .arriving import PROGRAM

# Who signs up so long after coming by a link still came by it.
REMEMBERED = timedelta(days=30)
ARTICLES, DAYS = 3, 2


@repeatable
def accept_invitation(*, actor: Member, signals: Signals, at: datetime | None = None) -> Invitation | None:
    """Tie a new member to whose link last brought this browser here; None when none did.

    To be called as the member signs up, and at no other time: whoever is a member has no inviter.
    """
    at = at or timezone.now()
    came = Arrival.objects.filter(member__isnull=True, browser=signals.browser, last_at__gt=at - REMEMBERED)
    came = came.exclude(browser=PROGRAM).exclude(link__member=actor).filter(link__member__is_active=True)
    arrival = came.select_related("link__member").order_by("-last_at", "-id").first()
    if arrival is None or Invitation.objects.filter(invitee=actor).exists():
        return None
    inviter = arrival.link.member
    before = Invitation.objects.filter(invitee=inviter).first()
    made = Invitation.objects.create(
        inviter=inviter,
        invitee=actor,
        link=arrival.link,
        root_id=before.root_id if before else inviter.id,
        generation=before.generation + 1 if before else 1,
        at=at,
    )
    record(InvitedJoined(link=arrival.link_id, via=arrival.link.via, **_told(made, at)))
    seen = ([signals.browser], signals.devices)
    if sign := sign_between(inviter, actor, *seen) or second_account(inviter, actor, *seen):
        dismiss_invitation(made, sign, at)
    return made


@transaction.atomic
def note_first_action(*, member: UUID, what: str, at: datetime) -> bool:
    """An invited member did `what` (comment, quiz, read); True when that was the first real action.

    Reading is real from the third article and the second day on.
    """
    waiting = Invitation.objects.waiting().filter(invitee=member, acted_at__isnull=True)
    found = waiting.select_related("inviter", "invitee").first()
    if found is None or (what == "read" and not _reads_enough(found.invitee, at)):
        return False
    if not waiting.filter(id=found.id).update(acted_at=at, acted_by=what):
        return False
    found.refresh_from_db(fields=["acted_at", "acted_by"])
    settle_invitation(invitation=found, at=at)
    return True


def _reads_enough(member: Member, at: datetime) -> bool:
    reads = Reading.objects.filter(person=member.key, read_at__lte=at)
    articles = reads.values("article").distinct().count()
    return articles >= ARTICLES and reads.values("day").distinct().count() >= DAYS


@repeatable
def settle_invitation(*, invitation: Invitation, at: datetime) -> bool:
    """Count an invited member who took part, once their address is confirmed where the site asks for it."""
    if not invitation.acted_at or not _confirmed(invitation.invitee):
        return False
    if sign := shared_sign(invitation.inviter, invitation.invitee):
        return dismiss_invitation(invitation, sign, at)
    if not Invitation.objects.waiting().filter(id=invitation.id).update(active_at=at):
        return False
    record(InvitedActive(reason=invitation.acted_by, **_told(invitation, at)))
    feathers.earn(actor=None, member=invitation.inviter, rule=FRIEND, at=at, **_business(invitation))
    return True


def _confirmed(member: Member) -> bool:
    if settings.ACCOUNT_EMAIL_VERIFICATION == "none":
        return True
    return EmailAddress.objects.filter(user=member, verified=True).exists()


def dismiss_invitation(invitation: Invitation, why: str, at: datetime) -> bool:
    """Let an invitation count for nothing; what waits for its reward is declined, what was posted stays."""
    open_ones = Invitation.objects.filter(id=invitation.id, dismissed_at__isnull=True)
    about = {"actor": None, "member": invitation.inviter, "rule": FRIEND, "at": at, **_business(invitation)}
    active = open_ones.filter(active_at__isnull=False).exists()
    if active and not feathers.decline(why=why, **about):
        return False
    if not open_ones.update(dismissed_at=at, dismissed_because=why):
        return False
    if not active:
        feathers.earn(refused=why, **about)
    record(InvitedDismissed(reason=why, **_told(invitation, at)))
    return True


def _business(invitation: Invitation) -> dict:
    return {"subject": f"member:{invitation.invitee_id}"}


def _told(invitation: Invitation, at: datetime) -> dict:
    return {
        "occurred_at": at,
        "person": str(invitation.invitee_id),
        "inviter": str(invitation.inviter_id),
        "root": str(invitation.root_id),
        "generation": invitation.generation,
    }
