"""A message goes to each of its audience once, within budget and by day, and its effect is told honestly."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError

from lingyu.community.accounts import actions as accounts
from lingyu.community.articles import actions as articles
from lingyu.community.comments import actions as comments
from lingyu.community.contacts.actions import set_terms
from lingyu.community.contacts.models import Contact
from lingyu.community.notifications import actions as notifications
from lingyu.community.notifications.models import Notification
from lingyu.operations.user import actions
from lingyu.operations.user.desk.reading import reaching
from lingyu.operations.user.events import PostSent, PostStarted
from lingyu.operations.user.jobs import send_posts, sending
from lingyu.operations.user.models import Post, Recipient
from lingyu.store.ship import ship_all

ABOUT = {
    "title": "本周共读开始了",
    "words": "来说说你的那一页。",
    "path": "/c/method/",
    "goal": "comments_posted",
    "goal_days": 7,
}


@pytest.fixture
def crowd(db):
    """Forty members."""
    return [accounts.join(actor=None, username=f"读者{n:02}", password="of the cast") for n in range(40)]


@pytest.fixture
def post(aque, group):
    """A draft to the group, on the site."""
    return actions.write_post(actor=aque, channel="here", audience="group", group=group, **ABOUT)


@pytest.fixture
def started(post, aque, crowd, ago):
    """The draft, started at noon for the crowd."""
    actions.start_post(actor=aque, post=post, members=[m.id for m in crowd], at=ago(0))
    return post


def test_everybody_is_told_once_but_for_the_hold_out(started, crowd, ago, facts):
    assert send_posts(ago(0)) > 0
    send_posts(ago(0, 13))
    told = Recipient.objects.filter(outcome="sent")
    held = Recipient.objects.filter(held=True)
    assert told.count() + held.count() == 40
    assert Notification.objects.count() == told.count() == len(facts(PostSent))
    assert not Notification.objects.filter(member__in=held.values("member")).exists()
    assert Post.objects.get().state == "ended"
    fact = facts(PostStarted)[0]
    assert (fact.told, fact.held) == (told.count(), held.count())


def test_who_is_held_out_follows_from_message_and_member_and_is_about_a_tenth(post):
    from uuid import UUID

    members = [UUID(int=n) for n in range(20_000)]
    held = [m for m in members if post.holds_out(m)]
    assert held == [m for m in members if post.holds_out(m)]
    assert 0.09 < len(held) / 20_000 < 0.11


def test_started_twice_draws_once(started, aque, crowd):
    assert actions.start_post(actor=aque, post=started, members=[m.id for m in crowd]) == 0
    assert Recipient.objects.count() == 40


def test_stopped_nobody_more_is_told_and_resumed_it_goes_on(started, aque, ago, monkeypatch):
    monkeypatch.setattr(sending, "BATCH", 5)
    send_posts(ago(0))
    assert actions.stop_post(actor=aque, post=started)
    assert send_posts(ago(0, 13)) == 0
    assert Recipient.objects.filter(outcome="sent").count() == 5
    assert actions.resume_post(actor=aque, post=started)
    while send_posts(ago(0, 14)):
        pass
    assert not Recipient.objects.waiting().exists()


def test_a_worker_that_died_within_is_followed_by_one_that_tells_nobody_twice(started, ago):
    taken = actions.take_recipient(now=ago(0))
    assert taken
    while send_posts(ago(0, 12, 1)):
        pass
    assert Recipient.objects.waiting().get() == taken
    send_posts(ago(0, 13))
    assert not Recipient.objects.waiting().exists()
    assert Notification.objects.values("member").distinct().count() == Notification.objects.count()


def test_at_night_and_beyond_the_budget_it_waits(started, aque, group, crowd, ago):
    send_posts(ago(0, 22))
    assert not Notification.objects.exists()
    assert Recipient.objects.waiting().first().next_at == ago(-1, 9)
    send_posts(ago(-1, 10))
    set_terms(actor=aque, per_week=1, quiet_from=0, quiet_to=0, held_out=0, at=ago(-1, 11))
    second = actions.write_post(actor=aque, channel="here", audience="group", group=group, **ABOUT)
    actions.start_post(actor=aque, post=second, members=[m.id for m in crowd], at=ago(-2))
    send_posts(ago(-2))
    told = Recipient.objects.filter(post=second, outcome="sent").count()
    # Only those whom the first one held out have room.
    assert told == Recipient.objects.filter(post=started, held=True).count()
    while send_posts(ago(-9)):
        pass
    assert Recipient.objects.filter(post=second, outcome="sent").count() == 40


def test_who_wants_no_such_messages_gets_none_and_no_budget_is_spent(started, crowd, ago):
    declined = next(r.member for r in Recipient.objects.filter(held=False))
    notifications.choose(actor=declined, wishes={("user_post", "here"): False})
    send_posts(ago(0))
    assert Recipient.objects.get(member=declined).outcome == "unsubscribed"
    assert not Contact.objects.filter(member=declined).exists()


def test_mails_go_to_confirmed_addresses_only_with_a_way_to_end_them(aque, group, luren, xiaoxi, dapeng, ago):
    from allauth.account.models import EmailAddress

    set_terms(actor=aque, per_week=2, quiet_from=0, quiet_to=0, held_out=0)
    for member, verified in ((luren, True), (xiaoxi, False), (dapeng, True)):
        EmailAddress.objects.create(
            user=member, email=f"{member.id.hex}@example.org", verified=verified, primary=True
        )
    notifications.unsubscribe(member=dapeng)
    post = actions.write_post(actor=aque, channel="mail", audience="group", group=group, **ABOUT)
    actions.start_post(actor=aque, post=post, members=[luren.id, xiaoxi.id, dapeng.id], at=ago(0))
    send_posts(ago(0))
    outcomes = {r.member.username: r.outcome for r in Recipient.objects.select_related("member")}
    assert outcomes == {"路人": "sent", "小喜": "unreachable", "大鹏": "unsubscribed"}
    sent = mail.outbox[0]
    assert len(mail.outbox) == 1 and "来说说你的那一页" in sent.body and "/c/method/" in sent.body
    assert sent.extra_headers["List-Unsubscribe"].strip("<>") in sent.body


def test_a_mail_server_that_fails_is_tried_again_and_given_up(aque, group, luren, ago, monkeypatch):
    from allauth.account.models import EmailAddress

    set_terms(actor=aque, per_week=2, quiet_from=0, quiet_to=0, held_out=0)
    EmailAddress.objects.create(user=luren, email="luren@example.org", verified=True, primary=True)
    post = actions.write_post(actor=aque, channel="mail", audience="group", group=group, **ABOUT)
    actions.start_post(actor=aque, post=post, members=[luren.id], at=ago(0))

    def fail(*_args):
        raise OSError("no route")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", fail)
    for day in range(6):
        send_posts(ago(-day))
    row = Recipient.objects.get()
    assert (row.outcome, row.attempts) == ("failed", 4)
    assert Contact.objects.count() == 1


def test_what_it_did_is_told_against_the_hold_out(aque, group, crowd, xiaoxi, ago, empty_store):
    set_terms(actor=aque, per_week=2, quiet_from=0, quiet_to=0, held_out=50)
    post = actions.write_post(actor=aque, channel="here", audience="group", group=group, **ABOUT)
    actions.start_post(actor=aque, post=post, members=[m.id for m in crowd], at=ago(9))
    arms = {held: [r.member for r in Recipient.objects.filter(held=held)] for held in (False, True)}
    written = articles.write_article(actor=xiaoxi, title="共读", body="正文", at=ago(20))
    articles.publish_article(actor=xiaoxi, article=written, at=ago(20))
    for member in [*arms[False], arms[True][0]]:
        comments.post_comment(actor=member, article=written, body="读完了这一页", at=ago(6))
    # Too late to count.
    comments.post_comment(actor=arms[True][1], article=written, body="迟到的一页", at=ago(1))
    ship_all()
    found = reaching.effect(post)
    assert (found.sent_converted, found.held_converted) == (len(arms[False]), 1)
    assert found.verdict == "raised"
    assert found.low < found.difference < 1


def test_a_condition_that_makes_no_sense_is_refused_and_one_that_does_is_kept(aque):
    about = ABOUT | {"actor": aque, "channel": "here", "audience": "condition"}
    with pytest.raises(ValidationError):
        actions.write_post(condition={"is": "did", "stap": {}}, **about)
    made = actions.write_post(
        condition={"is": "did", "step": {"event": "articles.read"}, "last": 30}, **about
    )
    assert made.condition["last"] == 30


@pytest.mark.parametrize("path", ["//evil.example", "https://evil.example", "/\\evil.example", "c/method"])
def test_a_message_leads_nowhere_but_into_this_site(aque, group, path):
    with pytest.raises(ValidationError):
        actions.write_post(
            actor=aque, channel="here", audience="group", group=group, **(ABOUT | {"path": path})
        )


def test_members_are_led_from_the_message_to_where_it_says(started, ago, client_of):
    send_posts(ago(0))
    told = Notification.objects.first()
    page = client_of(told.member).get("/me/notifications/").content.decode()
    assert "本周共读开始了" in page
    assert client_of(told.member).get(f"/me/notifications/{told.id}/").headers["Location"] == "/c/method/"


def test_the_budget_is_not_spent_twice_by_two_hours_of_trying(started, ago):
    send_posts(ago(0))
    before = Contact.objects.count()
    send_posts(ago(0) + timedelta(hours=2))
    assert Contact.objects.count() == before
