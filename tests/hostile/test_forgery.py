"""Tokens sent twice, by somebody else, for something else, made up, or too old: nothing comes of them."""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from lingyu.community.articles import actions as articles
from lingyu.community.articles import reads
from lingyu.community.articles.events import ArticleRead
from lingyu.community.feathers.models import Receipt
from lingyu.community.ledger import actions as ledger
from lingyu.community.ledger.reads import balance
from lingyu.community.ledger.verify import verify
from lingyu.community.quiz import actions as quiz
from lingyu.community.quiz.models import Asking, Question
from lingyu.community.unlocks import actions as unlocks
from lingyu.community.unlocks import quotes
from lingyu.community.unlocks.models import Unlock

OPTIONS = ["回来的人", "新来的人", "离开的人", "潜水的人"]


def publish(author, title="留存", body="正文"):
    """A published article with one question, whose first option is right."""
    article = articles.write_article(actor=author, title=title, body=body)
    articles.publish_article(actor=author, article=article)
    question = quiz.write_question(
        actor=author, article=article, text=f"{title}看什么？", options=OPTIONS, right=0
    )
    quiz.approve_question(actor=author, question=question)
    return article


@pytest.fixture
def article(xiaoxi):
    """小喜's article."""
    return publish(xiaoxi)


def asked(browser, article, long_ago=True) -> tuple[str, str]:
    """(the page that asks, its token), the article having been opened ten minutes ago."""
    page = browser.get(article.get_absolute_url()).content.decode()
    opening = re.search(r'name="opening" value="([^"]+)"', page)[1]
    page = browser.post(f"{article.get_absolute_url()}quiz/", {"opening": opening}).content.decode()
    if long_ago:
        before = timezone.now() - timedelta(minutes=10)
        Asking.objects.filter(answered_at=None).update(opened_at=before)
    return page, re.search(r'name="token" value="([^"]+)"', page)[1]


def right_of(member) -> int:
    """As which number the right option was shown to a member."""
    asking = Asking.objects.filter(member=member).latest("asked_at")
    return asking.order.index(asking.question.right)


def answer(browser, article, token, option) -> str:
    """What the page says to an answer."""
    sent = {"token": token, "option": option}
    return browser.post(f"{article.get_absolute_url()}quiz/answer/", sent).content.decode()


def test_a_right_answer_sent_again_earns_once(article, luren, client_of):
    browser = client_of(luren)
    _, token = asked(browser, article)
    right = right_of(luren)
    assert "that is right" in answer(browser, article, token, right)
    for _ in range(3):
        assert "rewards you once" in answer(browser, article, token, right)
    assert balance(luren.id).available == 5
    assert Receipt.objects.of(luren).count() == 1


def test_a_token_is_worth_nothing_to_another_member_or_for_another_article(
    article, luren, dapeng, xiaoxi, client_of
):
    other = publish(xiaoxi, "转化")
    _, token = asked(client_of(luren), article)
    right = right_of(luren)
    for browser, where in ((client_of(dapeng), article), (client_of(luren), other)):
        assert "does not belong here" in answer(browser, where, token, right)
    assert balance(luren.id).available == balance(dapeng.id).available == 0
    assert not Asking.objects.answered().exists()


def test_a_token_that_was_changed_or_is_of_another_kind_is_refused(article, luren, client_of):
    browser = client_of(luren)
    page, token = asked(browser, article)
    opening = re.search(
        r'name="opening" value="([^"]+)"', browser.get(article.get_absolute_url()).content.decode()
    )
    quote = quotes.quote(article.id, luren.id, 0, 0).signed()
    turned = token[:40] + ("A" if token[40] != "A" else "B") + token[41:]
    for wrong in (turned, token[:-4], opening[1], quote, reads.issue(article)):
        assert "does not belong here" in answer(browser, article, wrong, right_of(luren))
    assert balance(luren.id).available == 0


def test_an_opening_is_believed_of_the_member_it_was_made_for_alone(
    article, luren, dapeng, anonymous, client_of
):
    for reader in (luren, anonymous):
        page = client_of(reader).get(article.get_absolute_url()).content.decode()
        for opening in re.findall(r'name="opening" value="([^"]+)"', page):
            sent = client_of(dapeng).post(f"{article.get_absolute_url()}quiz/", {"opening": opening})
            assert sent.status_code == 400
    assert not Asking.objects.exists()


def test_nothing_of_the_page_depends_on_which_option_is_right(article, luren, client_of):
    pages = set()
    browser = client_of(luren)
    for right in range(len(OPTIONS)):
        Question.objects.update(right=right)
        page, token = asked(browser, article, long_ago=False)
        page = page.replace(token, "TOKEN")
        pages.add(re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"|nonce="[^"]+"', "", page))
    assert len(pages) == 1


def test_a_wrong_answer_is_told_without_the_right_one(article, luren, client_of):
    browser = client_of(luren)
    _, token = asked(browser, article)
    said = answer(browser, article, token, (right_of(luren) + 1) % len(OPTIONS))
    assert "Not this time" in said
    assert not any(option in said for option in OPTIONS)


def test_who_knows_the_key_earns_nothing_by_it(article, xiaoxi, aque):
    question = quiz.write_question(actor=aque, article=article, text="还有什么？", options=OPTIONS, right=0)
    quiz.approve_question(actor=aque, question=question)
    now = timezone.now()
    asking = quiz.ask(actor=aque, article=article, opened_at=now - timedelta(hours=1), at=now)
    shown = asking.order.index(0)
    came = quiz.answer(actor=aque, article=article, asking=asking.id, shown=shown, at=now)
    assert (came.state, came.receipt.amount, came.receipt.reason) == ("right", 0, "condition.others")


def give(member, amount):
    """Feathers to spend."""
    with transaction.atomic():
        ledger.issue(
            member=member.id, amount=amount, key="gift", cause="gift", subject="x", at=timezone.now()
        )


@pytest.mark.django_db(transaction=True)
def test_twenty_answers_at_once_earn_one_reward(luren, xiaoxi):
    article = publish(xiaoxi)
    now = timezone.now()
    asking = quiz.ask(actor=luren, article=article, opened_at=now - timedelta(hours=1), at=now)
    shown = asking.order.index(0)

    def send(_):
        try:
            return quiz.answer(actor=luren, article=article, asking=asking.id, shown=shown, at=now).state
        finally:
            connections.close_all()

    states = at_once(send, 20)
    assert sorted(states) == ["again"] * 19 + ["right"]
    assert balance(luren.id).available == 5
    assert verify().faults == []


@pytest.mark.django_db(transaction=True)
def test_twenty_purchases_at_once_with_one_quote_take_one_price(luren, xiaoxi):
    article = publish(xiaoxi)
    unlocks.price_article(actor=xiaoxi, article=article, feathers=20)
    give(luren, 50)
    quote = quotes.quote(article.id, luren.id, 20, 50)

    def buy(_):
        try:
            return unlocks.unlock_article(actor=luren, article=article, quote=quote).unlock.feathers
        finally:
            connections.close_all()

    assert at_once(buy, 20) == [20] * 20
    assert balance(luren.id).available == 30
    assert Unlock.objects.count() == 1
    assert verify().faults == []


def at_once(do, times: int) -> list:
    """Do something many times at once, in threads of their own."""
    # SQLite's tests share one database in memory, which knows no waiting: there they come one by one.
    with ThreadPoolExecutor(8 if connection.vendor == "postgresql" else 1) as pool:
        return list(pool.map(do, range(times)))


def test_a_purchase_sent_again_takes_nothing_more(article, luren, xiaoxi, client_of):
    unlocks.price_article(actor=xiaoxi, article=article, feathers=20)
    give(luren, 50)
    browser, address = client_of(luren), f"{article.get_absolute_url()}unlock/"
    quote = re.search(r'name="quote" value="([^"]+)"', browser.get(address).content.decode())[1]
    for _ in range(3):
        assert browser.post(address, {"quote": quote})["Location"] == article.get_absolute_url()
    assert balance(luren.id).available == 30


def test_a_cheaper_price_cannot_be_written_into_a_quote(article, luren, xiaoxi, client_of, monkeypatch):
    unlocks.price_article(actor=xiaoxi, article=article, feathers=20)
    give(luren, 50)
    browser, address = client_of(luren), f"{article.get_absolute_url()}unlock/"
    honest = quotes.quote(article.id, luren.id, 20, 50).signed()
    cheap = quotes.quote(article.id, luren.id, 1, 50).signed()
    spliced = cheap.split(":")[0] + ":" + honest.split(":", 1)[1]
    assert browser.post(address, {"quote": spliced})["Location"] == address
    # A price that once stood is signed, and still not the present one.
    assert browser.post(address, {"quote": cheap}).status_code == 409
    later = time.time() + 3_600
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    assert browser.post(address, {"quote": honest})["Location"] == address
    assert balance(luren.id).available == 50
    assert not Unlock.objects.exists()


@pytest.fixture
def report(article, monkeypatch):
    """`report(browser, token)`: say that its reader stayed; it was issued a minute ago."""
    monkeypatch.setattr(reads, "SECONDS", -1)
    return lambda browser, token: (
        browser.post(f"{article.get_absolute_url()}read/", {"token": token}).status_code
    )


def test_one_page_view_is_one_read_however_often_it_is_reported(article, report, client_of, anonymous, facts):
    token = reads.issue(article)
    for _ in range(5):
        # Without the cookie, as a script would that wants to be many people.
        assert report(client_of(anonymous), token) == 204
    assert len(facts(ArticleRead)) == 1


def test_a_visitor_whom_a_script_makes_up_is_nobody(article, report, client_of, anonymous, facts):
    token = reads.issue(article)
    for n in range(5):
        browser = client_of(anonymous)
        browser.cookies[reads.VISITOR_COOKIE] = f"00000000-0000-4000-8000-{n:012}"
        assert report(browser, token) == 204
    assert len(facts(ArticleRead)) == 1


def test_two_visitors_at_the_same_moment_are_two_reads(article, report, client_of, anonymous, facts):
    for token in (reads.issue(article), reads.issue(article)):
        assert report(client_of(anonymous), token) == 204
    assert len(facts(ArticleRead)) == 2
