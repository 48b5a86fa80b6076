"""A member's receipts: narrowed by rule and days, what stood against attempts, and the file of them."""

from datetime import UTC, datetime, timedelta

import pytest

from lingyu.community.feathers import actions
from lingyu.community.feathers.rules import RULES

QUIZ = RULES["quiz.right"]
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
