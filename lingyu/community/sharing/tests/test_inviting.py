"""A friend who joins by a link has one inviter, who is rewarded once the friend takes part."""

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from lingyu.community.accounts import actions as accounts
from lingyu.community.accounts.models import Member
from lingyu.community.comments import actions as comments
from lingyu.community.feathers.models import Receipt
from lingyu.community.ledger.reads import balance
from lingyu.community.quiz import actions as quiz
from lingyu.community.sharing import actions
from lingyu.community.sharing.events import InvitedActive, InvitedDismissed, InvitedJoined
from lingyu.community.sharing.jobs import count_friends
from lingyu.community.sharing.models import Invitation

from .known import (
    DAY,
    HOUR,
    NOON,
    a_day_later,
    comes,
    follow,
    reads,
    seen,
    someone,
    written,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def invitation_link(luren):
    """路人's personal link."""
    return actions.make_link(actor=luren, at=NOON - DAY)


def joins(link, name="朋友", at=NOON, visitor=None, confirmed=True, **signals):
    """Somebody comes by a link and signs up; their address is confirmed unless said otherwise."""
    visitor = visitor or someone()
    comes(link, visitor, at, **signals)
    member = accounts.join(actor=None, username=name, email=f"{name.encode().hex()}@example.net", at=at)
    EmailAddress.objects.create(user=member, email=member.email, verified=confirmed, primary=True)
    actions.accept_invitation(actor=member, signals=seen(visitor, **signals), at=at)
    return member


def comments_on(member, article, moderator, at=NOON + HOUR):
    said = comments.post_comment(actor=member, article=article, body="写得真好", at=at)
    comments.approve_comment(actor=moderator, comment=said, at=at)
    follow()


def outcomes(member):
    rows = Receipt.objects.of(member).filter(cause="invite.friend").order_by("at", "id")
    return [(r.outcome, r.reason, r.amount) for r in rows]


def test_joining_alone_earns_nothing(invitation_link, luren, facts):
    friend = joins(invitation_link)
    follow()
    a_day_later()
    assert outcomes(luren) == []
    assert [(f.person, f.inviter, f.generation) for f in facts(InvitedJoined)] == [(friend.key, luren.key, 1)]


def test_a_friend_whose_comment_passes_review_is_worth_ten_a_day_later(
    invitation_link, luren, article, dapeng, facts
):
    comments_on(joins(invitation_link), article, dapeng)
    assert outcomes(luren) == [("pending", "", 10)]
    a_day_later(NOON + DAY + HOUR)
    assert balance(luren.id).available == 10
    assert [(f.inviter, f.reason) for f in facts(InvitedActive)] == [(luren.key, "comment")]


def test_a_comment_that_waits_for_review_is_not_taking_part(invitation_link, luren, article):
    comments.post_comment(actor=joins(invitation_link), article=article, body="好", at=NOON)
    follow()
    assert outcomes(luren) == []


def test_a_question_answered_rightly_is_taking_part(invitation_link, luren, article, xiaoxi):
    friend = joins(invitation_link)
    made = quiz.write_question(
        actor=xiaoxi, article=article, text="留存看的是什么？", options=["回来的人", "新来的人"], right=0
    )
    quiz.approve_question(actor=xiaoxi, question=made)
    asking = quiz.ask(actor=friend, article=article, opened_at=NOON, at=NOON)
    right = asking.order.index(0)
    quiz.answer(actor=friend, article=article, asking=asking.id, shown=right, at=NOON + HOUR)
    follow()
    assert outcomes(luren) == [("pending", "", 10)]
    assert Invitation.objects.get().acted_by == "quiz"


def test_three_articles_on_two_days_are_taking_part_and_less_is_not(invitation_link, luren, xiaoxi):
    friend = joins(invitation_link)
    one, two, three = (written(xiaoxi, title) for title in "一二三")
    reads(one, friend, NOON)
    reads(two, friend, NOON + HOUR)
    reads(three, friend, NOON + 2 * HOUR)
    assert outcomes(luren) == []
    # 00:30 in Shanghai is the next day there, and not yet in UTC.
    reads(one, friend, NOON + 12.5 * HOUR)
    assert outcomes(luren) == [("pending", "", 10)]


def test_a_friend_is_worth_it_once(invitation_link, luren, article, dapeng):
    friend = joins(invitation_link)
    for n in (1, 2, 3):
        comments_on(friend, article, dapeng, NOON + n * HOUR)
    assert outcomes(luren) == [("pending", "", 10)]


def test_who_came_by_an_articles_link_is_invited_too(link, luren, article, dapeng):
    comments_on(joins(link), article, dapeng)
    assert outcomes(luren) == [("pending", "", 10)]
    assert Invitation.objects.get().link.via == "share"


def test_the_link_that_came_last_is_the_inviters(invitation_link, dapeng):
    other, visitor = actions.make_link(actor=dapeng, at=NOON - DAY), someone()
    comes(invitation_link, visitor, NOON - HOUR)
    joins(other, visitor=visitor)
    assert Invitation.objects.get().inviter == dapeng


def test_nobody_has_two_inviters_nor_invites_themselves(invitation_link, dapeng, luren):
    friend = joins(invitation_link)
    visitor = someone()
    comes(actions.make_link(actor=dapeng, at=NOON), visitor, NOON)
    assert actions.accept_invitation(actor=friend, signals=seen(visitor), at=NOON) is None
    assert Invitation.objects.get().inviter == luren
    comes(invitation_link, visitor, NOON + HOUR)
    Invitation.objects.all().delete()
    came = actions.accept_invitation(actor=luren, signals=seen(visitor), at=NOON + HOUR)
    assert came is None or came.inviter == dapeng
    row = {"link": invitation_link, "root": luren, "generation": 1, "at": NOON}
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.create(inviter=luren, invitee=luren, **row)


def test_a_visit_long_ago_is_forgotten(invitation_link):
    visitor = someone()
    comes(invitation_link, visitor, NOON)
    late = accounts.join(actor=None, username="late", at=NOON + 30 * DAY)
    assert actions.accept_invitation(actor=late, signals=seen(visitor), at=NOON + 30 * DAY) is None


def test_an_unconfirmed_address_has_to_wait(invitation_link, luren, article, dapeng):
    friend = joins(invitation_link, confirmed=False)
    comments_on(friend, article, dapeng)
    assert count_friends(NOON + 2 * HOUR) == 0
    assert outcomes(luren) == []
    EmailAddress.objects.filter(user=friend).update(verified=True)
    assert count_friends(NOON + 3 * HOUR) == 1
    assert count_friends(NOON + 3 * HOUR) == 0
    assert outcomes(luren) == [("pending", "", 10)]


def test_where_no_address_is_asked_for_none_has_to_be_confirmed(
    invitation_link, luren, article, dapeng, settings
):
    settings.ACCOUNT_EMAIL_VERIFICATION = "none"
    comments_on(joins(invitation_link, confirmed=False), article, dapeng)
    assert outcomes(luren) == [("pending", "", 10)]


@pytest.mark.parametrize("sign", ["browser", "device", "mail"])
def test_a_second_account_of_ones_own_is_worth_nothing_and_says_why(sign, luren, article, dapeng, facts):
    Member.objects.filter(id=luren.id).update(
        email=f"{'朋友'.encode().hex()}+mine@example.net" if sign == "mail" else ""
    )
    luren.refresh_from_db()
    visitor = someone()
    own = seen(visitor if sign == "browser" else someone(), device="home" if sign == "device" else None)
    actions.note_trace(actor=luren, signals=own, at=NOON - DAY)
    link = actions.make_link(actor=luren, at=NOON - DAY)
    friend = joins(link, visitor=visitor, device="home" if sign == "device" else None)
    comments_on(friend, article, dapeng)
    assert outcomes(luren) == [("refused", f"share.{sign}", 0)]
    assert Invitation.objects.get().state == "dismissed"
    assert [f.reason for f in facts(InvitedDismissed)] == [f"share.{sign}"]


def test_a_friend_on_hold_who_turns_out_to_be_oneself_is_declined(invitation_link, luren, article, dapeng):
    visitor = someone()
    friend = joins(invitation_link, visitor=visitor)
    actions.note_trace(actor=friend, signals=seen(visitor), at=NOON)
    comments_on(friend, article, dapeng)
    actions.note_trace(actor=luren, signals=seen(visitor, device="other"), at=NOON + 2 * HOUR)
    a_day_later(NOON + 2 * DAY)
    assert outcomes(luren) == [("pending", "", 10), ("declined", "share.browser", 10)]
    assert balance(luren.id).available == 0
    assert Invitation.objects.get().state == "dismissed"


def test_the_invite_page_shows_who_came_and_how_it_stands(luren, article, dapeng, client_of):
    page = client_of(luren).get("/invite/").content.decode()
    assert "Nobody yet" in page and "/i/" in page and "<svg role" in page
    friend = joins(actions.make_link(actor=luren), at=NOON + 300 * DAY)
    page = client_of(luren).get("/invite/").content.decode()
    assert "朋友" in page and "Has joined" in page
    comments_on(friend, article, dapeng, NOON + 301 * DAY)
    assert "Took part" in client_of(luren).get("/invite/").content.decode()
    assert "朋友" not in client_of(dapeng).get("/invite/").content.decode()


@pytest.mark.parametrize("same", ["browser", "device"])
def test_of_many_accounts_made_in_one_place_the_first_counts(same, invitation_link, luren, article, dapeng):
    visitor = someone()
    for n, name in enumerate(("一一", "二二", "三三")):
        mine = visitor if same == "browser" else someone()
        friend = joins(invitation_link, name, NOON + n * HOUR, visitor=mine, device="farm")
        actions.note_trace(actor=friend, signals=seen(mine, device="farm"), at=NOON + n * HOUR)
        comments_on(friend, article, dapeng, NOON + 5 * HOUR + n * HOUR)
    assert sorted(outcomes(luren)) == [
        ("pending", "", 10),
        ("refused", "invite.second", 0),
        ("refused", "invite.second", 0),
    ]
