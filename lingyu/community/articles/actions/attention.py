"""What articles get: a place at the head of the front page, and effective reads."""

from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from lingyu.community.accounts.models import Member
from lingyu.kernel.ids import fact_id
from lingyu.store.outbox import record

from ..events import ArticleFeatured, ArticleRead, FeatureEnded
from ..models import FEATURED_LIMIT, Article, Feature, Readership, Reading
from .telling import fact_about

A_WEEK = timedelta(days=7)


@transaction.atomic
def feature_article(*, actor: Member, article: Article, at: datetime | None = None) -> bool:
    """Put a published article at the head of the front page; False when it stands there already."""
    at = at or timezone.now()
    if not article.is_published:
        raise ValidationError(_("Only a published article can be featured."))
    if Feature.objects.standing().filter(article=article).exists():
        return False
    taken = set(Feature.objects.standing().values_list("place", flat=True))
    free = next((place for place in range(FEATURED_LIMIT) if place not in taken), None)
    if free is None:
        raise ValidationError(
            _("%(number)d articles are featured already. End one of them first.") % {"number": FEATURED_LIMIT}
        )
    try:
        with transaction.atomic():
            Feature.objects.create(article=article, place=free, by=actor, at=at)
    except IntegrityError:
        raise ValidationError(_("Somebody else featured an article at this moment. Try again.")) from None
    record(fact_about(ArticleFeatured, article, actor, at))
    return True


@transaction.atomic
def end_feature(*, actor: Member | None, article: Article, at: datetime | None = None) -> bool:
    """Take an article from the head of the front page; False when it does not stand there."""
    at = at or timezone.now()
    if not Feature.objects.standing().filter(article=article).update(ended_by=actor, ended_at=at):
        return False
    record(fact_about(FeatureEnded, article, actor, at))
    return True


@transaction.atomic
def report_read(*, actor: Member | None, person: str, article: Article, at: datetime | None = None) -> bool:
    """Count one effective read of `article` by `person` (member or visitor id) on this calendar day.

    False, with nothing written, when it was counted before, when the reader wrote the article, or
    when it is not published.
    """
    at = at or timezone.now()
    if not article.is_published or (actor and actor.id == article.author_id):
        return False
    day = timezone.localdate(at)
    once = fact_id(ArticleRead.name, person, str(article.id), day.isoformat())
    _reading, new = Reading.objects.get_or_create(
        id=once, defaults={"article": article, "person": person, "day": day, "read_at": at}
    )
    if new:
        record(fact_about(ArticleRead, article, actor, at, id=once, person=person))
    if new:
        _count(article, day)
    return new


def _count(article: Article, day: date) -> None:
    """Add a read on `day` to what is kept of the article; a month gone by begins no new one."""
    month = day.replace(day=1)
    Readership.objects.bulk_create([Readership(article=article, month=month)], ignore_conflicts=True)
    row = Readership.objects.select_for_update().get(article=article)
    row.reads += 1
    if month > row.month:
        row.month, row.reads_in_month = month, 1
    elif month == row.month:
        row.reads_in_month += 1
    row.reads_in_week += day >= _week(timezone.now())
    row.save(update_fields=["reads", "month", "reads_in_month", "reads_in_week"])


@transaction.atomic
def recount_week(*, actor: Member | None, at: datetime) -> int:
    """Count anew what was read in the seven days before `at`, as days pass; how many articles were read."""
    # Emptied first: that waits for reads that are being counted, so that they are seen here.
    Readership.objects.filter(reads_in_week__gt=0).update(reads_in_week=0)
    read = Reading.objects.filter(day__gte=_week(at)).order_by().values_list("article_id")
    rows = [Readership(article_id=id, reads_in_week=count) for id, count in read.annotate(count=Count("id"))]
    Readership.objects.bulk_update(rows, ["reads_in_week"], batch_size=500)
    return len(rows)


def _week(at: datetime) -> date:
    """The first of the days that a week up to `at` is made of."""
    return timezone.localdate(at) - A_WEEK
