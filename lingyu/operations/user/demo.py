"""The users' part of the demo: three groups that are simulated, and say so in their names, and a forum
section.

What is simulated follows a model that the desk can find again: members come with a rate of their own, keep
pauses that fit it, and are lost the sooner the less they did in their first week. The forum section is fed by
the community's own demo.
"""

import math
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from decimal import Decimal
from random import Random
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from lingyu.community.accounts.models import Member
from lingyu.community.articles.models import Column
from lingyu.kernel.ids import LINGYU

from . import actions
from .actions import Came, Said, Went
from .models import Group, Membership

DAYS = 120
SAID = (
    "周末的活动报名了吗，我这边还差两个名额", "新版的导出按钮挪到哪里了？",
    "这个功能我用了一周，主要是批量改价省时间", "我们店上周复购涨了三个点，主要靠老客分层",
    "有没有人试过把推送改到晚上八点？", "链接打不开，是不是权限没给",
    "文档第三步写错了，应该先建渠道再发码", "昨天的直播回放在哪里看", "刚看完那篇留存的文章，方法很具体",
    "我们这边客单价一直上不去，想听听大家怎么做组合", "这个表格能不能加一列毛利",
    "下周三线下见面，地点定了告诉我", "退款的口径和平台对不上，差在运费",
    "首周不说话的人后面基本就不来了", "有点贵，但是客服回得快", "求一份活动复盘的模板",
)  # fmt: skip
EMPTY = ("收到", "收到！", "谢谢", "好的", "👍", "[强]", "[动画表情]", "辛苦了", "1", "哈哈哈哈", "ok", "早")
NAMES = [
    "阿泽",
    "小满",
    "青禾",
    "南风",
    "老许",
    "木木",
    "知夏",
    "拾一",
    "阿宽",
    "云朵",
    "柚子",
    "半夏",
    "北辰",
    "小葵",
    "石头",
    "晚晚",
    "大可",
    "星野",
    "洛洛",
    "三木",
]
# name, kind, members, share of empty messages, how loud the loudest are
GROUPS = (
    ("新品体验群（模拟）", Group.Kind.WECOM, 60, 0.35, 1.0),
    ("周末读书会（模拟）", Group.Kind.WECHAT, 36, 0.2, 1.0),
    ("渠道伙伴群（模拟）", Group.Kind.WECHAT, 30, 0.5, 9.0),
)
TARGETS = {"activity": Decimal("0.15"), "conversion": Decimal("0.3"), "churn": Decimal("0.1")}


@transaction.atomic
def load(now: datetime) -> None:
    """Load all of it; the same every time."""
    aque = Member.objects.get(username="aque")
    for number, (name, kind, size, empty, loud) in enumerate(GROUPS):
        random = Random(LINGYU.int + number)  # noqa: S311 - no secret is made of it
        opened = now - timedelta(days=DAYS)
        group = actions.open_group(actor=aque, name=name, kind=kind, owner=aque, at=opened)
        if number == 0:
            actions.set_sampling(actor=aque, group=group, allowed=True, at=opened)
        actions.note(actor=None, group=group, told=_history(random, size, empty, loud, now))
        for kpi, value in TARGETS.items():
            actions.set_target(actor=aque, group=group, kpi=kpi, value=value, at=opened)
    _core(aque, now)
    _section(aque, now)


def _history(random: Random, size: int, empty: float, loud: float, now: datetime) -> Iterator:
    """Everybody's coming, talking and going."""
    yield Came(_moment(random, now, DAYS), "staff", "官方小助手", Membership.Role.STAFF)
    for number in range(size):
        who, name = f"m{number:03}", f"{NAMES[number % len(NAMES)]}{number // len(NAMES) or ''}"
        came = DAYS if number < size // 3 else random.randrange(8, DAYS)
        rate = min(0.9, math.exp(random.gauss(-1.6, 0.9)) * (3 if number < 3 and loud > 1 else 1))
        yield from _member(random, who, name, came, rate, empty, loud if number < 3 else 1.0, now)
    for day in range(DAYS, 0, -7):
        yield _said(random, now, day, "staff", "官方小助手", "本周话题：你最近一次因为什么回头复购？")


def _member(
    random: Random, who: str, name: str, came: int, rate: float, empty: float, loud: float, now: datetime
) -> Iterator:
    """One member from `came` days ago on: each day at their rate, until they are lost."""
    joined = _moment(random, now, came, hour=7)
    yield Came(joined, who, name)
    if came < 20 and random.random() < 0.06:
        yield Went(joined + timedelta(days=min(2, came - 1), hours=3), who, Membership.How.QUIT)
        return
    week = sum(random.random() < rate for _day in range(7))
    # The less they did in their first week, the sooner they are lost.
    lost = random.expovariate(0.02 * math.exp(-0.45 * (week - 1.5)))
    for day in range(came, 0, -1):
        age = came - day
        if age > 7 and age >= lost:
            if random.random() < 0.35:
                yield Went(_moment(random, now, day, hour=22), who, Membership.How.QUIT)
            return
        if random.random() < rate or (age == 0 and random.random() < rate + 0.2):
            for _n in range(round(loud * (1 + random.expovariate(0.9)))):
                text = random.choice(EMPTY if random.random() < empty else SAID)
                yield _said(random, now, day, who, name, text)


def _core(aque: Member, now: datetime) -> None:
    """The core-user group: members of the site, so that what they do there is known."""
    random = Random(LINGYU.int + 9)  # noqa: S311 - no secret is made of it
    group = actions.open_group(
        actor=aque, name="核心用户群（模拟）", kind=Group.Kind.CORE, owner=aque, at=now - timedelta(days=40)
    )
    actions.set_goal(actor=aque, group=group, goal="comments_posted", days=14)
    told: list = []
    for member in Member.objects.active().exclude(id=aque.id).order_by("joined_at", "id")[:24]:
        came = random.randrange(32, 40)
        told.append(Came(_moment(random, now, came, hour=7), member.key, member.display_name))
        rate = random.random() * 0.5
        for day in range(came, 0, -1):
            if random.random() < rate:
                told.append(_said(random, now, day, member.key, member.display_name, random.choice(SAID)))
    actions.note(actor=None, group=group, told=told, source="site")
    for kpi, value in TARGETS.items():
        actions.set_target(actor=aque, group=group, kpi=kpi, value=value)


def _section(aque: Member, now: datetime) -> None:
    """A forum section of the column that has the most articles."""
    column = Column.objects.order_by("position", "slug").first()
    if column:
        at = now - timedelta(days=60)
        about = {"name": f"{column.zh}版块", "kind": Group.Kind.FORUM, "column": column.slug}
        actions.feed_section(actor=aque, group=actions.open_group(actor=aque, owner=aque, at=at, **about))


def _said(random: Random, now: datetime, day: int, who: str, name: str, text: str) -> Said:
    at = _moment(random, now, day)
    return Said(f"{who}|{at.isoformat()}|{random.getrandbits(32)}", at, who, name, text)


def _moment(random: Random, now: datetime, day: int, hour: int | None = None) -> datetime:
    """A moment so many days ago, in the evening more often than in the morning."""
    zone = ZoneInfo(settings.TIME_ZONE)
    local = timezone.localtime(now).date() - timedelta(days=day)
    drawn = hour if hour is not None else min(23, 8 + int(random.betavariate(3, 2) * 16))
    return datetime.combine(local, time(drawn, random.randrange(60), random.randrange(60)), zone)
