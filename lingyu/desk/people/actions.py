"""What is done with people: looked at, parted, forgotten; the latter two by the log's own door."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lingyu.kernel.text import one_line
from lingyu.store.log import log, operating
from lingyu.store.log.door import inbox
from lingyu.store.outbox import record

from ..events import PersonSeen


@transaction.atomic
def note_seen(*, actor, number: int) -> None:
    """Say that somebody looked at a person's page."""
    record(PersonSeen(occurred_at=timezone.now(), actor=str(actor.pk), number=number))


def part(*, actor, join: int, reason: str) -> bool:
    """Take back that two numbers are one person's; False when that was done. Raises ValidationError."""
    try:
        return operating.part_people(log(), actor=str(actor.pk), number=join, reason=_given(reason))
    except operating.Refused:
        raise ValidationError(_("There is no such join.")) from None


def forget(*, actor, number: int, reason: str) -> int:
    """Forget all that the log holds of a person; how many facts. Raises ValidationError and EngineError."""
    why = _given(reason)
    return operating.erase_person(log(), inbox(), actor=str(actor.pk), person=number, reason=why).facts


def _given(reason: str) -> str:
    if not (said := one_line(reason)[:200]):
        raise ValidationError(_("Say why: it is kept with who did it."))
    return said
