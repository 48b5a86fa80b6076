"""A paid article: one quote, one purchase, access for ever, and feathers back when it is taken down."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from lingyu.community.articles import actions as articles
from lingyu.community.articles.gates import open_to
from lingyu.community.feathers.models import Receipt
from lingyu.community.ledger import actions as ledger
from lingyu.community.ledger.reads import balance
from lingyu.community.ledger.verify import verify
from lingyu.community.unlocks import actions, quotes
from lingyu.community.unlocks.events import ArticleUnlocked
from lingyu.community.unlocks.jobs import refund

pytestmark = pytest.mark.django_db

BODY = (
    "免费的开头写在这里。\n\n"
    + "\n\n".join(f"第{n}段是付费的内容。" for n in range(20))
    + "\n\n藏在最后的答案。"
)


@pytest.fixture(autouse=True)
def sound():
    """After every test the whole ledger verifies."""
    yield
    assert verify().faults == []


@pytest.fixture
def article(xiaoxi):
    """A published article by 小喜 that costs 20 feathers."""
    article = articles.write_article(actor=xiaoxi, title="付费文章", body=BODY)
    articles.publish_article(actor=xiaoxi, article=article)
    actions.price_article(actor=xiaoxi, article=article, feathers=20)
    return article


def give(member, amount):
    ledger.issue(
        member=member.id, amount=amount, key=f"gift {member.id}", cause="gift", subject="x", at=timezone.now()
    )


def buy(member, article, price=20):
    found = quotes.quote(article.id, member.id, price, 0)
    return actions.unlock_article(actor=member, article=article, quote=found)


def test_who_pays_reads_the_whole_for_ever_and_pays_once(article, luren, xiaoxi, facts):
    give(luren, 50)
    assert buy(luren, article).unlock.feathers == 20
    assert buy(luren, article).unlock.feathers == 20
    assert balance(luren.id).available == 30
    assert len(facts(ArticleUnlocked)) == 1
    actions.price_article(actor=xiaoxi, article=article, feathers=500)
    assert open_to(luren, article)


def test_who_has_too_few_is_told_what_is_missing_and_nothing_is_taken(article, luren):
    give(luren, 12)
    came = buy(luren, article)
    assert came.unlock is None and came.receipt.missing == 8
    assert balance(luren.id).available == 12
    assert not open_to(luren, article)
    assert Receipt.objects.of(luren).get().reason == "too_few"


def test_a_price_that_changed_since_the_quote_is_told(article, luren, xiaoxi):
    give(luren, 50)
    actions.price_article(actor=xiaoxi, article=article, feathers=30)
    assert buy(luren, article).price == 30
    assert balance(luren.id).available == 50


def test_buyers_are_refunded_once_when_the_article_is_taken_down(article, luren, dapeng):
    give(luren, 50)
    buy(luren, article)
    assert refund(timezone.now()) == 0
    articles.retire_article(actor=dapeng, article=article, reason="过时")
    assert refund(timezone.now()) == 1
    assert refund(timezone.now()) == 0
    assert balance(luren.id).available == 50
    with pytest.raises(ValidationError):
        buy(luren, article)


def test_a_free_article_and_ones_own_need_no_purchase(article, luren, xiaoxi, dapeng, aque, anonymous):
    assert [open_to(m, article) for m in (xiaoxi, dapeng, aque)] == [True, True, True]
    assert not open_to(luren, article) and not open_to(anonymous, article)
    actions.price_article(actor=xiaoxi, article=article, feathers=0)
    assert open_to(luren, article) and open_to(anonymous, article)


@pytest.mark.parametrize("price", [-1, 10_001])
def test_odd_prices_are_refused(article, xiaoxi, price):
    with pytest.raises(ValidationError):
        actions.price_article(actor=xiaoxi, article=article, feathers=price)


def test_a_closed_body_shows_its_beginning_only(article, luren, client_of, client):
    for page in (client.get(article.get_absolute_url()), client_of(luren).get(article.get_absolute_url())):
        text = page.content.decode()
        assert "免费的开头" in text
        assert "藏在最后的答案" not in text
        assert 'id="unlock"' in text


def test_the_way_without_a_script_from_the_price_to_the_whole(article, luren, client_of):
    browser = client_of(luren)
    address = f"{article.get_absolute_url()}unlock/"
    few = browser.get(address).content.decode()
    assert "20 feathers are missing" in few and 'name="quote"' not in few
    give(luren, 20)
    confirm = browser.get(address).content.decode()
    token = re.search(r'name="quote" value="([^"]+)"', confirm)[1]
    page = browser.post(address, {"quote": token}, follow=True).content.decode()
    assert "藏在最后的答案" in page
    assert "付费文章" in browser.get("/me/unlocked/").content.decode()


@pytest.mark.parametrize("token", ["", "forged", "A" * 5_000, "a:b:c"])
def test_a_forged_quote_buys_nothing(article, luren, client_of, token):
    give(luren, 50)
    address = f"{article.get_absolute_url()}unlock/"
    page = client_of(luren).post(address, {"quote": token}, follow=True)
    assert "too old" in page.content.decode()
    assert balance(luren.id).available == 50


def test_a_quote_is_for_one_member_and_one_article_and_ten_minutes(article, luren, dapeng):
    token = quotes.quote(article.id, luren.id, 20, 50).signed()
    assert quotes.read(token, article.id, luren.id).price == 20
    for other in ((article.id, dapeng.id), (luren.id, luren.id)):
        with pytest.raises(quotes.BadQuote):
            quotes.read(token, *other)


def test_only_the_author_and_operators_set_a_price(article, luren, xiaoxi, dapeng, client_of):
    address = f"/write/{article.get_absolute_url().split('/')[2]}/price/"
    assert client_of(luren).get(address).status_code == 403
    assert "10000" in client_of(xiaoxi).post(address, {"feathers": 99_999}).content.decode().replace(",", "")
    client_of(xiaoxi).post(address, {"feathers": 0})
    assert open_to(luren, article)


def test_lists_show_the_price(article, client):
    assert "feathers to unlock it" in client.get("/", headers={"accept-language": "en"}).content.decode()
