"""A reader who seems to be the sharer does not count, found out at once or while the reward is on hold."""

import pytest

from lingyu.community.accounts import actions as accounts
from lingyu.community.ledger.reads import balance
from lingyu.community.sharing import actions
from lingyu.community.sharing.events import ReaderDismissed
from lingyu.community.sharing.models import Arrival

from .known import (
    DAY,
    HOUR,
    NOON,
    SECOND,
    a_day_later,
    comes,
    comes_and_reads,
    outcomes,
    reads,
    seen,
    someone,
)

pytestmark = pytest.mark.django_db


def test_ones_own_reading_does_not_count(link, luren):
    comes_and_reads(link, luren)
    assert outcomes(luren) == [("refused", "share.self", 0)]


def test_ones_own_reading_in_a_browser_where_one_was_signed_in_does_not_count(link, luren):
    other = someone()
    actions.note_trace(actor=luren, signals=seen(other), at=NOON - 10 * DAY)
    comes_and_reads(link, other)
    assert outcomes(luren) == [("refused", "share.browser", 0)]


def test_the_same_connection_and_browser_does_not_count(link, luren):
    actions.note_trace(actor=luren, signals=seen(someone(), device="home"), at=NOON - DAY)
    comes_and_reads(link, someone(), device="home")
    assert outcomes(luren) == [("refused", "share.device", 0)]


def test_a_device_is_forgotten_in_time(link, luren):
    actions.note_trace(actor=luren, signals=seen(someone(), device="home"), at=NOON - 61 * DAY)
    assert actions.forget_signals(now=NOON) == 1
    comes_and_reads(link, someone(), device="home")
    assert outcomes(luren) == [("pending", "", 5)]


def test_a_cookie_thrown_away_makes_no_new_reader(link, luren):
    comes_and_reads(link, someone(), device="one phone")
    comes_and_reads(link, someone(), NOON + HOUR, device="one phone")
    assert outcomes(luren) == [("pending", "", 5), ("refused", "share.seen", 0)]


@pytest.mark.parametrize(
    ("mine", "other", "same"),
    [
        ("bob@example.com", "Bob+news@EXAMPLE.com", True),
        ("b.o.b@gmail.com", "bob+1@googlemail.com", True),
        ("bob@example.com", "bobby@example.com", False),
        ("bob@example.com", "bob@example.org", False),
        ("b.ob@example.com", "bob@example.com", False),
        ("", "", False),
    ],
)
def test_an_account_with_the_same_mailbox_does_not_count(xiaoxi, article, mine, other, same):
    sharer = accounts.join(actor=None, username="sharer", email=mine)
    reader = accounts.join(actor=None, username="reader", email=other)
    link = actions.make_link(actor=sharer, article=article, at=NOON - DAY)
    comes_and_reads(link, reader)
    assert outcomes(sharer) == [("refused", "share.mail", 0) if same else ("pending", "", 5)]


def test_inviter_and_invitee_do_not_read_for_one_another(luren, xiaoxi, article):
    friend = accounts.join(actor=None, username="friend", at=NOON - 20 * DAY)
    visitor = someone()
    comes(actions.make_link(actor=luren, at=NOON - 21 * DAY), visitor, NOON - 20 * DAY)
    actions.accept_invitation(actor=friend, signals=seen(visitor), at=NOON - 20 * DAY)
    for sharer, reader in ((luren, friend), (friend, luren)):
        comes_and_reads(actions.make_link(actor=sharer, article=article, at=NOON - DAY), reader)
        assert outcomes(sharer) == [("refused", "share.pair", 0)]


def test_a_reader_who_joins_by_the_link_still_counts(link, luren, article):
    visitor = someone()
    comes_and_reads(link, visitor)
    friend = accounts.join(actor=None, username="friend", at=NOON + HOUR)
    actions.accept_invitation(actor=friend, signals=seen(visitor), at=NOON + HOUR)
    actions.note_trace(actor=friend, signals=seen(visitor), at=NOON + HOUR)
    assert outcomes(luren) == [("pending", "", 5)]
    comes_and_reads(link, friend, NOON + DAY, in_=someone())
    assert [o for o, _, _ in outcomes(luren)] == ["pending", "refused"]


def test_a_visitor_who_signs_in_before_having_read_counts(link, luren, dapeng, article):
    visitor = someone()
    comes(link, visitor)
    actions.note_trace(actor=dapeng, signals=seen(visitor), at=NOON + SECOND)
    reads(article, dapeng)
    assert outcomes(luren) == [("pending", "", 5)]


def test_a_reader_on_hold_who_turns_out_to_be_oneself_is_declined(link, luren, facts):
    visitor = someone()
    comes_and_reads(link, visitor)
    actions.note_trace(actor=luren, signals=seen(visitor, device="elsewhere"), at=NOON + 5 * HOUR)
    a_day_later()
    assert outcomes(luren) == [("pending", "", 5), ("declined", "share.browser", 5)]
    assert balance(luren.id).available == balance(luren.id).pending == 0
    assert [f.reason for f in facts(ReaderDismissed)] == ["share.browser"]
    assert not Arrival.objects.qualified().exists()


def test_a_reader_on_hold_who_turns_out_to_have_the_same_mailbox_is_declined(xiaoxi, article):
    sharer = accounts.join(actor=None, username="sharer", email="a@example.com")
    twin = accounts.join(actor=None, username="twin", email="a+2@example.com")
    visitor = someone()
    comes_and_reads(actions.make_link(actor=sharer, article=article, at=NOON - DAY), visitor)
    actions.note_trace(actor=twin, signals=seen(visitor), at=NOON + HOUR)
    assert outcomes(sharer)[-1][:2] == ("declined", "share.mail")


def test_what_is_posted_stays_whatever_is_found_later(link, luren):
    visitor = someone()
    comes_and_reads(link, visitor)
    a_day_later()
    actions.note_trace(actor=luren, signals=seen(visitor), at=NOON + 2 * DAY)
    assert balance(luren.id).available == 5
    assert Arrival.objects.qualified().count() == 1


def test_declining_gives_the_room_under_the_cap_back(link, luren):
    visitors = [someone() for _ in range(4)]
    for n, visitor in enumerate(visitors[:3]):
        comes_and_reads(link, visitor, NOON + n * HOUR)
    actions.note_trace(actor=luren, signals=seen(visitors[0]), at=NOON + 4 * HOUR)
    comes_and_reads(link, visitors[3], NOON + 5 * HOUR)
    a_day_later(NOON + 3 * DAY)
    assert balance(luren.id).available == 15
