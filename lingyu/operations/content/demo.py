"""Content's part of the demo: articles that 阿鹊 featured, and the readers who came for it.

The articles, the members and all other reads are the community's demo.
"""

from datetime import datetime, timedelta
from random import Random

from django.db import transaction

from lingyu.community.accounts.models import Member
from lingyu.community.articles import actions as articles
from lingyu.community.articles.models import Article
from lingyu.desk.actions import pull_lever, undo_pull
from lingyu.kernel.ids import LINGYU

from .levers import FEATURE
from .operation import OPERATION

# (days ago, days until it was taken back): one that is over, one that stands, one too new to tell.
PULLS = ((21, 9), (6, None), (1, None))
# An article is featured when its first readers have gone.
SETTLED = timedelta(days=9)


@transaction.atomic
def load(now: datetime) -> None:
    """Load all of it; repeatable in its choices."""
    random = Random(LINGYU.int)  # noqa: S311 - no secret is made of it
    aque = Member.objects.get(username="aque")
    used: list[Article] = []
    for days_ago, lasted in PULLS:
        at = now - timedelta(days=days_ago)
        settled = Article.objects.published().filter(published_at__lt=at - SETTLED)
        article = settled.exclude(id__in=[a.id for a in used]).first()
        pull = pull_lever(actor=aque, operation=OPERATION, lever=FEATURE, fields={"article": article}, at=at)
        _read(article, at, lasted or days_ago, random)
        if lasted:
            undo_pull(actor=aque, lever=FEATURE, pull=pull, at=at + timedelta(days=lasted))
        used.append(article)


def _read(article: Article, since: datetime, days: int, random: Random) -> None:
    """Visitors who met the article at the head of the front page."""
    for day in range(days):
        for number in range(random.randrange(1, 5)):
            at = since + timedelta(days=day, minutes=random.randrange(1440))
            articles.report_read(actor=None, person=f"visitor-front-{day}-{number}", article=article, at=at)
