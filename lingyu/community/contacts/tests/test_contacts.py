"""Members have one budget for all desks, and are left alone at night."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from lingyu.community.contacts import actions
from lingyu.community.contacts.events import MemberContacted
from lingyu.community.contacts.models import Terms

# Noon in Shanghai.
NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def claim(member, key, at=NOON, purpose="user.post"):
    return actions.claim(member=member, channel="here", purpose=purpose, key=key, now=at)


def test_two_messages_in_seven_days_and_no_third_whichever_desk_sends_it(luren, facts):
    assert claim(luren, "a") is None
    assert claim(luren, "b", NOON + DAY, purpose="campaign.call") is None
    assert claim(luren, "c", NOON + 2 * DAY) == NOON + 7 * DAY
    assert claim(luren, "c", NOON + 7 * DAY) is None
    assert [f.purpose for f in facts(MemberContacted)] == ["user.post", "campaign.call", "user.post"]


def test_the_same_message_again_costs_nothing(luren, facts):
    assert claim(luren, "a") is claim(luren, "a") is claim(luren, "a", NOON + 12 * HOUR) is None
    assert len(facts(MemberContacted)) == 1


def test_at_night_nobody_is_written_to(luren):
    night = NOON + 10 * HOUR  # 22 o'clock in Shanghai
    assert claim(luren, "a", night) == datetime(2026, 3, 3, 1, tzinfo=UTC)
    assert claim(luren, "a", night + 6 * HOUR) == datetime(2026, 3, 3, 1, tzinfo=UTC)
    assert claim(luren, "a", night + 11 * HOUR) is None


def test_the_terms_are_a_setting(luren, aque):
    actions.set_terms(actor=aque, per_week=1, quiet_from=3, quiet_to=3, held_out=20)
    assert Terms.standing().quiet_until(NOON + 10 * HOUR) is None
    assert claim(luren, "a") is None
    assert claim(luren, "b") == NOON + 7 * DAY
    with pytest.raises(ValidationError):
        actions.set_terms(actor=aque, per_week=0, quiet_from=3, quiet_to=3, held_out=20)
