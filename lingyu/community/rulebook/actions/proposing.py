"""Proposing a change: kept as it is, and put on trial at once."""

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lingyu.community.accounts.models import Member
from lingyu.community.pact.models import Screening
from lingyu.kernel.text import legible, one_line
from lingyu.store.outbox import record

from .. import contents
from ..editions import current, ids_in, screener_of
from ..events import ChangeProposed
from ..limits import LIMITS
from ..models import RuleChange, Trial


def propose(
    *, actor: Member, title: str, why: str, content: Mapping, at: datetime | None = None
) -> RuleChange:
    """Propose a change: from now on it runs in shadow, and is replayed over what was screened before.

    ValidationError, with everything that is wrong: for what says nothing, or can't be applied to the rules
    in force, and while as many changes are on trial as are tried at a time.
    """
    at = at or timezone.now()
    title, why = one_line(title)[:120], legible(why).strip()[:1_000]
    if not title or not why:
        raise ValidationError(_("Say in a sentence what changes, and why: others will read it."))
    contents.check(content, screener_of(ids_in(current())))
    contents.changes_of(content)
    try:
        return _kept(actor, title, why, {**contents.EMPTY, **content}, at)
    except IntegrityError as error:
        raise ValidationError(_("Another change was proposed at this moment. Send it again.")) from error


@transaction.atomic
def _kept(actor: Member, title: str, why: str, content: dict, at: datetime) -> RuleChange:
    if RuleChange.objects.on_trial().count() >= LIMITS.at_once:
        raise ValidationError(
            _("%(most)d changes are on trial, and each costs time of the machine. Withdraw one first."),
            params={"most": LIMITS.at_once},
        )
    digest = contents.digest(content)
    if same := RuleChange.objects.on_trial().filter(digest=digest).first():
        raise ValidationError(_("Change %(number)d says the same."), params={"number": same.number})
    last = RuleChange.objects.order_by("-number").values_list("number", flat=True).first() or 0
    change = RuleChange.objects.create(
        number=last + 1, title=title, why=why, content=content, digest=digest, by=actor, at=at
    )
    since = at - LIMITS.replayed
    past = Screening.objects.filter(at__gte=since, at__lt=at).exclude(text="", title="").count()
    begin(change, Trial.Phase.REPLAY, since, until=at, total=past, at=at)
    begin(change, Trial.Phase.SHADOW, at, until=None, total=0, at=at)
    fact = ChangeProposed(
        occurred_at=at, person=actor.key, actor=actor.key, change=change.id, number=change.number
    )
    record(fact)
    return change


def begin(
    change: RuleChange, phase: str, since: datetime, *, until: datetime | None, total: int, at: datetime
) -> Trial:
    """Begin a walk over the screenings from `since` on."""
    about = {"since": since, "until": until, "cursor_at": since, "total": total, "moved_at": at}
    return Trial.objects.create(change=change, phase=phase, **about)
