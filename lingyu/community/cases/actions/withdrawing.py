"""Taking one's own decision back, and beginning anew; removing a comment at once, and bringing it back."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lingyu.community.accounts.models import Member
from lingyu.community.comments import actions as comments
from lingyu.community.comments.models import Comment
from lingyu.store.repeatable import repeatable

from .. import surfaces
from ..models import Appeal, Case, Decision
from .deciding import VIOLATION, decide
from .opening import hide_first, look_at, open_case, raise_weight
from .reversing import SECOND_THOUGHTS, reverse, take_back

# The broad reasons from before there was a pact, and the clause that each means today. Not among them:
# `off_topic`, which breaks no clause, so that it takes a comment away and confirms nothing about its author.
CLAUSES = {
    "spam": "3.1",
    "unfriendly": "2.1",
    "private": "1.10",
    "untrue": "5.1",
    "unlawful": "1.13",
    "other": "9.4",
}


@repeatable
def withdraw(*, actor: Member, decision: Decision, words: str, at: datetime | None = None) -> Case | None:
    """Undo one's own decision within a day of it, and begin the case anew; the new case, if there is one.

    What nobody could see before the decision is not seen after it either, and reports wait again.
    ValidationError for another's decision, later on, and while somebody appeals it.
    """
    at = at or timezone.now()
    _may_withdraw(actor, decision, at)
    unseen = _was_unseen(decision)
    reverse(actor=actor, decision=decision, words=words, at=at)
    return _anew(actor, decision, unseen, at)


@repeatable
def withdraw_batch(*, actor: Member, batch: UUID, words: str, at: datetime | None = None) -> int:
    """The same for everything that one decided at once: all of it, or nothing; how many decisions."""
    at = at or timezone.now()
    mine = Decision.objects.filter(batch=batch, by=actor, reversal__isnull=True).select_related("case")
    unseen = [(decision, _was_unseen(decision)) for decision in mine.order_by("id")]
    for decision, _hidden in unseen:
        _may_withdraw(actor, decision, at)
    done = take_back(actor=actor, batch=batch, words=words, at=at)
    for decision, hidden in unseen:
        _anew(actor, decision, hidden, at)
    return done


@repeatable
def remove(
    *, actor: Member, comment: Comment, reason: str, note: str = "", at: datetime | None = None
) -> bool:
    """Take a comment away; a reason of the pact makes it a decision. False when it was gone."""
    at = at or timezone.now()
    clause = CLAUSES.get(reason, reason)
    if clause == "off_topic":
        return comments.remove_comment(actor=actor, comment=comment, reason=reason, note=note, at=at)
    # Of two who remove it at once, the second waits here and finds it gone: nobody is found guilty twice.
    now = Comment.objects.select_for_update(no_key=True, of=("self",)).get(id=comment.id)
    if now.state == "removed":
        return False
    case = look_at(actor=actor, subject=f"comment:{comment.id}", at=at)
    decide(actor=actor, case=case, outcome=VIOLATION, lead=clause, words=note, at=at)
    return True


@repeatable
def bring_back(*, actor: Member, comment: Comment, words: str = "", at: datetime | None = None) -> bool:
    """Undo a removal: a decision is reversed, which takes `words`; False when nothing is removed.

    ValidationError while a case about it is open, or an appeal waits: there it is decided.
    """
    at = at or timezone.now()
    if not hasattr(Comment.objects.select_related("removal").get(id=comment.id), "removal"):
        return False
    about = f"comment:{comment.id}"
    if Case.objects.open().filter(subject=about).exists():
        raise ValidationError(_("A case about this comment is open. Decide it there."))
    standing = Decision.objects.filter(case__subject=about, outcome=VIOLATION, reversal__isnull=True)
    if (decision := standing.order_by("-at").first()) is None:
        return comments.restore_comment(actor=actor, comment=comment, at=at)
    _nobody_appeals(decision)
    reverse(actor=actor, decision=decision, words=words, at=at)
    return True


def _may_withdraw(actor: Member, decision: Decision, at: datetime) -> None:
    if decision.by_id != actor.id:
        raise ValidationError(_("Another decided this. It can be appealed."))
    if hasattr(decision, "reversal"):
        raise ValidationError(_("This decision has been reversed already."))
    if at - decision.at > SECOND_THOUGHTS:
        raise ValidationError(_("A decision is taken back within a day. Later it takes an appeal."))
    _nobody_appeals(decision)


def _nobody_appeals(decision: Decision) -> None:
    if Appeal.objects.waiting().filter(decision=decision).exists():
        raise ValidationError(_("An appeal against this decision is waiting: it is ruled on by another."))


# Of a comment: whether anybody had approved it before it was decided.
_UNSEEN: dict[str, Callable[[UUID], bool]] = {
    "comment": lambda id: not Comment.objects.filter(id=id, approval__isnull=False).exists()
}


def _was_unseen(decision: Decision) -> bool:
    kind, _colon, id = decision.case.subject.partition(":")
    hidden = decision.case.hidden_at is not None
    return hidden or (kind in _UNSEEN and decision.outcome == VIOLATION and _UNSEEN[kind](UUID(id)))


def _anew(actor: Member, decision: Decision, unseen: bool, at: datetime) -> Case | None:
    # A moderator's own slip counts neither for nor against who reported.
    decision.case.reports.update(outcome="")
    if surfaces.find(decision.case.subject) is None:
        return None
    suspected = decision.lead or decision.case.suspected
    with transaction.atomic():
        case = open_case(
            actor=actor,
            subject=decision.case.subject,
            origin=Case.Origin.MODERATOR,
            clause=suspected,
            at=at,
        )
        case = _reported_anew(decision.case, case, at)
        if unseen and suspected:
            hide_first(actor=None, case=case, at=at)
    return case


def _reported_anew(old: Case, new: Case, at: datetime) -> Case:
    """What was reported is decided with the new case, and its reporters are told of that."""
    again = new.reports.values("reporter")
    old.reports.exclude(reporter__in=again).update(case=new)
    return raise_weight(new, at=at)
