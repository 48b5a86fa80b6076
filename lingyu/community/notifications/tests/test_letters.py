"""What a digest says, in which language, and how it is ended by whoever holds it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail

from lingyu.community.accounts import actions as accounts
from lingyu.community.accounts.models import Member
from lingyu.community.articles import actions as articles
from lingyu.community.comments import actions as comments
from lingyu.community.notifications import actions, kinds, sending
from lingyu.community.notifications.events import Unsubscribed
from lingyu.community.notifications.jobs import send_digests
from lingyu.community.notifications.letters import unsubscribe_address
from lingyu.community.notifications.models import Rhythm
from lingyu.store.deliver import deliver_due

# 09:30 in Shanghai on a Monday: the daily mail of nine o'clock is due.
MONDAY = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
EARLIER = MONDAY - timedelta(hours=3)


@pytest.fixture
def told(luren, reachable):
    """路人 with a confirmed address, and one thing to be told."""
    reachable(luren, "luren@feathers.example")
    actions.tell(member=luren.id, kind=kinds.FEATURED, key="one", at=EARLIER)
    return Member.objects.get(id=luren.id)


def test_a_mail_names_titles_and_people_and_no_body_in_the_members_language(
    say, article, luren, xiaoxi, reachable
):
    reachable(xiaoxi)
    accounts.choose_language(actor=xiaoxi, language="en")
    accounts.edit_profile(actor=luren, pen_name="<i>路</i>", bio="")
    say(luren, body="这是评论里的话", at=EARLIER)
    send_digests(MONDAY)
    (sent,) = mail.outbox
    html = sent.alternatives[0].content
    assert sent.subject == "1 thing is new for you"
    assert "<i>路</i> commented on “翠鸟的 <b>GMV</b>”" in sent.body
    assert "&lt;i&gt;路&lt;/i&gt; commented on “翠鸟的 &lt;b&gt;GMV&lt;/b&gt;”" in html
    assert "<i>路" not in html
    for text in (sent.body, html):
        assert "正文" not in text
        assert "这是评论里的话" not in text
    accounts.choose_language(actor=xiaoxi, language="zh-hans")
    say(luren, at=MONDAY)
    send_digests(MONDAY + timedelta(days=1))
    assert "评论了" in mail.outbox[1].body


def test_a_name_cannot_break_into_the_headers(say, luren, xiaoxi, reachable):
    reachable(xiaoxi)
    Member.objects.filter(id=xiaoxi.id).update(pen_name="a\nBcc: all@evil.example")
    say(luren, at=EARLIER)
    send_digests(MONDAY)
    assert "Bcc" not in mail.outbox[0].message()
    assert mail.outbox[0].recipients() == [Member.objects.get(id=xiaoxi.id).email]


def test_a_mailbox_ends_the_mails_by_one_post_without_a_session(told, client, facts):
    send_digests(MONDAY)
    headers = mail.outbox[0].extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = headers["List-Unsubscribe"].strip("<>")
    assert address == unsubscribe_address(told)
    path = address.removeprefix("http://localhost:8000")
    browser = client.__class__(enforce_csrf_checks=True, headers={"accept-language": "en"})
    assert "Shall we send you no more" in browser.get(path).content.decode()
    assert Rhythm.of(told).period == "daily"
    for _ in range(2):
        assert browser.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Rhythm.of(told).period == "off"
    assert "no more of these mails" in browser.get(path).content.decode()
    assert len(facts(Unsubscribed)) == 1


def test_a_forged_address_ends_nobodys_mails(told, client):
    path = unsubscribe_address(told).removeprefix("http://localhost:8000")
    for forged in (path[:-3] + "x/", f"/notifications/unsubscribe/{told.id.hex}/", path[:-30] + "/"):
        assert client.post(forged).status_code == 404
    assert Rhythm.of(told).period == "daily"


def test_ended_mails_are_not_sent_even_when_they_were_claimed(told):
    sending.claim_due(MONDAY)
    actions.unsubscribe(member=told)
    sending.send_due(MONDAY)
    assert mail.outbox == []


def test_a_title_that_was_taken_down_is_not_mailed(say, luren, article, aque, reachable, dapeng):
    reachable(luren)
    comment = say(luren, at=EARLIER)
    comments.remove_comment(actor=dapeng, comment=comment, reason="spam", at=EARLIER)
    articles.retire_article(actor=aque, article=article, reason="撤下", at=EARLIER)
    deliver_due()
    send_digests(MONDAY)
    assert "GMV" not in mail.outbox[0].body
