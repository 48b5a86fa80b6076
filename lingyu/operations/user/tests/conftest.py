"""What the tests of user operations share: a group, days at which things happen, and the noting of talk."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from lingyu.operations.user import actions
from lingyu.operations.user.actions import Came, Said, Went
from lingyu.operations.user.models import Group

ZONE = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def ago():
    """`ago(3)`: noon of the day three days ago, in the site's zone."""

    def moment(days: int, hour: int = 12, minute: int = 0) -> datetime:
        day = timezone.localdate() - timedelta(days)
        return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE)

    return moment


@pytest.fixture
def group(aque, ago) -> Group:
    """阿鹊's WeChat group, entered long ago."""
    return actions.open_group(actor=aque, name="读书会", kind="wechat", owner=aque, at=ago(300))


@pytest.fixture
def told(group, ago):
    """`told(("came", 30, "a"), ("said", 2, "a", "…"), ("went", 1, "a"))`: what a source tells, noted."""

    def note(*items, into: Group | None = None, source: str = ""):
        made = []
        for number, (what, days, who, *more) in enumerate(items):
            at = ago(days, minute=number % 60)
            if what == "came":
                made.append(Came(at, who, who, *more))
            elif what == "went":
                made.append(Went(at, who, *more))
            else:
                made.append(Said(f"{days}|{who}|{number}", at, who, who, more[0] if more else "今天聊聊留存"))
        return actions.note(actor=None, group=into or group, told=made, source=source)

    return note
