"""Feathers as one earns and spends them: a question, a comment, a paid article, receipts for all of it."""

import re
import uuid

import pytest
from playwright.sync_api import expect

from .conftest import PASSWORD, log_in

PHONE = {"width": 390, "height": 844}
WORDS = {
    "en": {
        "ask": "Ask me", "answer": "Answer", "early": "That was quick. Read on for",
        "wrong": "Not this time. Take another look", "pause": "You can try again in", "right": "Well read",
        "comment": "Your comment", "post": "Post", "waiting": "Waiting for review", "pending": "Pending",
        "passes": "It is posted once it has passed review.", "posted": "Posted", "granted": "Granted",
        "spent": "Spent",
        "unlock": "Unlock", "way": "Read an article and answer", "yours": "It is yours now", "show": "Show",
        "rule": "Rule or purpose", "quiz": "Quiz answered", "said": "Approved comment",
        "bought": "Article unlocked", "spend": "Spend 10 feathers", "left": "You will have 5 left",
    },
    "zh": {
        "ask": "考考我", "answer": "作答", "early": "有点快。再读",
        "wrong": "这次没答对。再读读文章", "pause": "秒后可以再试", "right": "答对了",
        "comment": "你的评论", "post": "发表", "waiting": "待审核", "pending": "待发",
        "passes": "过审后到账。", "posted": "已到账", "granted": "已发放",
        "spent": "已消耗",
        "unlock": "解锁", "way": "读一篇文章，答对文末的题", "yours": "已解锁，永久可读", "show": "查看",
        "rule": "规则或用途", "quiz": "读后答题", "said": "评论过审",
        "bought": "解锁文章", "spend": "支付 10 羽毛", "left": "5",
    },
}  # fmt: skip

JOIN = """
from lingyu.community.accounts import actions
told = str(actions.join(actor=None, username={name!r}, password={password!r}).id)
"""
# An article that everybody may read to its end and that asks something, and one that costs ten feathers.
FIND = """
from lingyu.community.articles.models import Article
from lingyu.community.quiz.models import Question
from lingyu.community.unlocks.models import Price
prices = Price.objects.standing([a.id for a in Article.objects.published()])
asked = Question.objects.asked().select_related("article__author").order_by("written_at")
free = [q.article for q in asked if not prices.get(q.article.id) and q.article.is_published]
told = [free[-1].get_absolute_url(), *(
    a.get_absolute_url() for a in Article.objects.published() if prices.get(a.id) == 10)][:2]
"""
# Which of the options shown is the right one: the server alone knows.
KEY = """
from lingyu.community.quiz.models import Asking
asking = Asking.objects.select_related("question").filter(
    member__username={name!r}, answered_at=None).latest("asked_at")
told = [asking.order.index(asking.question.right), str(asking.question.id)]
"""
# The clock of the server is not ours to move: what this reader has done lies further back instead.
MINUTES = """
from datetime import timedelta
from django.db.models import F
from lingyu.community.quiz.models import Asking
back = timedelta(minutes={minutes})
told = Asking.objects.filter(member__username={name!r}).update(
    opened_at=F("opened_at") - back, asked_at=F("asked_at") - back, answered_at=F("answered_at") - back)
"""


@pytest.fixture(scope="module")
def articles(backstage):
    """The addresses of an article that asks something, and of one that costs ten feathers."""
    return backstage(FIND)


@pytest.fixture
def newcomer(backstage):
    """A member who has no feathers yet: the name."""
    name = f"plume.{uuid.uuid4().hex[:8]}"
    backstage(JOIN.format(name=name, password=PASSWORD))
    return name


def balance(page) -> str:
    """What the header says."""
    return page.locator(".feather-chip span").first.inner_text()


def grows_to(page, feathers: str) -> None:
    """The header says so as soon as the worker has followed."""
    for _ in range(60):
        page.reload()
        if balance(page) == feathers:
            return
        page.wait_for_timeout(250)
    assert balance(page) == feathers


def ask(page, article: str, label: str) -> None:
    """Open the article and have its question put."""
    page.goto(article)
    page.locator("#quiz").get_by_role("button", name=label, exact=True).click()
    expect(page.locator("#quiz input[type=radio]").first).to_be_attached()


def answer(page, words: dict, number: int) -> None:
    """Choose the option shown as number so-and-so."""
    page.locator("#quiz input[type=radio]").nth(number).check()
    page.locator("#quiz").get_by_role("button", name=words["answer"], exact=True).click()


def nothing_gives_it_away(page, question: str) -> None:
    """The options differ in their number and their words only; the question's id is nowhere."""
    assert question not in page.content()
    options = page.locator("#quiz .quiz-option").evaluate_all(
        "all => all.map(o => o.outerHTML.replace(/value=.[0-9]+./, '').replace(o.textContent.trim(), ''))"
    )
    assert len(options) > 1 and len(set(options)) == 1, options


def answers_wrong_then_right(page, words: dict, article: str, name: str, backstage) -> None:
    """Too quick, wrong with a kind word, told to wait, and later right."""
    ask(page, article, words["ask"])
    right, question = backstage(KEY.format(name=name))
    nothing_gives_it_away(page, question)
    answer(page, words, right)
    expect(page.locator("#quiz")).to_contain_text(words["early"])
    backstage(MINUTES.format(name=name, minutes=6))
    ask(page, article, words["ask"])
    count = page.locator("#quiz input[type=radio]").count()
    answer(page, words, (backstage(KEY.format(name=name))[0] + 1) % count)
    expect(page.locator("#quiz")).to_contain_text(words["wrong"])
    page.goto(article)
    expect(page.locator("#quiz")).to_contain_text(words["pause"])
    backstage(MINUTES.format(name=name, minutes=3))
    ask(page, article, words["ask"])
    backstage(MINUTES.format(name=name, minutes=6))
    answer(page, words, backstage(KEY.format(name=name))[0])
    expect(page.locator("#quiz")).to_contain_text(words["right"])


def comments_and_is_approved(page, words: dict, article: str, moderator) -> None:
    """Pending with its reason, approved in another browser, and then in the header."""
    said = f"羽毛 {uuid.uuid4().hex[:8]}"
    page.goto(article)
    page.get_by_label(words["comment"]).fill(said)
    page.get_by_role("button", name=words["post"], exact=True).click()
    own = page.locator("#comments article.comment", has_text=said)
    expect(own).to_contain_text(words["waiting"])
    line = page.locator(".feather-line", has_text=words["said"]).first
    for _ in range(60):
        page.goto("/me/feathers/")
        if line.count():
            break
        page.wait_for_timeout(250)
    expect(line).to_contain_text(words["passes"])
    expect(line.locator(".tag")).to_have_text(words["pending"])
    assert balance(page) == "5"
    moderator.goto("/review/comments/")
    card = moderator.locator("main li.card", has_text=said)
    while not card.count():
        moderator.get_by_role("link", name="Next").click()
    card.get_by_role("button", name="Approve", exact=True).click()
    expect(card.get_by_role("button", name="Approve", exact=True)).to_have_count(0)
    grows_to(page, "15")


def unlocks(page, words: dict, paid: str, script: bool) -> None:
    """Confirm, and read to the end; the header has less."""
    page.goto(paid)
    assert page.locator(".prose-closed").count() == 1
    page.get_by_role("link", name=words["unlock"], exact=True).click()
    asked = page.locator("#unlock-dialog") if script else page.locator("main")
    expect(asked).to_contain_text(words["left"])
    asked.get_by_role("button", name=words["spend"]).click()
    expect(page.locator(".prose-closed")).to_have_count(0)
    expect(page.locator(".toast")).to_contain_text(words["yours"])
    assert balance(page) == "5"


def every_step_has_its_receipt(page, words: dict, article: str) -> None:
    """One line for each, which names the article; narrowed by outcome and by rule. Nothing waits any more."""
    page.goto("/me/feathers/receipts/")
    lines = page.locator(".feather-line")
    expect(lines.locator(".tag")).to_have_text(
        [words[w] for w in ("spent", "posted", "granted")], use_inner_text=True
    )
    page.get_by_role("link", name=words["pending"], exact=True).click()
    expect(lines).to_have_count(0)
    page.get_by_role("link", name=words["posted"], exact=True).click()
    expect(lines).to_have_count(1)
    page.get_by_label(words["rule"]).select_option(label=words["bought"])
    page.get_by_role("button", name=words["show"], exact=True).click()
    expect(lines).to_have_count(0)
    page.goto("/me/feathers/receipts/?cause=quiz.right")
    expect(lines).to_have_count(1)
    lines.locator("a").first.click()
    expect(page.locator("h1")).to_have_text(words["quiz"])
    expect(page.locator(f".feather-facts a[href='{article}']")).to_be_visible()


@pytest.mark.parametrize(
    ("language", "script", "options"),
    [
        ("en", True, {}),
        ("zh", True, {"viewport": PHONE, "has_touch": True, "is_mobile": True}),
        ("en", False, {"viewport": PHONE}),
    ],
    ids=["en", "zh on a phone", "en on a phone without a script"],
)
def test_from_reading_to_feathers_to_an_article_that_costs_some(
    language, script, options, visitor, person, newcomer, articles, backstage
):
    words, (article, paid) = WORDS[language], articles
    page = visitor(language, java_script_enabled=script, **options)
    log_in(page, newcomer)
    page.goto(article)
    assert balance(page) == "0"
    answers_wrong_then_right(page, words, article, newcomer, backstage)
    page.reload() if script else page.goto(article)
    assert balance(page) == "5"
    comments_and_is_approved(page, words, article, person("dapeng"))
    unlocks(page, words, paid, script)
    every_step_has_its_receipt(page, words, article)
    if script:
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    # Somewhere else, later: it is still open.
    elsewhere = visitor(language, java_script_enabled=script, **options)
    log_in(elsewhere, newcomer)
    elsewhere.goto(paid)
    expect(elsewhere.locator(".prose-closed")).to_have_count(0)


@pytest.mark.parametrize(("language", "script"), [("en", True), ("zh", False)], ids=["en", "zh, no script"])
def test_who_has_too_few_is_told_what_is_missing_and_how_to_earn_it(
    language, script, visitor, newcomer, articles
):
    words, (_, paid) = WORDS[language], articles
    page = visitor(language, java_script_enabled=script, viewport=PHONE)
    log_in(page, newcomer)
    page.goto(paid)
    page.get_by_role("link", name=words["unlock"], exact=True).click()
    asked = page.locator("#unlock-dialog") if script else page.locator("main")
    expect(asked.locator(".feather-missing")).to_contain_text("10")
    expect(asked.get_by_role("link", name=re.compile(words["way"]))).to_be_visible()
    assert asked.locator("form[action*=unlock]").count() == 0
