"""What is kept of questions: saved, renamed, deleted and restored; answers embedded and revoked."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lingyu.kernel.operations import Operation
from lingyu.kernel.text import one_line
from lingyu.store.outbox import record

from ..events import (
    AnswerEmbedded,
    EmbedRevoked,
    QuestionDeleted,
    QuestionRenamed,
    QuestionRestored,
    QuestionSaved,
)
from .asking import Asked
from .keeping import fields_of
from .models import Embed, SavedQuestion

TITLE_LIMIT = 120


@transaction.atomic
def save_question(*, actor, operation: Operation, asked: Asked, title: str) -> SavedQuestion:
    """Keep a question on a desk. Raises ValidationError for what is no title, or no question."""
    now = timezone.now()
    saved = SavedQuestion.objects.create(
        operation=operation.code, title=_title(title), made_by=actor, made_at=now, **fields_of(asked)
    )
    _record(QuestionSaved, actor, kind=saved.kind, operation=operation.code, saved=str(saved.pk))
    return saved


@transaction.atomic
def rename_question(*, actor, saved: SavedQuestion, title: str) -> None:
    """Give a saved question another title. Raises ValidationError."""
    if SavedQuestion.objects.standing().filter(pk=saved.pk).update(title=_title(title)):
        _record(QuestionRenamed, actor, operation=saved.operation, saved=str(saved.pk))


@transaction.atomic
def delete_question(*, actor, saved: SavedQuestion) -> bool:
    """Take a saved question off its desk; False when it was off already."""
    now = timezone.now()
    if not SavedQuestion.objects.standing().filter(pk=saved.pk).update(ended_by=actor, ended_at=now):
        return False
    _record(QuestionDeleted, actor, operation=saved.operation, saved=str(saved.pk))
    return True


@transaction.atomic
def restore_question(*, actor, saved: SavedQuestion) -> bool:
    """Take the deletion back; False when there was none."""
    deleted = SavedQuestion.objects.filter(pk=saved.pk, ended_at__isnull=False)
    if not deleted.update(ended_by=None, ended_at=None):
        return False
    _record(QuestionRestored, actor, operation=saved.operation, saved=str(saved.pk))
    return True


@transaction.atomic
def embed_answer(*, actor, operation: Operation, asked: Asked, title: str) -> Embed:
    """Let whoever has its address see this answer. Raises ValidationError."""
    now = timezone.now()
    embed = Embed.objects.create(
        operation=operation.code, title=_title(title), made_by=actor, made_at=now, **fields_of(asked)
    )
    _record(AnswerEmbedded, actor, embed=str(embed.pk), kind=embed.kind, operation=operation.code)
    return embed


@transaction.atomic
def revoke_embed(*, actor, embed: Embed) -> bool:
    """Let its address show nothing any more; False when it did not already."""
    now = timezone.now()
    if not Embed.objects.standing().filter(pk=embed.pk).update(ended_by=actor, ended_at=now):
        return False
    _record(EmbedRevoked, actor, embed=str(embed.pk), operation=embed.operation)
    return True


def _title(text: str) -> str:
    title = one_line(text)
    if not title or len(title) > TITLE_LIMIT:
        raise ValidationError(_("A title has 1 to %(limit)s characters.") % {"limit": TITLE_LIMIT})
    return title


def _record(event: type, actor, /, **fields) -> None:
    record(event(occurred_at=timezone.now(), actor=str(actor.pk), **fields))
