"""The only writers of the shelves: count a read, say what a column is about."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from lingyu.community.accounts.models import Member
from lingyu.community.articles.models import Article, Column
from lingyu.kernel.text import one_line
from lingyu.store.outbox import record

from .events import ColumnDescribed
from .models import About, Readership


@transaction.atomic
def count_read(*, actor: Member | None, article: UUID, day: date) -> bool:
    """Add one effective read on `day` to an article; False when the article is none of ours.

    Called once for each fact, whose receipt commits with it.
    """
    if not Article.objects.filter(id=article).exists():
        return False
    month = day.replace(day=1)
    Readership.objects.bulk_create([Readership(article_id=article, month=month)], ignore_conflicts=True)
    row = Readership.objects.select_for_update().get(article_id=article)
    row.reads += 1
    if month > row.month:
        row.month, row.reads_in_month = month, 1
    elif month == row.month:
        row.reads_in_month += 1
    row.save(update_fields=["reads", "month", "reads_in_month"])
    return True


@transaction.atomic
def describe_column(
    *, actor: Member | None, column: Column, zh: str, en: str, at: datetime | None = None
) -> About:
    """Say what a column is about; the same words again change nothing."""
    at = at or timezone.now()
    about = About.objects.filter(column=column).first() or About(column=column)
    zh, en = one_line(zh), one_line(en)
    if (about.zh, about.en) == (zh, en):
        return about
    about.zh, about.en, about.by, about.at = zh, en, actor, at
    about.full_clean()
    about.save()
    who = actor.key if actor else None
    record(ColumnDescribed(occurred_at=at, person=who, actor=who, column=column.slug))
    return about
