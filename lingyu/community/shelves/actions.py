"""The only writer of the shelves: say what a column is about."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from lingyu.community.accounts.models import Member
from lingyu.community.articles.models import Column
from lingyu.kernel.text import one_line
from lingyu.store.outbox import record

from .events import ColumnDescribed
from .models import About


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
