"""The moderators' day: queue, case, decision, undo; what takes two people; an appeal ruled by another."""

import re
import uuid

import pytest
from playwright.sync_api import expect

from .conftest import PASSWORD, log_in

SCENE = """
from django.utils import timezone
from lingyu.community.accounts import actions as accounts
from lingyu.community.articles.models import Article
from lingyu.community.cases import actions
from lingyu.community.cases.reviewing import sampling
from lingyu.community.comments import actions as comments
from lingyu.community.comments.models import Comment
sampling.GOLDEN = sampling.DOUBLE = 10**9
for name in ("{first}", "{second}"):
    member = accounts.join(actor=None, username=name, password="{password}")
    accounts.grant_role(actor=None, member=member, role="moderator")
author = accounts.join(actor=None, username="{author}", password="{password}")
article = Article.objects.published().first()
told = []
for words in ("{author} 骂人的话", "{author} 引诱未成年人"):
    row = Comment.objects.create(article=article, author=author, body=words, posted_at=timezone.now())
    comments.approve_comment(actor=member, comment=row)
    told.append(str(row.id))
case = actions.open_case(actor=None, subject="comment:" + told[0], origin="report", clause="2.6")
told = [article.get_absolute_url(), str(case.id), told[1]]
"""
GRAVE = """
from lingyu.community.accounts.models import Member
from lingyu.community.cases import actions
case = actions.open_case(actor=None, subject="comment:{id}", origin="report", clause="1.12")
told = str(case.id)
"""
APPEAL = """
from lingyu.community.accounts.models import Member
from lingyu.community.cases import actions
from lingyu.community.cases.models import Decision
decision = Decision.objects.filter(case="{case}").get()
author = Member.objects.get(username="{author}")
told = str(actions.appeal(actor=author, decision=decision, words="我是社工，请再看一遍。").id)
"""
WORDS = {
    "en": {
        "take": "Take it",
        "violation": "Breaks the pact",
        "decide": "Decide",
        "day": "Muted for 1 day",
        "undo": "Undo",
        "anew": "Taken back.",
        "yes": "Yes, decide so",
        "own": "somebody else confirms it",
        "confirm": "Confirm",
        "confirmed": "Confirmed",
        "rule": "Give the ruling",
        "reasons": "Reasons",
        "mine": "somebody else rules on the appeal",
        "ruled": "Decision overturned",
        "looking": "is looking at it",
    },
    "zh": {
        "take": "领取",
        "violation": "违反公约",
        "decide": "裁决",
        "day": "禁言 1 天",
        "undo": "撤销",
        "anew": "已撤回",
        "yes": "是的，这样裁决",
        "own": "由他人确认",
        "confirm": "确认",
        "confirmed": "已确认",
        "rule": "作出裁定",
        "reasons": "理由",
        "mine": "申诉由他人裁定",
        "ruled": "撤销裁决",
        "looking": "正在查看",
    },
}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.fixture
def people(backstage):
    """Two moderators, an author, and what was said: names, and [article, case, id of another comment]."""
    mark = uuid.uuid4().hex[:6]
    names = {"first": f"m1.{mark}", "second": f"m2.{mark}", "author": f"au.{mark}"}
    return names, backstage(SCENE.format(password=PASSWORD, **names))


def press(page, name: str) -> None:
    page.locator("main").get_by_role("button", name=name, exact=True).first.click()
    page.wait_for_load_state()


def choose(page, words: dict, case: str, clause: str) -> None:
    """Take the case, and choose the clause."""
    page.goto(f"/review/cases/{case}/")
    press(page, words["take"])
    page.get_by_label(words["violation"], exact=True).check()
    page.locator("#id_lead").fill(clause)
    page.locator("#id_lead").blur()


def takes_decides_and_undoes(first, second, words: dict, told: tuple, script: bool) -> None:
    """From the queue to the decision and back; meanwhile another sees that it is taken."""
    author, article, case = told
    first.goto("/review/?kind=comment")
    expect(first.locator(f"a[href='/review/cases/{case}/']")).to_be_visible()
    choose(first, words, case, "2.6")
    if script:
        expect(first.locator("#prospect")).to_contain_text(words["day"])
    second.goto(f"/review/cases/{case}/")
    expect(second.locator("main")).to_contain_text(words["looking"])
    expect(second.locator("#decision")).to_have_count(0)
    press(first, words["decide"])
    second.goto(article)
    expect(second.get_by_text(f"{author} 骂人的话")).to_have_count(0)
    first.goto("/review/decisions/")
    press(first, words["undo"])
    expect(first.locator("body")).to_contain_text(words["anew"])
    expect(first).to_have_url(re.compile(r"/review/cases/"))
    second.goto(article)
    expect(second.get_by_text(f"{author} 骂人的话")).to_be_visible()


def takes_two(first, second, words: dict, author: str, case: str) -> None:
    """What never ends is asked about, and confirmed by another."""
    choose(first, words, case, "1.12")
    press(first, words["decide"])
    press(first, words["yes"])
    first.goto("/review/seconds/")
    expect(first.locator("main")).to_contain_text(words["own"])
    second.goto("/review/seconds/")
    waiting = second.locator("main section.card", has_text=author)
    waiting.get_by_role("button", name=words["confirm"], exact=True).click()
    expect(second.locator("body")).to_contain_text(words["confirmed"])


def is_ruled_by_another(first, second, words: dict, appeal: str) -> None:
    """Who decided may read the appeal, and somebody else rules on it."""
    first.goto(f"/review/appeals/{appeal}/")
    expect(first.locator("main")).to_contain_text(words["mine"])
    second.goto(f"/review/appeals/{appeal}/")
    second.locator("input[value=overturned]").check()
    second.get_by_label(words["reasons"], exact=True).fill("确实是社工。")
    press(second, words["rule"])
    second.goto(f"/review/appeals/{appeal}/")
    expect(second.locator("main")).to_contain_text(words["ruled"])


@pytest.mark.parametrize(
    ("language", "options"),
    [("en", {}), ("zh", PHONE), ("en", {"java_script_enabled": False})],
    ids=["en", "zh on a phone", "en without a script"],
)
def test_a_case_is_taken_decided_and_undone_then_one_takes_two_people_and_an_appeal_another(
    language, options, visitor, people, backstage
):
    words, script = WORDS[language], options.get("java_script_enabled", True)
    names, (article, case, other) = people
    author, first, second = names["author"], visitor(language, **options), visitor(language, **options)
    log_in(first, names["first"])
    log_in(second, names["second"])
    takes_decides_and_undoes(first, second, words, (author, article, case), script)
    grave = backstage(GRAVE.format(id=other))
    takes_two(first, second, words, author, grave)
    is_ruled_by_another(first, second, words, backstage(APPEAL.format(case=grave, author=author)))
    second.goto(article)
    expect(second.get_by_text(f"{author} 引诱未成年人")).to_be_visible()
    if script:
        assert second.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_the_queue_is_worked_by_keys(person, people):
    names, (_article, case, _other) = people
    page = person("dapeng")
    page.goto("/review/?kind=comment&origin=report")
    page.keyboard.press("j")
    expect(page.locator(".case-list > li[aria-current]")).to_have_count(1)
    page.keyboard.press("x")
    expect(page.locator(".case-list > li[aria-current] input[type=checkbox]")).to_be_checked()
    page.goto(f"/review/cases/{case}/")
    page.keyboard.press("n")
    expect(page.locator("#decision")).to_be_visible()
    page.keyboard.press("v")
    expect(page.locator("input[value=violation]")).to_be_checked()
    expect(page.locator("#id_lead")).to_be_focused()
