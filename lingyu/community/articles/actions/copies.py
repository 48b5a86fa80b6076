"""Working copies: what a window holds is kept as one types. Readers see nothing of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from lingyu.community.accounts.models import Member
from lingyu.kernel.text import legible

from ..models import COPY_LIMIT, Article, Column, Revision, WorkingCopy

# A writer's copies beyond these go, the oldest first; and what nobody has touched for that long.
COPIES_LIMIT = 60
FORGOTTEN = timedelta(days=60)


@dataclass(frozen=True)
class Kept:
    """A copy as it was kept, and what else there is by now that this window does not know of, if anything."""

    copy: WorkingCopy
    rival: WorkingCopy | Revision | None


@transaction.atomic
def keep_copy(
    *,
    actor: Member,
    article: Article | None,
    copy: UUID | None,
    version: int,
    rests_on: int,
    opened: datetime,
    title: str = "",
    summary: str = "",
    column: Column | None = None,
    keywords: str = "",
    body: str = "",
    at: datetime | None = None,
) -> Kept:
    """Keep what a window holds. `copy` and `version` are what it was told the last time, if it was.

    A window that does not know the copy's present version gets a copy of its own: the later one is told,
    and neither is overwritten.
    """
    at = at or timezone.now()
    words = {
        "title": _short(title, 500),
        "summary": _short(summary, 1000),
        "column": column,
        "keywords": _short(keywords, 500),
        "body": legible(body)[:COPY_LIMIT],
        "saved_at": at,
    }
    own = WorkingCopy.objects.filter(author=actor, article=article)
    mine = own.filter(id=copy, version=version)
    if copy and mine.update(version=F("version") + 1, **words):
        kept = own.get(id=copy)
    else:
        kept = WorkingCopy.objects.create(author=actor, article=article, rests_on=rests_on, **words)
        _drop_the_oldest(actor)
    return Kept(kept, _rival(kept, own, copy, opened))


@transaction.atomic
def drop_copy(*, actor: Member, copy: UUID) -> bool:
    """Throw away a working copy of one's own; False when it is not there."""
    return bool(WorkingCopy.objects.filter(id=copy, author=actor).delete()[0])


@transaction.atomic
def drop_forgotten_copies(*, actor: Member | None, at: datetime | None = None) -> int:
    """Throw away what nobody has touched for two months; how many they were."""
    old = WorkingCopy.objects.filter(saved_at__lt=(at or timezone.now()) - FORGOTTEN)
    return old.delete()[0]


def _rival(kept: WorkingCopy, own, copy: UUID | None, opened: datetime) -> WorkingCopy | Revision | None:
    """What was saved or kept elsewhere since this window was opened, the newest first."""
    if kept.article_id:
        saved = Revision.objects.filter(article=kept.article_id, number__gt=kept.rests_on)
        if newest := saved.order_by("-number").first():
            return newest
    others = own.exclude(id=kept.id)
    if not kept.article_id:
        # Two articles that are begun at once are two articles; only the same copy can be in two windows.
        others = others.filter(id=copy)
    return others.since(opened).order_by("-saved_at").first()


def _drop_the_oldest(actor: Member) -> None:
    kept = WorkingCopy.objects.filter(author=actor).order_by("-saved_at").values_list("id", flat=True)
    surplus = list(kept[COPIES_LIMIT:])
    WorkingCopy.objects.filter(id__in=surplus).delete()


def _short(line: str, limit: int) -> str:
    return legible(line)[:limit]
