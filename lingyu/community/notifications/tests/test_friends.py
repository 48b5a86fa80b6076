"""What members are told of the friends and readers that their links brought."""

import pytest
from allauth.account.models import EmailAddress
from django.utils import translation

from lingyu.community.accounts import actions as accounts
from lingyu.community.comments import actions as comments
from lingyu.community.notifications.centre import lines_of
from lingyu.community.notifications.models import Notification
from lingyu.community.sharing import actions
from lingyu.community.sharing.tests.known import (
    DAY,
    HOUR,
    NOON,
    a_day_later,
    comes,
    comes_and_reads,
    follow,
    seen,
    someone,
    written,
)

pytestmark = pytest.mark.django_db


def told(member) -> list[tuple[str, str]]:
    """What the member's centre says in English, and where each line leads."""
    with translation.override("en"):
        return [(line.text, line.href) for line in lines_of(Notification.objects.of(member))]


def joins(inviter, name, visitor=None):
    """Somebody comes by the personal link of `inviter` and signs up."""
    visitor = visitor or someone()
    comes(actions.make_link(actor=inviter, at=NOON - DAY), visitor)
    friend = accounts.join(actor=None, username=name, at=NOON)
    EmailAddress.objects.create(user=friend, email=f"{friend.id.hex}@example.com", verified=True)
    actions.accept_invitation(actor=friend, signals=seen(visitor), at=NOON)
    follow()
    return friend


def test_friends_of_a_day_are_one_line_that_leads_to_the_invitations(luren):
    joins(luren, "甲甲")
    assert told(luren) == [("甲甲 has joined by your link", "/invite/")]
    joins(luren, "乙乙")
    ((line, _),) = told(luren)
    assert line in ("甲甲 and 乙乙 have joined by your link", "乙乙 and 甲甲 have joined by your link")


def test_a_friend_who_takes_part_is_told_of(luren, article, dapeng):
    friend = joins(luren, "甲甲")
    said = comments.post_comment(actor=friend, article=article, body="说得好", at=NOON + HOUR)
    comments.approve_comment(actor=dapeng, comment=said, at=NOON + HOUR)
    follow()
    assert ("甲甲, who came by your link, has taken part for the first time", "/invite/") in told(luren)


def test_a_second_account_of_ones_own_is_not_told_of_as_a_friend(luren):
    visitor = someone()
    actions.note_trace(actor=luren, signals=seen(visitor), at=NOON - DAY)
    joins(luren, "小号", visitor)
    assert told(luren) == []


def test_readers_are_told_of_once_their_feathers_are_posted_all_in_one_line(luren, xiaoxi):
    link = actions.make_link(actor=luren, article=written(xiaoxi), at=NOON - DAY)
    comes_and_reads(link, someone())
    comes_and_reads(link, someone(), NOON + HOUR)
    assert told(luren) == []
    a_day_later(NOON + DAY + 2 * HOUR)
    follow()
    assert told(luren) == [("You earned 10 feathers in 2 entries: Reader by your link", "/me/feathers/")]
