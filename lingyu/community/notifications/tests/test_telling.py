"""Who is told what: once for ever, grouped, by the channels they chose, and never of their own doings."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from lingyu.community.accounts import actions as accounts
from lingyu.community.articles import actions as articles
from lingyu.community.comments import actions as comments
from lingyu.community.notifications import actions, kinds
from lingyu.community.notifications.centre import lines_of, unread
from lingyu.community.notifications.models import Notification
from lingyu.store.deliver import deliver_due
from lingyu.store.models import Delivery, Handled

NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)


def said_to(member) -> list[str]:
    """What the member's centre says, in English."""
    with translation.override("en"):
        return [line.text for line in lines_of(Notification.objects.of(member))]


def test_an_approved_comment_is_told_to_its_writer_and_to_the_author(say, luren, xiaoxi, dapeng):
    say(luren)
    assert "Your comment below “翠鸟的 <b>GMV</b>” has been approved" in said_to(luren)
    assert said_to(xiaoxi) == ["路人 commented on “翠鸟的 <b>GMV</b>”"]
    assert said_to(dapeng) == []


def test_a_comment_that_waits_is_told_to_nobody(article, luren, xiaoxi):
    comments.post_comment(actor=luren, article=article, body="等审核")
    deliver_due()
    assert not Notification.objects.exists()


def test_a_reply_is_told_to_whom_it_answers_and_three_are_one_line(say, luren, aque, xiaoxi, dapeng):
    first = say(luren)
    for member in (aque, xiaoxi, dapeng):
        say(member, parent=first)
    assert "大鹏 and 2 others replied to your comments below “翠鸟的 <b>GMV</b>”" in said_to(luren)
    assert unread(luren) == len(said_to(luren))


def test_two_people_are_called_by_their_names(say, luren, aque, xiaoxi):
    first = say(luren)
    say(aque, parent=first)
    say(xiaoxi, parent=first)
    assert [line for line in said_to(luren) if line.startswith("小喜 and 阿鹊 replied")]


def test_nobody_is_told_of_what_they_did_themselves(say, xiaoxi, dapeng):
    say(xiaoxi)
    say(dapeng)
    kinds_told = set(Notification.objects.filter(member=xiaoxi).values_list("kind", flat=True))
    assert {"comment_approved", "commented"} <= kinds_told
    mine = Notification.objects.filter(member=dapeng).exclude(kind="feathers_earned")
    assert not mine.exists()


def test_an_author_who_is_answered_is_told_once(say, xiaoxi, luren):
    mine = say(xiaoxi)
    say(luren, parent=mine)
    assert [n.kind for n in Notification.objects.filter(member=xiaoxi, by=luren)] == ["replied"]


def test_a_removal_says_why(say, luren, dapeng):
    comment = say(luren)
    comments.remove_comment(actor=dapeng, comment=comment, reason="spam", note="<script>")
    deliver_due()
    told = "Your comment below “翠鸟的 <b>GMV</b>” was removed: Advertising or flooding"
    assert told in said_to(luren)


def test_an_author_is_told_of_a_feature_and_of_a_take_down_by_somebody_else(article, xiaoxi, aque):
    articles.feature_article(actor=aque, article=article)
    articles.retire_article(actor=aque, article=article, reason="过时了")
    deliver_due()
    told = said_to(xiaoxi)
    assert "“翠鸟的 <b>GMV</b>” stands at the head of the front page" in told
    assert "“翠鸟的 <b>GMV</b>” was taken off the site: 过时了" in told


def test_the_same_fact_delivered_again_tells_nothing_new(say, luren, xiaoxi):
    say(luren)
    while deliver_due():
        pass
    before = set(Notification.objects.values_list("id", flat=True))
    Handled.objects.all().delete()
    Delivery.objects.update(done_at=None, attempts=0, next_at=NOW - timedelta(days=1))
    assert deliver_due(limit=1_000) > 0
    assert set(Notification.objects.values_list("id", flat=True)) == before


def test_the_same_thing_told_twice_is_one_notification_even_once_read(luren):
    about = {"member": luren.id, "kind": kinds.FEATURED, "key": "one", "at": NOW}
    assert actions.tell(**about)
    assert actions.mark_all_read(actor=luren) == 1
    assert not actions.tell(**about)
    assert Notification.objects.get().read_at is not None


def test_a_title_that_is_no_longer_public_is_not_told_to_others(say, luren, article, aque):
    say(luren)
    articles.retire_article(actor=aque, article=article, reason="撤下")
    assert "Your comment below “an article that is no longer here” has been approved" in said_to(luren)


def test_closed_accounts_are_told_nothing(say, luren, aque, xiaoxi):
    accounts.close_account(actor=aque, member=xiaoxi)
    say(luren)
    assert not Notification.objects.filter(member=xiaoxi).exists()


def test_who_switched_a_kind_off_is_not_told_and_who_wants_it_by_mail_only_does_not_see_it(luren, aque):
    off = {(kinds.FEATURED.code, "here"): False, (kinds.FEATURED.code, "mail"): False}
    actions.choose(actor=luren, wishes=off)
    actions.choose(actor=aque, wishes={(kinds.FEATURED.code, "here"): False})
    for member in (luren, aque):
        actions.tell(member=member.id, kind=kinds.FEATURED, key="one", at=NOW)
    assert [n.member for n in Notification.objects.all()] == [aque]
    assert unread(aque) == 0


def test_choosing_the_same_again_records_nothing(luren, facts):
    from lingyu.community.notifications.events import PreferencesChanged

    wish = {(kinds.FEATURED.code, "here"): False}
    assert actions.choose(actor=luren, wishes=wish) == 1
    assert actions.choose(actor=luren, wishes=wish) == 0
    assert actions.set_rhythm(actor=luren, period="weekly", hour=8)
    assert not actions.set_rhythm(actor=luren, period="weekly", hour=8)
    assert len(facts(PreferencesChanged)) == 2


@pytest.mark.parametrize("wish", [("nonsense", "here"), (kinds.FEATURED.code, "telegram")])
def test_a_wish_for_what_there_is_not_is_refused(luren, wish):
    with pytest.raises(ValidationError):
        actions.choose(actor=luren, wishes={wish: True})


@pytest.mark.parametrize(("period", "hour"), [("hourly", 9), ("daily", 24), ("daily", -1)])
def test_a_rhythm_that_there_is_not_is_refused(luren, period, hour):
    with pytest.raises(ValidationError):
        actions.set_rhythm(actor=luren, period=period, hour=hour)


def test_feathers_of_one_group_are_added_up(luren):
    for number in (5, 10, 15):
        actions.tell(
            member=luren.id, kind=kinds.EXPIRED, key=str(number), group="day", at=NOW, feathers=number
        )
    assert said_to(luren) == ["30 of your feathers have expired"]


def test_many_are_told_at_once_and_each_once(luren, aque, xiaoxi):
    members = [luren.id, aque.id, xiaoxi.id, luren.id]
    about = {"kind": kinds.FRIEND_JOINED, "key": "article", "at": NOW, "by": xiaoxi.id}
    assert actions.tell_many(members=members, **about) == 2
    assert actions.tell_many(members=members, **about) == 0


def test_every_kind_has_its_words_in_both_languages():
    for kind in kinds.KINDS.values():
        for words in (kind.one, kind.many):
            with translation.override("zh-hans"):
                assert translation.gettext(words) != words, words


def test_a_comment_that_is_back_is_told(say, luren, dapeng):
    comment = say(luren)
    comments.remove_comment(actor=dapeng, comment=comment, reason="spam")
    comments.restore_comment(actor=dapeng, comment=comment)
    deliver_due()
    assert "Your comment below “翠鸟的 <b>GMV</b>” is back" in said_to(luren)
