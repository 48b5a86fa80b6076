"""Ending sessions: a member's own, wherever they are open."""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils import timezone

from lingyu.store.outbox import record

from ..events import SessionsEnded
from ..models import Member


@transaction.atomic
def end_other_sessions(*, actor: Member, but: str, at: datetime | None = None) -> int:
    """End every session of `actor` but the one with the key `but`; how many there were."""
    others = list(UserSession.objects.filter(user=actor).exclude(session_key=but))
    for session in others:
        session.end()
    if others:
        record(SessionsEnded(occurred_at=at or timezone.now(), person=actor.key, actor=actor.key))
    return len(others)
