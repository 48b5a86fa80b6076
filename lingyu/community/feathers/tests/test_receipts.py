"""A member's receipts: narrowed by rule and days, what stood against attempts, and the file of them."""

from datetime import UTC, datetime, timedelta

import pytest

from lingyu.community.articles import actions as articles
from lingyu.community.feathers import actions
from lingyu.community.feathers.models import Receipt
from lingyu.community.feathers.rules import PURPOSES, RULES
from lingyu.community.feathers.subjects import named

QUIZ, COMMENT = RULES["quiz.right"], RULES["comment.approved"]
PAGE = "/me/feathers/receipts/"
NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)


@pytest.fixture
def tried(luren):
    """Three attempts on three days: earned, refused, refused."""
    for number, others in ((1, 1), (2, 0), (3, 0)):
        actions.earn(
            actor=luren,
            member=luren,
            rule=QUIZ,
            subject=f"article:{number}",
            facts={"others": others},
            at=NOW + timedelta(days=number),
        )


def lines(page: str) -> int:
    """How many receipts a page lists."""
    return page.count('<li class="feather-line">')


def test_receipts_are_narrowed_by_rule_outcome_and_days(luren, tried, client_of):
    browser = client_of(luren)

    def shown(**asked) -> int:
        return lines(browser.get(PAGE, asked).content.decode())

    assert shown() == 3
    assert shown(outcome="refused") == 2
    assert shown(cause="quiz.right") == 3
    assert shown(cause="comment.approved") == 0
    assert shown(since="2026-11-22") == 2
    assert shown(since="2026-11-22", until="2026-11-22") == 1
    assert shown(until="2026-11-21", outcome="granted") == 1


def test_days_are_those_of_the_site(luren, client_of):
    # 23:30 of the 20th in UTC is the 21st in Shanghai.
    at = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
    about = {"member": luren, "rule": QUIZ, "subject": "article:1", "facts": {"others": 1}}
    actions.earn(actor=luren, **about, at=at)
    browser = client_of(luren)
    assert lines(browser.get(PAGE, {"until": "2026-11-20"}).content.decode()) == 0
    assert lines(browser.get(PAGE, {"since": "2026-11-21"}).content.decode()) == 1


def test_the_page_says_what_stood_against_attempts_and_how_often(luren, tried, client_of):
    page = client_of(luren).get(PAGE).content.decode()
    assert "What stood against it" in page
    assert "<dd>2 ×</dd>" in page


@pytest.mark.parametrize(
    "asked", [{"since": "yesterday"}, {"until": "9999-12-31"}, {"since": "0001-01-01"}, {"cause": "\0"}]
)
def test_a_question_that_cannot_be_read_is_not_asked(asked, luren, tried, client_of):
    answer = client_of(luren).get(PAGE, asked)
    assert answer.status_code == 200
    assert lines(answer.content.decode()) == 3


def test_the_file_has_every_receipt_with_its_reason(luren, tried, client_of):
    answer = client_of(luren).get(PAGE, {"format": "csv", "outcome": "refused"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert text.count("It has to be somebody else's article.") == 2
    assert len(text.strip().splitlines()) == 3


def test_nobody_sees_anothers_receipts(luren, xiaoxi, tried, client_of):
    assert lines(client_of(xiaoxi).get(PAGE).content.decode()) == 0


def test_receipts_and_the_statement_say_which_article_they_are_about(luren, xiaoxi, client_of):
    article = articles.write_article(actor=xiaoxi, title="About <b>plumes</b>", body="Words.")
    articles.publish_article(actor=xiaoxi, article=article)
    about = {"member": luren, "rule": QUIZ, "subject": f"article:{article.id}", "facts": {"others": 1}}
    receipt = actions.earn(actor=luren, **about)
    browser = client_of(luren)
    for page, times in ((PAGE, 1), ("/me/feathers/", 2)):
        text = browser.get(page).content.decode()
        assert text.count("About &lt;b&gt;plumes&lt;/b&gt;") == times
    assert article.get_absolute_url() in browser.get(receipt.get_absolute_url()).content.decode()
    articles.retire_article(actor=xiaoxi, article=article, reason="stale")
    text = browser.get(receipt.get_absolute_url()).content.decode()
    assert "plumes" in text and article.get_absolute_url() not in text


def test_however_many_subjects_there_are_each_kind_is_asked_once(luren, xiaoxi, django_assert_num_queries):
    written = [articles.write_article(actor=xiaoxi, title=f"No. {n}", body="x") for n in range(5)]
    said = [f"article:{a.id}" for a in written] + ["article:not-an-id", "nothing", f"moon:{written[0].id}"]
    with django_assert_num_queries(1):
        found = named(said)
    assert {s.words for s in found.values()} == {f"No. {n}" for n in range(5)}


def promise(member, number: int) -> dict:
    """A comment's promise; returns what it is about."""
    about = {"actor": None, "member": member, "rule": COMMENT}
    about |= {"subject": f"article:{number}", "occurrence": f"comment:{number}"}
    actions.earn(**about, facts={"others": 1, "length": 20}, at=NOW)
    return about


def test_a_promise_and_what_came_of_it_are_one_line_that_says_when_it_was_promised(luren, client_of):
    browser = client_of(luren)
    kept, broken, _open = (promise(luren, number) for number in (1, 2, 3))
    assert lines(browser.get(PAGE, {"outcome": "pending"}).content.decode()) == 3
    actions.approve(**kept, at=NOW + timedelta(hours=2))
    actions.decline(**broken, why="removed", at=NOW + timedelta(hours=3))
    page = browser.get(PAGE).content.decode()
    assert lines(page) == 3
    assert page.count("It was promised on 2026-11-20 12:00.") == 2
    assert lines(browser.get(PAGE, {"outcome": "pending"}).content.decode()) == 1
    assert lines(browser.get(PAGE, {"outcome": "approved"}).content.decode()) == 1
    text = b"".join(browser.get(PAGE, {"format": "csv"}).streaming_content).decode("utf-8-sig")
    assert len(text.strip().splitlines()) == 4
    assert text.count(",2026-11-20T12:00:00+08:00") == 2
    assert browser.get("/me/feathers/").content.decode().count("It was promised on") == 2


def test_the_page_of_a_promise_that_has_ended_says_so_and_does_not_wait(luren, client_of):
    about = promise(luren, 1)
    address = Receipt.objects.get(outcome="pending").get_absolute_url()
    browser = client_of(luren)
    assert "once it has passed review" in browser.get(address).content.decode()
    actions.approve(**about, at=NOW + timedelta(hours=2))
    page = browser.get(address).content.decode()
    assert "once it has passed review" not in page
    assert "what came of it on 2026-11-20 14:00 has a receipt of its own" in page
    assert '<span class="tag">Promised</span>' in page


def test_what_was_set_aside_for_an_order_is_not_said_to_be_so_once_it_is_spent(luren, client_of):
    actions.earn(actor=luren, member=luren, rule=QUIZ, subject="article:1", facts={"others": 1}, at=NOW)
    about = {"member": luren, "purpose": PURPOSES["mall.order"], "subject": "good:1", "amount": 5}
    held = actions.hold(actor=luren, **about, key="order:1", at=NOW)
    browser = client_of(luren)
    assert '<span class="tag tag-warn">Set aside</span>' in browser.get(PAGE).content.decode()
    actions.settle(actor=luren, key="order:1", at=NOW + timedelta(hours=1))
    for page in (PAGE, held.get_absolute_url()):
        text = browser.get(page).content.decode()
        assert '<span class="tag">Was set aside</span>' in text
        assert '<span class="tag tag-warn">Set aside</span>' not in text
