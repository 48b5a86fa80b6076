"""Questions: written or proposed, approved by a person, retired and brought back.

Holds writes of questions.
"""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lingyu.community.accounts.models import Member
from lingyu.community.articles.models import Article
from lingyu.kernel.text import legible
from lingyu.store.outbox import record

from ..events import QuestionApproved, QuestionRetired
from ..models import OPTIONS, Question
from ..proposing import proposals

LONGEST = 120
PROPOSALS = 6


@transaction.atomic
def write_question(
    *,
    actor: Member,
    article: Article,
    text: str,
    options: list[str],
    right: int,
    proposed: bool = False,
    at: datetime | None = None,
) -> Question:
    """Put a question into an article's pool; it waits for approval."""
    text, options = (
        " ".join(legible(text).split()),
        [" ".join(legible(o).split()) for o in options],
    )
    _check(text, options, right)
    made = Question(
        article=article,
        text=text,
        options=options,
        right=right,
        proposed=proposed,
        written_by=actor,
        written_at=at or timezone.now(),
    )
    made.save(force_insert=True)
    return made


def _check(text: str, options: list[str], right: int) -> None:
    if not 4 <= len(text) <= 300:
        raise ValidationError({"text": _("Ask in 4 to 300 characters.")})
    if len(options) not in OPTIONS:
        raise ValidationError({"options": _("Give two to six options.")})
    if not all(0 < len(o) <= LONGEST for o in options):
        raise ValidationError({"options": _("An option has 1 to %(most)d characters.") % {"most": LONGEST}})
    if len({o.casefold() for o in options}) < len(options):
        raise ValidationError({"options": _("Two options are the same.")})
    if not 0 <= right < len(options):
        raise ValidationError({"right": _("Say which option is right.")})


@transaction.atomic
def propose_questions(*, actor: Member, article: Article, at: datetime | None = None) -> list[Question]:
    """Propose questions from the article's text; those in the pool already are left out."""
    known = set(Question.objects.about(article).values_list("text", flat=True))
    found = [p for p in proposals(article.html, seed=str(article.id)) if p.text not in known]
    return [
        write_question(
            actor=actor, article=article, text=p.text, options=p.options, right=p.right, proposed=True, at=at
        )
        for p in found[:PROPOSALS]
    ]


@transaction.atomic
def approve_question(*, actor: Member, question: Question, at: datetime | None = None) -> bool:
    """Let a question be asked; False when it is not waiting."""
    at = at or timezone.now()
    waiting = Question.objects.proposed().filter(id=question.id)
    if not waiting.update(approved_by=actor, approved_at=at):
        return False
    record(
        QuestionApproved(
            occurred_at=at,
            person=actor.key,
            actor=actor.key,
            article=question.article_id,
            question=question.id,
        )
    )
    return True


@transaction.atomic
def retire_question(
    *, actor: Member | None, question: Question, reason: str = "by_hand", at: datetime | None = None
) -> bool:
    """Ask it no more; False when it was retired before. `reason` is a code of `figures.REASONS`."""
    at = at or timezone.now()
    standing = Question.objects.filter(id=question.id, retired_at__isnull=True)
    if not standing.update(retired_by=actor, retired_at=at, retired_because=reason):
        return False
    who = actor.key if actor else None
    record(
        QuestionRetired(
            occurred_at=at,
            person=who,
            actor=who,
            article=question.article_id,
            question=question.id,
            reason=reason,
        )
    )
    return True


@transaction.atomic
def restore_question(*, actor: Member, question: Question, at: datetime | None = None) -> bool:
    """Bring a retired question back, to be judged anew; False when it was not retired."""
    at = at or timezone.now()
    retired = Question.objects.filter(id=question.id, retired_at__isnull=False)
    return bool(retired.update(retired_by=None, retired_at=None, retired_because="", judged_since=at))
