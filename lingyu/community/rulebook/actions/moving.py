"""Withdrawing changes, putting them into force, taking them out; an edition where the set differs."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lingyu.community.accounts.models import Member
from lingyu.kernel.text import legible
from lingyu.store.outbox import record

from .. import contents, readiness
from ..editions import current, ids_in, key_of, screener_of
from ..effects import overturned, too_often
from ..events import ChangeLive, ChangeRolledBack, ChangeWithdrawn
from ..limits import LAGS
from ..models import Edition, Move, RuleChange, Trial
from .proposing import begin


@transaction.atomic
def withdraw(*, actor: Member, change: RuleChange, why: str, at: datetime | None = None) -> Move:
    """Give up a change that is on trial."""
    at = at or timezone.now()
    change = _held(change, "trial")
    move = _move(change, Move.Kind.WITHDRAWN, actor, at, why)
    about = {"change": change.id, "number": change.number}
    record(ChangeWithdrawn(occurred_at=at, person=actor.key, actor=actor.key, **about))
    return move


def go_live(*, actor: Member, change: RuleChange, at: datetime | None = None) -> Edition:
    """Put a change into force. ValidationError that says what is missing, or who was quicker.

    The whole set is built before anything is written: what cannot be built never comes into force.
    """
    at = at or timezone.now()
    if missing := readiness.missing(change, at):
        raise ValidationError(missing)
    ids = ids_in(current())
    contents.check(change.content, screener_of(ids))
    screener_of([*ids, str(change.id)])
    try:
        return _go_live(actor, change, ids, at)
    except IntegrityError as error:
        raise ValidationError(_("Somebody changed the rules at this moment. Look at it again.")) from error


@transaction.atomic
def _go_live(actor: Member, change: RuleChange, tried: list[str], at: datetime) -> Edition:
    change = _held(change, "trial")
    if ids_in(current()) != tried:
        raise ValidationError(_("Somebody changed the rules at this moment. Look at it again."))
    figures = {
        row.stratum: [row.right.hits, row.right.n, round(row.right.low, 4)]
        for row in readiness.labelled(change)
    }
    move = _move(change, Move.Kind.LIVE, actor, at, "", precision=figures)
    edition = _edition(move, [*tried, str(change.id)], at)
    begin(change, Trial.Phase.WATCH, at, until=None, total=0, at=at)
    about = {"change": change.id, "number": change.number, "edition": edition.key}
    record(ChangeLive(occurred_at=at, person=actor.key, actor=actor.key, **about))
    return edition


def roll_back(*, actor: Member | None, change: RuleChange, why: str, at: datetime | None = None) -> Edition:
    """Take a live change out of force; others stay. ValidationError for one that is not live."""
    at = at or timezone.now()
    try:
        return _roll_back(actor, change, why, at)
    except IntegrityError as error:
        raise ValidationError(_("Somebody changed the rules at this moment. Look at it again.")) from error


@transaction.atomic
def _roll_back(actor: Member | None, change: RuleChange, why: str, at: datetime) -> Edition:
    change = _held(change, "live")
    share = overturned(change)["all"]
    figures = {"decided": share.n, "overturned": share.hits, "low": round(share.low, 4)}
    move = _move(change, Move.Kind.ROLLED_BACK, actor, at, why, **figures)
    Trial.objects.filter(change=change, phase=Trial.Phase.WATCH).update(until=at + LAGS)
    edition = _edition(move, [id for id in ids_in(current()) if id != str(change.id)], at)
    who = actor.key if actor else None
    fact = ChangeRolledBack(
        occurred_at=at,
        person=who,
        actor=who,
        change=change.id,
        number=change.number,
        edition=edition.key,
        decided=share.n,
        overturned=share.hits,
    )
    record(fact)
    return edition


def watch_all(*, actor: Member | None, at: datetime | None = None) -> int:
    """Roll back every live change of which too many decisions were overturned; how many that were."""
    at = at or timezone.now()
    done = 0
    for change in RuleChange.objects.live():
        if strongest := too_often(change):
            why = _("Of %(n)d decisions %(hits)d did not stand: at least %(low).0f %%, too many.") % {
                "n": strongest.n,
                "hits": strongest.hits,
                "low": 100 * strongest.low,
            }
            roll_back(actor=None, change=change, why=why, at=at)
            done += 1
    return done


def _held(change: RuleChange, state: str) -> RuleChange:
    """The change with its row locked, in this state."""
    change = RuleChange.objects.select_for_update().get(id=change.id)
    if change.state != state:
        raise ValidationError(_("This change is not where you saw it any more. Look at it again."))
    return change


def _move(change: RuleChange, kind: str, actor: Member | None, at: datetime, why: str, **figures) -> Move:
    why = legible(why).strip()[:1_000]
    if kind in (Move.Kind.WITHDRAWN, Move.Kind.ROLLED_BACK) and not why:
        raise ValidationError(_("Say why: others will read it."))
    return Move.objects.create(change=change, kind=kind, by=actor, at=at, why=why, figures=figures)


def _edition(move: Move, ids: list[str], at: datetime) -> Edition:
    last = current()
    number = last.number + 1 if last else 1
    return Edition.objects.create(number=number, key=key_of(number, ids), changes=ids, move=move, at=at)
