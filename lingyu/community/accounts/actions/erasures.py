"""Erasing a member: asked for, thought over, called off or carried out, room by room.

Each room is cleared in one transaction with the row that says so (`ErasureStep`), so a worker that is
killed in the middle goes on where it was, and nothing is done twice.
"""

import logging
import re
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lingyu.kernel.access import ADMINISTRATOR
from lingyu.store.log.door import inbox
from lingyu.store.log.door import log as facts_from_outside
from lingyu.store.log.operating import forget_member
from lingyu.store.outbox import record

from ..events import ErasureAsked, ErasureCancelled, MemberErased
from ..models import Erasure, ErasureStep, Member
from ..models.privacy import COOLING_OFF
from ..privacy.erasers import Change, Delete, Eraser, Overwrite, Through, Unname, in_order

log = logging.getLogger(__name__)

# The step of the log of facts, which is no room and has a store of its own; how long after all others: by
# then the last facts of the house about the member have reached it.
OUTSIDE, SETTLED = "store.log", timedelta(minutes=5)
LAST_ADMINISTRATOR = "last_administrator"
# What stands where a name or an address stood.
BLANK = "…"


@transaction.atomic
def ask_erasure(*, actor: Member, words: str = Erasure.Words.KEEP, at: datetime | None = None) -> Erasure:
    """Ask that `actor` be erased once the cooling-off time is over; asked again, it is the same one.

    ValidationError for the last administrator, and for what `words` may not be.
    """
    at = at or timezone.now()
    if words not in Erasure.Words.values:
        raise ValidationError(_("Choose what becomes of your comments and articles."))
    if is_last_administrator(actor):
        raise ValidationError(_("You are the only administrator. Make someone else one before you leave."))
    if standing := Erasure.objects.standing().filter(member=actor).first():
        return standing
    try:
        with transaction.atomic():
            erasure = Erasure.objects.create(member=actor, words=words, asked_at=at, due_at=at + COOLING_OFF)
    except IntegrityError:
        return Erasure.objects.standing().get(member=actor)
    record(ErasureAsked(occurred_at=at, person=actor.key, actor=actor.key))
    return erasure


@transaction.atomic
def cancel_erasure(*, actor: Member, at: datetime | None = None) -> bool:
    """Call the erasure of `actor` off; False when there is none, or it has begun."""
    at = at or timezone.now()
    if not Erasure.objects.waiting().filter(member=actor).update(cancelled_at=at):
        return False
    record(ErasureCancelled(occurred_at=at, person=actor.key, actor=actor.key))
    return True


def erase_due(*, now: datetime, limit: int = 50) -> int:
    """Carry out what is due; how many members were erased. One that fails is tried again next time."""
    return sum(finish_erasure(erasure=e, now=now) for e in Erasure.objects.due(now)[:limit])


def finish_erasure(*, erasure: Erasure, now: datetime) -> bool:
    """Do every step that has not been done; False when something still stands in the way."""
    if not _begin(erasure, now):
        return False
    done = set(erasure.steps.values_list("code", flat=True))
    failed = ""
    for eraser in in_order():
        # The account goes last, and only when no room needs its names any more.
        if eraser.code in done or (failed and eraser.order >= 900):
            continue
        try:
            _take_step(erasure, eraser, now)
        except Exception:
            log.exception("erasure %s: room %s failed", erasure.id, eraser.code)
            failed = failed or eraser.code
    return _note(erasure, failed) if failed else _close(erasure, now)


def erase_outside_facts(*, now: datetime, limit: int = 10) -> int:
    """Have the log of facts forget those who were erased here; how many members. Not within a transaction.

    The log first, which may be asked again and again, then the row that says so: a worker that is killed in
    between, or a log that is away or damaged, means that it is done the next time.
    """
    done = 0
    due = Erasure.objects.filter(done_at__lte=now - SETTLED).exclude(steps__code=OUTSIDE)
    for erasure in due.select_related("member").order_by("done_at")[:limit]:
        try:
            facts = forget_member(facts_from_outside(), inbox(), key=erasure.member.key)
        except Exception:
            log.exception("erasure %s: the log of facts has to be asked again", erasure.id)
            continue
        ErasureStep.objects.get_or_create(erasure=erasure, code=OUTSIDE, defaults={"at": now, "rows": facts})
        done += 1
    return done


def is_last_administrator(member: Member) -> bool:
    """Whether nobody could administer the house without `member`."""
    holders = set(Member.objects.holding(ADMINISTRATOR.code).values_list("id", flat=True))
    return holders == {member.id}


@transaction.atomic
def _begin(erasure: Erasure, now: datetime) -> bool:
    """Shut the account; from here on nothing can be called off."""
    administrators = Member.objects.holding(ADMINISTRATOR.code).order_by("id")
    list(administrators.select_for_update(of=("self",)).values_list("id"))
    if is_last_administrator(erasure.member):
        return _note(erasure, LAST_ADMINISTRATOR)
    if erasure.begun_at is None:
        if not Erasure.objects.waiting().filter(id=erasure.id, due_at__lte=now).update(begun_at=now):
            return False
        erasure.begun_at = now
        Member.objects.filter(id=erasure.member_id).update(is_active=False)
    return True


@transaction.atomic
def _take_step(erasure: Erasure, eraser: Eraser, now: datetime) -> None:
    step, new = ErasureStep.objects.get_or_create(
        erasure=erasure, code=eraser.code, defaults={"at": now, "rows": 0}
    )
    if new:
        step.rows = sum(_carry_out(change, erasure.member) for change in eraser.changes(erasure))
        step.save(update_fields=["rows"])


def _carry_out(change: Change, member: Member) -> int:
    match change:
        case Overwrite(rows, values):
            return rows.update(**values)
        case Delete(rows):
            return rows.delete()[0]
        case Through(action):
            return int(action() or 0)
        case Unname(rows, fields):
            return _unname(rows, fields, needles(member))
    raise TypeError(f"no change is of the kind {type(change).__name__}")


def needles(member: Member) -> list[str]:
    """What names a member in a text: addresses, username and pen name, the longest first."""
    addresses = EmailAddress.objects.filter(user=member).values_list("email", flat=True)
    names = {member.email, member.username, member.pen_name, *addresses}
    return sorted((n for n in names if len(n) > 1), key=len, reverse=True)


def _unname(rows, fields: tuple[str, ...], names: list[str]) -> int:
    if not names:
        return 0
    sought = re.compile("|".join(map(re.escape, names)), re.IGNORECASE)
    changed = 0
    for pk, *values in list(rows.values_list("pk", *fields)):
        clean = [_without(sought, value) for value in values]
        if clean != values:
            changed += rows.model.objects.filter(pk=pk).update(**dict(zip(fields, clean, strict=True)))
    return changed


def _without(sought: re.Pattern, value):
    """A text, or texts within lists and mappings, with blanks where something sought stood."""
    match value:
        case str():
            return sought.sub(BLANK, value)
        case list():
            return [_without(sought, item) for item in value]
        case dict():
            return {key: _without(sought, item) for key, item in value.items()}
    return value


@transaction.atomic
def _close(erasure: Erasure, now: datetime) -> bool:
    unfinished = Erasure.objects.filter(id=erasure.id, done_at__isnull=True)
    if unfinished.update(done_at=now, stopped_by=""):
        record(MemberErased(occurred_at=now, person=erasure.member.key))
    return True


def _note(erasure: Erasure, code: str) -> bool:
    Erasure.objects.filter(id=erasure.id).update(stopped_by=code)
    return False
