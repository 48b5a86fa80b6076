"""The pact as members meet it: refused with the reason before sending, reporting, one's own standing."""

import re
import uuid

import pytest
from playwright.sync_api import expect

from .conftest import PASSWORD, log_in

PHONE = {"width": 390, "height": 844}
ADVERT = "这个保温杯便宜死了，复制这段话打开淘宝就能领券 ￥kQ3xW8bN2aZ￥"
WORDS = {
    "en": {
        "comment": "Your comment", "post": "Post", "refused": "This can't be published as it is.",
        "contest": "I think this is a mistake", "waiting": "Waiting for review", "report": "Report",
        "search": "Search the clauses", "looked": "abusive", "clause": "Abusive language",
        "send": "Send the report", "thanks": "Thank you, your report is in", "muted": "Muted for 1 day",
        "without": "Without this finding you would be: In good standing.",
        "wrong": "Why the decision is wrong",
        "appeal": "Send the appeal", "mine": "My appeal", "why": "Why, and how to appeal",
        "reasons": "Reasons and appeal",
    },
    "zh": {
        "comment": "你的评论", "post": "发表", "refused": "这样写不能发布。",
        "contest": "我认为这是误判", "waiting": "待审核", "report": "举报",
        "search": "搜索条款", "looked": "谩骂", "clause": "谩骂",
        "send": "提交举报", "thanks": "谢谢，举报已收到", "muted": "禁言 1 天",
        "without": "如果没有这项认定，你现在会是：正常。", "wrong": "裁决错在哪里",
        "appeal": "提交申诉", "mine": "我的申诉", "why": "查看原因与申诉办法",
        "reasons": "理由与申诉",
    },
}  # fmt: skip

JOIN = """
from lingyu.community.accounts import actions
told = str(actions.join(actor=None, username={name!r}, password={password!r}).id)
"""
ARTICLE = """
from lingyu.community.articles.models import Article
told = Article.objects.published().order_by("published_at")[0].get_absolute_url()
"""
# A comment that somebody let pass, and what it is called on the page.
SAY = """
from lingyu.community.accounts.models import Member
from lingyu.community.articles.models import Article
from lingyu.community.comments import actions
from lingyu.community.comments.models import Comment
article = Article.objects.published().order_by("published_at")[0]
comment = actions.post_comment(
    actor=Member.objects.get(username={name!r}), article=article, body="数据口径那一段，我有不同的看法。")
if Comment.objects.get(id=comment.id).state == "waiting":
    actions.approve_comment(actor=Member.objects.get(username="dapeng"), comment=comment)
told = str(comment.id)
"""
DECIDE = """
from lingyu.community.accounts.models import Member
from lingyu.community.cases import actions
dapeng = Member.objects.get(username="dapeng")
case = actions.look_at(actor=dapeng, subject="comment:{comment}")
made = actions.decide(
    actor=dapeng, case=case, outcome="violation", lead="2.6", words="请就事论事。", evidence="不同的看法")
told = str(made.id)
"""
NONE_KEPT = """
from lingyu.community.comments.models import Comment
told = Comment.objects.filter(author__username={name!r}).count()
"""


@pytest.fixture
def newcomer(backstage):
    """A member who has written nothing yet: the name."""
    name = f"rail.{uuid.uuid4().hex[:8]}"
    backstage(JOIN.format(name=name, password=PASSWORD))
    return name


@pytest.fixture
def article(backstage):
    """The address of an article that everybody can read."""
    return backstage(ARTICLE)


def fits(page) -> bool:
    """Whether nothing sticks out of the window."""
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("size", [PHONE, {"width": 1280, "height": 900}], ids=["phone", "desk"])
def test_a_post_is_refused_with_the_reason_before_it_is_sent(
    visitor, backstage, newcomer, article, language, size
):
    words, page = WORDS[language], visitor(language, viewport=size)
    log_in(page, newcomer)
    page.goto(article)
    form = page.locator("#comments form.compose").first
    form.get_by_label(words["comment"]).fill(ADVERT)
    remarks = form.locator(".remarks-live")
    # The first look of a process loads the screener.
    expect(remarks).to_contain_text(words["refused"], timeout=30_000)
    expect(remarks.locator("mark").first).to_have_text(re.compile("."))
    expect(remarks.locator("a[href*='/pact/#c3.4']").first).to_be_visible()
    assert backstage(NONE_KEPT.format(name=newcomer)) == 0
    assert fits(page)
    form.get_by_label(words["comment"]).fill("留存那段写得很清楚，谢谢。")
    expect(remarks.locator(".remarked")).to_have_count(0)
    form.get_by_role("button", name=words["post"]).click()
    expect(page.locator("#comments").get_by_text("留存那段写得很清楚，谢谢。")).to_be_visible(timeout=30_000)


def test_a_sent_text_that_is_refused_can_be_looked_at_by_a_person(visitor, newcomer, article):
    words, page = WORDS["zh"], visitor("zh")
    log_in(page, newcomer)
    page.goto(article)
    form = page.locator("#comments form.compose").first
    form.get_by_label(words["comment"]).fill(ADVERT)
    form.get_by_role("button", name=words["post"]).click()
    refused = page.locator("#comments form.compose").first
    expect(refused.get_by_role("group").locator("mark").first).to_be_visible(timeout=30_000)
    expect(refused.get_by_label(words["comment"])).to_have_value(ADVERT)
    refused.get_by_text(words["contest"]).first.click()
    refused.get_by_role("button", name=words["post"]).click()
    expect(page.locator("#comments .comment-waiting", has_text=ADVERT)).to_be_visible(timeout=30_000)


def test_without_a_script_the_refusal_says_the_same(visitor, complaints, newcomer, article):
    words, page = WORDS["en"], visitor("en", java_script_enabled=False)
    log_in(page, newcomer)
    page.goto(article)
    form = page.locator("#comments form.compose").first
    form.get_by_label(words["comment"]).fill(ADVERT)
    form.get_by_role("button", name=words["post"]).click()
    expect(page.locator(".remarked mark").first).to_be_visible()
    expect(page.locator("a[href*='/pact/#c3.4']").first).to_be_visible()
    expect(page.get_by_label(words["comment"])).to_have_value(ADVERT)
    page.get_by_label(words["contest"]).check()
    page.get_by_role("button", name=words["post"]).click()
    expect(page.get_by_text(words["waiting"]).first).to_be_visible()
    # The browser itself notes an answer of 422.
    complaints[:] = [line for line in complaints if "422" not in line]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_report_is_a_dialog_and_ends_in_what_happens_next(visitor, backstage, newcomer, article, language):
    comment = backstage(SAY.format(name=newcomer))
    name = f"rail.{uuid.uuid4().hex[:8]}"
    backstage(JOIN.format(name=name, password=PASSWORD))
    words, page = WORDS[language], visitor(language)
    log_in(page, name)
    page.goto(article)
    page.locator(f"#comment-{comment} footer").get_by_role("link", name=words["report"]).click()
    dialog = page.locator("dialog[open]")
    dialog.get_by_label(words["search"]).fill(words["looked"])
    dialog.get_by_role("radio", name=re.compile(words["clause"])).first.check()
    dialog.get_by_role("button", name=words["send"]).click()
    expect(dialog).to_contain_text(words["thanks"])
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)


def test_without_a_script_a_report_is_a_page(visitor, backstage, newcomer, article):
    comment = backstage(SAY.format(name=newcomer))
    name = f"rail.{uuid.uuid4().hex[:8]}"
    backstage(JOIN.format(name=name, password=PASSWORD))
    words, page = WORDS["zh"], visitor("zh", java_script_enabled=False, viewport=PHONE)
    log_in(page, name)
    page.goto(article)
    page.locator(f"#comment-{comment} footer").get_by_role("link", name=words["report"]).click()
    page.locator("details", has_text="不友善").locator("summary").first.click()
    page.get_by_role("radio", name=re.compile(words["clause"])).first.check()
    page.get_by_role("button", name=words["send"]).click()
    expect(page.get_by_text(words["thanks"]).first).to_be_visible()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_muted_member_reads_why_and_appeals(visitor, backstage, newcomer, article, language):
    decision = backstage(DECIDE.format(comment=backstage(SAY.format(name=newcomer))))
    words, page = WORDS[language], visitor(language, viewport=PHONE)
    log_in(page, newcomer)
    page.goto(article)
    page.locator("#comments").get_by_role("link", name=words["why"]).click()
    expect(page.get_by_role("heading", name=words["muted"])).to_be_visible()
    expect(page.get_by_text(words["without"])).to_be_visible()
    assert fits(page)
    page.get_by_role("link", name=words["reasons"]).click()
    assert page.url.endswith(f"/pact/decisions/{decision}/")
    page.get_by_label(words["wrong"]).fill("我只是说看法不同，没有骂人。")
    page.get_by_role("button", name=words["appeal"]).click()
    expect(page.get_by_role("heading", name=words["mine"])).to_be_visible()
    assert fits(page)
