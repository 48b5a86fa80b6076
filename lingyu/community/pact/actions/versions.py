"""Announcing a new version of the pact."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lingyu.community.accounts.models import Member
from lingyu.kernel.text import one_line
from lingyu.store.outbox import record

from .. import versions
from ..clauses import Pact
from ..events import PactAnnounced
from ..models import PactVersion


@transaction.atomic
def announce(
    *,
    actor: Member | None,
    pact: Pact,
    in_force_at: datetime,
    note_zh: str,
    note_en: str,
    at: datetime | None = None,
) -> PactVersion:
    """Announce the next version. Refused: too short a notice, and one that changes nothing."""
    at = at or timezone.now()
    latest = versions.numbers()[-1]
    if in_force_at - at < versions.NOTICE:
        words = _("Members are told %(days)d days before: choose a later day.")
        raise ValidationError(words, params={"days": versions.NOTICE.days})
    notes = {"note_zh": one_line(note_zh)[:300], "note_en": one_line(note_en)[:300]}
    if not all(notes.values()):
        raise ValidationError(_("Say in a sentence what changes, in Chinese and in English."))
    if not versions.differences(versions.numbered(latest), pact):
        raise ValidationError(_("Nothing differs from version %(number)d."), params={"number": latest})
    try:
        with transaction.atomic():
            row = PactVersion.objects.create(
                number=latest + 1,
                content=versions.as_data(pact),
                announced_at=at,
                in_force_at=in_force_at,
                by=actor,
                **notes,
            )
    except IntegrityError as error:
        raise ValidationError(_("Another version was announced meanwhile. Look at it first.")) from error
    who = actor.key if actor else None
    record(PactAnnounced(occurred_at=at, person=who, actor=who, number=row.number, in_force_at=in_force_at))
    return row
