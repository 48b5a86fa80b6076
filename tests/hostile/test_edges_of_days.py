"""A day is the site's civil day, to the microsecond, in whatever zone the site lies and its clocks jump."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from lingyu.community.feathers import actions as feathers
from lingyu.community.feathers.rules import rule
from lingyu.community.ledger.reads import balance

LEAST = timedelta(microseconds=1)

# (zone, the first moment of a day in UTC): worked by hand.
MIDNIGHTS = [
    ("Asia/Shanghai", "2026-06-09T16:00:00"),
    ("UTC", "2026-06-10T00:00:00"),
    ("America/New_York", "2026-06-10T04:00:00"),
    # After a day of 23 hours, and after one of 25.
    ("Europe/Berlin", "2026-03-29T22:00:00"),
    ("Europe/Berlin", "2026-10-25T23:00:00"),
    # The clocks jump over midnight itself: this day begins at one.
    ("America/Santiago", "2026-09-06T04:00:00"),
    # A quarter of an hour off, and the farthest east.
    ("Asia/Kathmandu", "2026-06-09T18:15:00"),
    ("Pacific/Kiritimati", "2026-06-09T10:00:00"),
]


@pytest.fixture
def daily():
    """A rule that gives ten feathers a day at most."""
    return rule("test.daily", zh="每日", en="Daily", about="For a test.", amount=10, per_day=10)


@pytest.mark.django_db
@pytest.mark.parametrize(("zone", "midnight"), MIDNIGHTS)
def test_the_cap_of_a_day_ends_with_the_day_and_not_a_moment_sooner(zone, midnight, daily, luren, settings):
    settings.TIME_ZONE = zone
    begins = datetime.fromisoformat(midnight).replace(tzinfo=UTC)
    moments = [
        begins - timedelta(hours=20),
        begins - timedelta(hours=1),
        begins - LEAST,
        begins,
        begins + LEAST,
    ]
    came = [
        feathers.earn(actor=None, member=luren, rule=daily, subject="x", occurrence=str(n), at=at).outcome
        for n, at in enumerate(moments)
    ]
    assert came == ["granted", "capped", "capped", "granted", "capped"]
    assert balance(luren.id).available == 20


@pytest.mark.django_db
def test_the_day_of_utc_does_not_end_the_sites_day(daily, luren, settings):
    settings.TIME_ZONE = "Asia/Shanghai"
    at = datetime(2026, 6, 10, 7, 59, 59, tzinfo=ZoneInfo("Asia/Shanghai"))
    for n, moment in enumerate((at, at + timedelta(seconds=2))):
        feathers.earn(actor=None, member=luren, rule=daily, subject="x", occurrence=str(n), at=moment)
    assert balance(luren.id).available == 10


@pytest.mark.django_db
def test_the_zone_of_the_moment_does_not_move_the_day(daily, luren, settings):
    settings.TIME_ZONE = "Asia/Shanghai"
    at = datetime(2026, 6, 10, 12, tzinfo=UTC)
    for n, zone in enumerate(("Pacific/Kiritimati", "Pacific/Niue", "UTC")):
        moment = at.astimezone(ZoneInfo(zone))
        feathers.earn(actor=None, member=luren, rule=daily, subject="x", occurrence=str(n), at=moment)
    assert balance(luren.id).available == 10
