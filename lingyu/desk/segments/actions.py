"""What is done with segments: saved, changed, taken back to a version, deleted, brought back."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lingyu.kernel.questions import Condition
from lingyu.kernel.text import one_line
from lingyu.store.outbox import record

from ..events import PeopleTaken, SegmentDeleted, SegmentRestored, SegmentSaved
from . import shelf
from .models import SavedSegment, SegmentVersion


@transaction.atomic
def save_segment(*, actor, operation: str, title: str, condition: Condition) -> SavedSegment:
    """Save a condition under a title. Raises ValidationError for that, QuestionError for what it names."""
    now, kept = timezone.now(), shelf.settled(condition)
    segment = SavedSegment.objects.create(
        operation=operation,
        title=_free(title),
        condition=kept,
        made_by=actor,
        made_at=now,
        changed_at=now,
    )
    _note(actor, segment, now)
    return segment


@transaction.atomic
def change_segment(*, actor, segment: SavedSegment, title: str, condition: Condition) -> bool:
    """Make a new version of it; False when it says the same already. Raises as `save_segment` does."""
    now, kept = timezone.now(), shelf.settled(condition, str(segment.pk))
    current = SavedSegment.objects.select_for_update().get(pk=segment.pk)
    called = _free(title, but=segment)
    if (current.title, current.condition) == (called, kept):
        return False
    SavedSegment.objects.filter(pk=segment.pk).update(
        title=called, condition=kept, version=current.version + 1, changed_at=now
    )
    segment.refresh_from_db()
    _note(actor, segment, now)
    return True


@transaction.atomic
def return_to(*, actor, segment: SavedSegment, number: int) -> bool:
    """Make what version `number` said the newest version; False when there is none, or it is the same."""
    before = SegmentVersion.objects.filter(segment=segment, number=number).first()
    if before is None:
        return False
    condition = shelf.read(before.condition)
    return change_segment(actor=actor, segment=segment, title=before.title, condition=condition)


@transaction.atomic
def delete_segment(*, actor, segment: SavedSegment) -> bool:
    """Delete it; False when that was done. Raises ValidationError as long as another one refers to it."""
    if users := shelf.users_of(segment):
        message = _("Other segments stand on this one: %(titles)s.")
        raise ValidationError(message % {"titles": ", ".join(one.title for one in users)})
    now = timezone.now()
    if not SavedSegment.objects.kept().filter(pk=segment.pk).update(deleted_by=actor, deleted_at=now):
        return False
    record(_event(SegmentDeleted, actor, segment, now))
    return True


@transaction.atomic
def restore_segment(*, actor, segment: SavedSegment) -> bool:
    """Bring a deleted one back; False when it is there. Raises ValidationError when its title was taken."""
    if not SavedSegment.objects.deleted().filter(pk=segment.pk).exists():
        return False
    _free(segment.title)
    SavedSegment.objects.filter(pk=segment.pk).update(deleted_by=None, deleted_at=None)
    record(_event(SegmentRestored, actor, segment, timezone.now()))
    return True


@transaction.atomic
def note_taken(*, actor, segment: SavedSegment, people: int, token=None) -> None:
    """Say that names of people left the house."""
    record(
        PeopleTaken(
            occurred_at=timezone.now(),
            actor=str(actor.pk),
            segment=str(segment.pk),
            people=people,
            token=str(token.pk) if token else None,
        )
    )


def _note(actor, segment: SavedSegment, now) -> None:
    SegmentVersion.objects.create(
        segment=segment,
        number=segment.version,
        title=segment.title,
        condition=segment.condition,
        by=actor,
        at=now,
    )
    record(_event(SegmentSaved, actor, segment, now, version=segment.version))


def _event(kind: type, actor, segment: SavedSegment, now, **more: Any):
    return kind(
        occurred_at=now,
        actor=str(actor.pk),
        segment=str(segment.pk),
        operation=segment.operation,
        **more,
    )


def _free(title: str, but: SavedSegment | None = None) -> str:
    """The title, if no other segment has it. Raises ValidationError."""
    called = one_line(title)
    if not called or len(called) > 80:
        raise ValidationError({"title": _("Give it a title of at most 80 characters.")})
    others = SavedSegment.objects.kept().filter(title=called)
    if (others.exclude(pk=but.pk) if but else others).exists():
        raise ValidationError({"title": _("Another segment has this title.")})
    return called
