"""Told of feathers: earned, taken back, returned, expired. What a member spends, they see as they do it."""

from django.utils import timezone

from lingyu.community.ledger.events import (
    FeathersClawedBack,
    FeathersExpired,
    FeathersIssued,
    FeathersRefunded,
    FeathersRestored,
)
from lingyu.kernel.events import Event
from lingyu.kernel.reactions import reaction

from .. import kinds
from ..actions import tell
from ..kinds import Kind


@reaction(on=FeathersIssued)
def tell_of_earning(event: FeathersIssued) -> None:
    """Tell a member of new feathers, and what for."""
    _tell(event, kinds.EARNED)


@reaction(on=FeathersClawedBack)
def tell_of_claw_back(event: FeathersClawedBack) -> None:
    """Tell a member that feathers were taken back."""
    _tell(event, kinds.CLAWED_BACK)


@reaction(on=FeathersRefunded)
def tell_of_refund(event: FeathersRefunded) -> None:
    """Tell a member that spent feathers came back."""
    _tell(event, kinds.RETURNED)


@reaction(on=FeathersRestored)
def tell_of_restoration(event: FeathersRestored) -> None:
    """Tell a member that what was taken back is theirs again."""
    _tell(event, kinds.RETURNED)


@reaction(on=FeathersExpired)
def tell_of_expiry(event: FeathersExpired) -> None:
    """Tell a member that feathers expired."""
    _tell(event, kinds.EXPIRED)


def _tell(event: Event, kind: Kind) -> None:
    # Those of one cause and calendar day are one line, and their feathers are added up.
    if event.person and event.feathers > 0:
        tell(
            member=event.person,
            kind=kind,
            key=str(event.id),
            at=event.occurred_at,
            group=f"{event.cause}|{timezone.localdate(event.occurred_at)}",
            feathers=event.feathers,
            details={"cause": event.cause},
        )
