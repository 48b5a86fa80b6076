"""Undoing everything that a rolled back change did by itself, in batches that go on after any stop."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from lingyu.community.accounts.models import Member
from lingyu.community.cases import actions as cases
from lingyu.community.cases.models import Decision, Reversal
from lingyu.kernel.ids import uuid7
from lingyu.store.outbox import record

from ..effects import undoing
from ..events import ChangeUndone, RefusalRegretted
from ..models import Move, RuleChange, Trial

BATCH, MOST = 100, 5_000


@transaction.atomic
def undo(*, actor: Member, change: RuleChange, at: datetime | None = None) -> Move:
    """Begin to undo what a rolled back change did; `undo_some` does it. Asked for again it is the same."""
    at = at or timezone.now()
    change = RuleChange.objects.select_for_update().get(id=change.id)
    if change.state != "rolled_back":
        raise ValidationError(_("Roll the change back first: else it would do the same again."))
    if begun := change.moved(Move.Kind.INVERTING):
        return begun
    figures = {"released": 0, "reversed": 0, "left": 0, "batch": str(uuid7())}
    return Move.objects.create(change=change, kind=Move.Kind.INVERTING, by=actor, at=at, figures=figures)


def undo_some(*, actor: Member | None, at: datetime | None = None) -> int:
    """One batch of what is being undone, at the word of who asked for it; how many things were undone."""
    at = at or timezone.now()
    ended = Move.objects.filter(kind=Move.Kind.INVERTED).values("change")
    begun = Move.objects.filter(kind=Move.Kind.INVERTING).exclude(change__in=ended)
    for move in begun.select_related("change", "by").order_by("at"):
        # What it found shortly before it was rolled back is still being looked through.
        if Trial.objects.filter(change=move.change, phase=Trial.Phase.WATCH, ended_at__isnull=True).exists():
            continue
        if done := _batch(move, at):
            return done
        _end(move, at)
    return 0


def _batch(move: Move, at: datetime) -> int:
    """Undo some; a case that cannot be (another looks at it, it is about who asked) is left to people."""
    what, words = undoing(move.change), _("A rule that was in error has been rolled back.")
    done = 0
    for decision in what.reverse.order_by("id")[:BATCH]:
        cases.reverse(actor=move.by, decision=decision, words=words, at=at)
        done += 1
    for case in list(what.release.order_by("id")[:MOST]):
        try:
            batch = UUID(move.figures["batch"])
            cases.decide(actor=move.by, case=case, outcome="clear", words=words, batch=batch, at=at)
            done += 1
        except ValidationError:
            continue
        if done >= BATCH:
            break
    return done


@transaction.atomic
def _end(move: Move, at: datetime) -> None:
    change, what = RuleChange.objects.select_for_update().get(id=move.change_id), undoing(move.change)
    if change.moved(Move.Kind.INVERTED):
        return
    released = Decision.objects.filter(batch=move.figures["batch"]).count()
    mine = change.differences.filter(phase=Trial.Phase.WATCH).values("screening")
    undone = Reversal.objects.filter(decision__case__screening__in=mine, decision__by__isnull=True)
    figures = {"released": released, "reversed": undone.filter(at__gte=move.at).count()}
    Move.objects.create(
        change=change,
        kind=Move.Kind.INVERTED,
        by=move.by,
        at=at,
        figures=figures | {"left": what.release.count()},
    )
    told = what.refused.values(
        "screening", "screening__kind", "screening__subject", member=F("screening__member")
    )
    for row in told.distinct():
        fact = RefusalRegretted(
            occurred_at=at,
            person=str(row["member"]),
            actor=None,
            change=change.id,
            screening=row["screening"],
            kind=row["screening__kind"],
            subject=row["screening__subject"],
        )
        record(fact)
    who = move.by.key
    about = {"change": change.id, "number": change.number, **figures}
    record(ChangeUndone(occurred_at=at, person=who, actor=who, **about))
