"""Rewards' part of the demo: a rule that was changed, what a feather is worth, budgets, adjustments.

Feathers themselves are earned and spent in the community's demo.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from lingyu.community.accounts.models import Member
from lingyu.community.feathers import actions as feathers
from lingyu.community.feathers.rewards import COMMENT
from lingyu.community.feathers.rules import RULES

from . import actions

BUDGETS = (600, 900)


@transaction.atomic
def load(now: datetime) -> None:
    """Load all of it; the same every time."""
    names = ("aque", "dapeng", "xiaoxi", "luren")
    people = {member.username: member for member in Member.objects.filter(username__in=names)}
    aque = people["aque"]
    _rules(aque, now)
    actions.set_value(
        actor=aque,
        per_thousand=4_000,
        currency=settings.LINGYU_CURRENCY,
        note="按一杯咖啡券约 20 元、500 羽毛估算",
        at=now - timedelta(days=20),
    )
    month = timezone.localtime(now).date().replace(day=1)
    before = (month - timedelta(days=1)).replace(day=1)
    for day, number in zip((before, month), BUDGETS, strict=True):
        actions.set_budget(actor=aque, month=day, feathers=number, at=now - timedelta(days=40))
    _adjustments(people, now)


def _rules(aque: Member, now: datetime) -> None:
    """The comment's limit of a day was lowered once, and quizzes had a limit of their own tried out."""
    terms = replace(COMMENT.terms, per_day=60)
    feathers.change_rule(
        actor=aque,
        rule=COMMENT,
        terms=terms,
        expected=1,
        note="单日上限从 100 调到 60，减少刷评论",
        at=now - timedelta(days=25),
    )
    quiz = RULES["quiz.right"]
    feathers.change_rule(
        actor=aque,
        rule=quiz,
        terms=replace(quiz.terms, per_day=50),
        expected=1,
        note="每天最多认真读十篇",
        at=now - timedelta(days=12),
    )


def _adjustments(people: dict[str, Member], now: datetime) -> None:
    """One that two people agreed on, and one that waits."""
    given = actions.ask_to_give(
        actor=people["aque"],
        member=people["luren"],
        amount=20,
        why="反馈了一个答题页的错误，致谢",
        at=now - timedelta(days=1),
    )
    # The last that happened: whatever else feathers came from or went to lies before it.
    actions.approve(actor=people["dapeng"], adjustment=given, at=now)
    actions.ask_to_give(
        actor=people["dapeng"],
        member=people["xiaoxi"],
        amount=30,
        why="补发上周活动漏发的羽毛",
        at=now - timedelta(hours=3),
    )
