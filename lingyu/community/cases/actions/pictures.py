"""Keeping what was seen in a picture, and beginning a case where a person has to look."""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from lingyu.community.accounts.models import Member
from lingyu.community.pact.screening.images import Seen
from lingyu.community.pictures.models import Picture

from ..models import Case, PictureLook
from .opening import open_case


@transaction.atomic
def note_look(*, actor: Member | None, picture: Picture, seen: Seen, at: datetime | None = None) -> bool:
    """Keep a look at a picture's file; False when it was kept before."""
    at = at or timezone.now()
    told = {
        "decision": seen.decision,
        "findings": [asdict(finding) for finding in seen.findings],
        "checked": list(seen.checked),
        "unchecked": dict(seen.unchecked),
        "at": at,
    }
    _look, new = PictureLook.objects.get_or_create(name=picture.name, defaults=told)
    if new and seen.decision == "review":
        surest = max(seen.findings, key=lambda f: f.score, default=None)
        open_case(
            actor=actor,
            subject=f"picture:{picture.id}",
            origin=Case.Origin.SCREENING,
            clause=surest.clause if surest else "4.3",
            confidence=surest.score if surest else 0.0,
            at=at,
        )
    return new
