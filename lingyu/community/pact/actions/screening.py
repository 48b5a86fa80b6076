"""Keeping what was screened, letting held texts go on, and forgetting texts in time."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from lingyu.community.accounts import door
from lingyu.community.accounts.models import Member
from lingyu.store.outbox import record

from ..events import TextScreened
from ..models import Screening

# Rule changes are replayed over so much; then the texts go, and what was said of them stays.
KEPT = timedelta(days=90)
_BATCH = 500


@transaction.atomic
def note_screening(
    *,
    actor: Member,
    writing: door.Writing,
    decision: str,
    lead: str = "",
    findings: list | None = None,
    versions: dict | None = None,
    contested: bool = False,
    at: datetime | None = None,
) -> Screening:
    """Keep one look at one text; of one that has to wait for a person, `writing` says how it goes on."""
    at = at or timezone.now()
    kept = Screening.objects.create(
        member=actor,
        kind=writing.kind,
        subject=writing.subject,
        title=writing.title,
        text=writing.text,
        decision=decision,
        lead=lead,
        findings=findings or [],
        versions=versions or {},
        contested=contested,
        resume=list(writing.resume) if writing.resume else None,
        at=at,
    )
    about = {"screening": kept.id, "kind": kept.kind, "subject": kept.subject, "verdict": decision}
    fact = TextScreened(
        occurred_at=at, person=actor.key, actor=actor.key, contested=contested, lead=lead or None, **about
    )
    record(fact)
    return kept


@transaction.atomic
def settle(*, actor: Member | None, screening: Screening, passes: bool, at: datetime | None = None) -> bool:
    """End the waiting of a held text, published as asked for, or not; False when it was settled before."""
    at = at or timezone.now()
    if not Screening.objects.held().filter(id=screening.id).update(settled_at=at):
        return False
    if passes:
        code, values = screening.resume
        door.RESUMED[code](actor=screening.member, at=at, **values)
    return True


@transaction.atomic
def forget_texts(*, actor: Member | None, at: datetime | None = None) -> int:
    """Empty the texts of a batch of screenings that are older than `KEPT`; how many."""
    at = at or timezone.now()
    old = Screening.objects.filter(at__lt=at - KEPT).exclude(text="", title="").exclude(id__in=_waiting())
    ids = list(old.order_by("at").values_list("id", flat=True)[:_BATCH])
    return Screening.objects.filter(id__in=ids).update(text="", title="", findings=[])


def _waiting():
    return Screening.objects.held().values("id")
