"""Told of friends: who joined by one's link, and who took part. Readers are told of as feathers."""

from django.utils import timezone

from lingyu.community.sharing.events import InvitedActive, InvitedJoined
from lingyu.community.sharing.models import Invitation
from lingyu.kernel.events import Event
from lingyu.kernel.reactions import reaction

from .. import kinds
from ..actions import tell
from ..kinds import Kind


@reaction(on=InvitedJoined)
def tell_of_newcomer(event: InvitedJoined) -> None:
    """Tell a member who joined by their link, unless it counts for nothing."""
    if not Invitation.objects.filter(invitee=event.person, dismissed_at__isnull=False).exists():
        _tell(event, kinds.FRIEND_JOINED)


@reaction(on=InvitedActive)
def tell_of_friend(event: InvitedActive) -> None:
    """Tell a member that somebody they invited has taken part."""
    _tell(event, kinds.FRIEND_ACTIVE)


def _tell(event: Event, kind: Kind) -> None:
    # Those of one calendar day are one line.
    tell(
        member=event.inviter,
        kind=kind,
        key=str(event.id),
        at=event.occurred_at,
        group=f"{timezone.localdate(event.occurred_at)}",
        by=event.person,
    )
