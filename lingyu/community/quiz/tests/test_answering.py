"""A reader is asked one question, graded by the server, and rewarded once."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from lingyu.community.articles import actions as articles
from lingyu.community.articles.gates import GATES
from lingyu.community.feathers.models import Receipt
from lingyu.community.ledger.reads import balance
from lingyu.community.quiz import actions
from lingyu.community.quiz.drawing import PAUSE, TRIES_A_DAY, reading_time
from lingyu.community.quiz.models import Asking
from lingyu.community.quiz.seals import BadSeal, opened_at, opening, seal, unseal

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(xiaoxi):
    """A published article by 小喜."""
    article = articles.write_article(actor=xiaoxi, title="留存", body="正文")
    articles.publish_article(actor=xiaoxi, article=article)
    return article


@pytest.fixture
def question(article, xiaoxi):
    """Its one question, approved; the first option is right."""
    return add(article, xiaoxi, "留存看的是什么？")


def add(article, author, text):
    made = actions.write_question(
        actor=author, article=article, text=text, options=["回来的人", "新来的人", "离开的人"], right=0
    )
    actions.approve_question(actor=author, question=made)
    made.refresh_from_db()
    return made


def ask(member, article, ago=timedelta(minutes=10), at=None):
    at = at or timezone.now()
    return actions.ask(actor=member, article=article, opened_at=at - ago, at=at)


def answer(member, article, asking, right, at=None):
    shown = next(n for n, option in enumerate(asking.order) if (option == 0) == right)
    return actions.answer(actor=member, article=article, asking=asking.id, shown=shown, at=at)


def test_the_right_answer_earns_five_feathers_once_for_ever(article, question, luren):
    came = answer(luren, article, ask(luren, article), right=True)
    assert (came.state, came.receipt.amount) == ("right", 5)
    assert balance(luren.id).available == 5
    again = answer(luren, article, ask(luren, article), right=True, at=timezone.now() + timedelta(days=3))
    assert again.state == "again"
    assert balance(luren.id).available == 5


def test_a_wrong_answer_earns_nothing_and_pauses(article, question, luren):
    now = timezone.now()
    assert answer(luren, article, ask(luren, article, at=now), right=False, at=now).state == "wrong"
    early = answer(luren, article, ask(luren, article, at=now), right=True, at=now + PAUSE / 2)
    assert (early.state, early.wait) == ("pause", PAUSE / 2)
    assert answer(luren, article, ask(luren, article, at=now), right=True, at=now + PAUSE).state == "right"
    assert Receipt.objects.of(luren).count() == 1


def test_tries_on_one_day_are_limited(article, question, luren):
    now = timezone.now().replace(hour=4)
    for n in range(TRIES_A_DAY):
        at = now + n * PAUSE
        assert answer(luren, article, ask(luren, article, at=at), right=False, at=at).state == "wrong"
    at = now + 10 * PAUSE
    assert answer(luren, article, ask(luren, article, at=at), right=True, at=at).state == "tired"
    tomorrow = now + timedelta(days=1)
    asked = ask(luren, article, at=tomorrow)
    assert answer(luren, article, asked, right=True, at=tomorrow).state == "right"


def test_an_answer_before_the_article_can_have_been_read_is_not_graded(article, question, luren):
    now = timezone.now()
    asking = ask(luren, article, ago=timedelta(seconds=3), at=now)
    came = answer(luren, article, asking, right=True, at=now)
    assert (came.state, came.wait) == ("early", reading_time(article) - timedelta(seconds=3))
    later = now + reading_time(article)
    assert answer(luren, article, asking, right=True, at=later).state == "right"


def test_the_same_asking_is_graded_once(article, question, luren):
    asking = ask(luren, article)
    assert answer(luren, article, asking, right=False).state == "wrong"
    assert answer(luren, article, asking, right=True).state == "again"
    assert balance(luren.id).available == 0


def test_anothers_asking_another_articles_and_an_odd_option_are_not_graded(
    article, question, luren, dapeng, xiaoxi
):
    other = articles.write_article(actor=xiaoxi, title="别的", body="正文")
    articles.publish_article(actor=xiaoxi, article=other)
    asking = ask(luren, article)
    assert answer(dapeng, article, asking, right=True).state == "closed"
    assert answer(luren, other, asking, right=True).state == "closed"
    for shown in (-1, 99):
        came = actions.answer(actor=luren, article=article, asking=asking.id, shown=shown)
        assert came.state == "gone"
    assert balance(luren.id).available == balance(dapeng.id).available == 0


def test_a_question_retired_meanwhile_is_told(article, question, luren, xiaoxi):
    asking = ask(luren, article)
    actions.retire_question(actor=xiaoxi, question=question)
    assert answer(luren, article, asking, right=True).state == "gone"
    assert ask(luren, article) is None


def test_ones_own_article_earns_nothing(article, question, xiaoxi):
    came = answer(xiaoxi, article, ask(xiaoxi, article), right=True)
    assert came.receipt.reason == "condition.others"
    assert balance(xiaoxi.id).available == 0


def test_what_is_closed_to_the_reader_asks_nothing(article, question, luren, client_of, monkeypatch):
    asking = ask(luren, article)
    monkeypatch.setitem(GATES, "test", lambda reader, article: False)
    assert answer(luren, article, asking, right=True).state == "closed"
    assert client_of(luren).post(f"/a/{article.get_absolute_url().split('/')[2]}/quiz/").status_code == 404
    assert 'id="quiz"' not in client_of(luren).get(article.get_absolute_url()).content.decode()


def test_the_page_never_says_which_option_is_right(article, question, luren, client_of):
    browser = client_of(luren)
    page = browser.get(article.get_absolute_url()).content.decode()
    assert "回来的人" not in page and str(question.id) not in page
    token = re.search(r'name="opening" value="([^"]+)"', page)[1]
    asked = browser.post(f"{article.get_absolute_url()}quiz/", {"opening": token}).content.decode()
    assert all(option in asked for option in question.options)
    assert str(question.id) not in asked and str(Asking.objects.get().id) not in asked
    sent = re.search(r'name="token" value="([^"]+)"', asked)[1]
    early = browser.post(f"{article.get_absolute_url()}quiz/answer/", {"token": sent, "option": 0})
    assert "Read on" in early.content.decode()


@pytest.mark.parametrize("token", ["", "forged", "A" * 5_000, "\0"])
def test_forged_tokens_are_refused_in_words(article, question, luren, client_of, token):
    browser, base = client_of(luren), f"{article.get_absolute_url()}quiz/"
    for answered in (
        browser.post(base, {"opening": token}),
        browser.post(f"{base}answer/", {"token": token, "option": "0"}),
        browser.post(f"{base}answer/", {"token": seal("quiz.asking", "x", "y", "z"), "option": "0"}),
    ):
        assert answered.status_code == 400
        assert "does not belong here" in answered.content.decode()


def test_a_seal_is_for_one_article_and_one_reader(article, luren):
    now = timezone.now()
    token = opening(article.id, luren.key, now)
    assert opened_at(token, article.id, luren.key) == now
    for other in ((luren.id, luren.key), (article.id, "somebody")):
        with pytest.raises(BadSeal):
            opened_at(token, *other)
    with pytest.raises(BadSeal):
        unseal("quiz.asking", token)


def test_another_question_comes_next_time(article, question, luren, xiaoxi):
    add(article, xiaoxi, "另一个问题是什么？")
    now = timezone.now()
    first = ask(luren, article, at=now)
    assert ask(luren, article, at=now).id == first.id
    answer(luren, article, first, right=False, at=now)
    assert ask(luren, article, at=now + PAUSE).question_id != first.question_id
