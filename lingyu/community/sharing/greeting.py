"""What sharing does at the door: a newcomer is tied to who invited them, a member's browser is noted.

Holds greetings of `accounts.greeting`.
"""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from lingyu.community.accounts.greeting import on_joining, on_signing_in
from lingyu.community.accounts.models import Member
from lingyu.community.articles import reads

from . import actions
from .signals import keep, signals


@on_joining("sharing")
def take_invitation(request: HttpRequest, member: Member) -> None:
    """Tie the newcomer to whose link had brought this browser."""
    now = timezone.now()
    actions.accept_invitation(
        actor=member, signals=signals(request, reads.visitor(request), now), at=member.joined_at
    )


@on_signing_in("sharing")
def note_browser(request: HttpRequest, member: Member, answer: HttpResponse) -> None:
    """Note the browser, so that its later readings are known to be the member's own."""
    visitor, now = reads.visitor(request), timezone.now()
    actions.note_trace(actor=member, signals=signals(request, visitor, now), at=now)
    keep(answer, request, visitor)
