"""What members are told of their feathers."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.utils import translation

from lingyu.community.ledger import actions as ledger
from lingyu.community.notifications.centre import lines_of
from lingyu.community.notifications.jobs import tell_of_expiring
from lingyu.community.notifications.models import Notification
from lingyu.store.deliver import deliver_due

NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)


@pytest.fixture
def issue(luren):
    """`issue("key", 5, days=3)`: feathers for 路人, which expire so many days later."""

    def issued(key: str, amount: int, days: int | None = None):
        with transaction.atomic():
            expires = NOW + timedelta(days=days) if days else None
            ledger.issue(
                member=luren.id,
                amount=amount,
                key=key,
                cause="test.cause",
                subject="article:1",
                about={},
                lot_expires_at=expires,
                at=NOW,
            )

    return issued


def said_to(member) -> list[str]:
    """What the member's centre says, in English."""
    with translation.override("en"):
        return [line.text for line in lines_of(Notification.objects.of(member))]


def test_feathers_of_a_day_and_cause_are_one_line_with_their_sum(issue, luren):
    issue("a", 5)
    issue("b", 10)
    deliver_due()
    assert said_to(luren) == ["You earned 15 feathers in 2 entries: by hand"]


def test_a_claw_back_and_its_restoration_are_told(issue, luren):
    issue("a", 5)
    with transaction.atomic():
        ledger.claw_back(key="a", claw_key="c", at=NOW)
    with transaction.atomic():
        ledger.restore(claw_key="c", restore_key="r", at=NOW)
    deliver_due()
    assert set(said_to(luren)) == {
        "You earned 5 feathers: by hand",
        "5 feathers were taken back: by hand",
        "5 feathers came back to you: by hand",
    }


def test_what_expires_within_a_week_is_told_once_and_by_day(issue, luren):
    issue("a", 5, days=3)
    issue("b", 2, days=3)
    issue("c", 9, days=20)
    assert tell_of_expiring(NOW) == 1
    assert tell_of_expiring(NOW) == 0
    assert tell_of_expiring(NOW + timedelta(hours=5)) == 0
    assert said_to(luren) == ["7 of your feathers expire on Nov 23, 2026"]
    assert tell_of_expiring(NOW + timedelta(days=14)) == 1
