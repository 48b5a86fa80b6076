"""Preparing the data of a crash run, and judging it: every acknowledged fact, once."""

import os
from dataclasses import dataclass
from pathlib import Path

import django


def settle(folder: Path, url: str) -> None:
    """Point this process and its children to the folder and the database of the run."""
    os.environ |= {
        "LINGYU_HOME": str(folder),
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "lingyu.config.settings",
        "LINGYU_WORKERS": "1",
        "LINGYU_DEBUG": "",
    }
    django.setup()


def prepare(members: int) -> tuple[str, list[str]]:
    """Migrate, write an article and let members in; the path of the comment form, and their sessions."""
    from django.core.management import call_command
    from django.test import Client
    from django.urls import reverse

    from lingyu.community.accounts import actions as accounts
    from lingyu.community.articles import actions as articles

    call_command("migrate", interactive=False, verbosity=0)
    people = [accounts.join(actor=None, username=f"member{n}") for n in range(members)]
    accounts.grant_role(actor=None, member=people[0], role="author")
    article = articles.write_article(actor=people[0], title="断电", body="写到一半。")
    articles.publish_article(actor=people[0], article=article)
    sessions = []
    for person in people:
        browser = Client()
        browser.force_login(person)
        sessions.append(browser.cookies["sessionid"].value)
    return reverse("post_comment", args=[article.id]), sessions


@dataclass(frozen=True)
class Verdict:
    """What was acknowledged and what was found, in the tables and in the event store."""

    acknowledged: int
    rows: int
    found: int
    metric: int
    lost: int
    doubled: int
    invented: int

    @property
    def passed(self) -> bool:
        """Nothing lost, doubled or invented, and something was written at all."""
        clean = not (self.lost or self.doubled or self.invented)
        return clean and self.rows == self.found == self.metric and self.acknowledged > 0

    def __str__(self) -> str:
        return (
            f"acknowledged={self.acknowledged} rows={self.rows} found={self.found} metric={self.metric} "
            f"lost={self.lost} doubled={self.doubled} invented={self.invented}"
        )


def judge(acknowledged: set[str]) -> Verdict:
    """Ship what is left, and compare the acknowledged with the table, the store and the metric."""
    from lingyu.community.comments.models import Comment
    from lingyu.kernel.metrics import Aggregate
    from lingyu.kernel.query import Query
    from lingyu.store.engines import engine
    from lingyu.store.engines.base import Scan, Window
    from lingyu.store.query import ask
    from lingyu.store.ship import ship_all

    ship_all()
    rows = {str(pk) for pk in Comment.objects.values_list("id", flat=True)}
    found = {str(pk) for pk in engine().values("comment", ["comments.posted"])}
    everything = Window(start=None, end=None, grain="total", tz="UTC")
    count = Aggregate("count", "comments.posted")
    ((_, facts),) = engine().scan(Scan(aggregates=(count,), window=everything))
    return Verdict(
        acknowledged=len(acknowledged),
        rows=len(rows),
        found=facts,
        metric=ask(Query(metric="comments_posted")).total,
        lost=len(acknowledged - rows) + len(rows - found),
        doubled=facts - len(found),
        invented=len(found - rows),
    )
