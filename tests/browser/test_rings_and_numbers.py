"""Accounts that act together, as a moderator meets them; the pact's numbers and log, as everybody does."""

import hashlib
import re
import uuid

import pytest
from playwright.sync_api import expect

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
RING = """
from lingyu.community.accounts import actions as accounts
from lingyu.community.articles.models import Article
from lingyu.community.comments import actions as comments
from lingyu.community.rings.actions import find_rings
from lingyu.community.rings.models import Ring
article = Article.objects.published().order_by("published_at")[0]
people = [accounts.join(actor=None, username="{mark}." + str(n)) for n in range(3)]
for n, who in enumerate(people):
    body = "{body}" + "，谢谢" * n
    comments.post_comment(actor=who, article=article, body=body)
find_rings(actor=None)
told = str(Ring.objects.get(belongings__member=people[0]).id)
"""
MONTH = """
from lingyu.community.transparency import proving
from lingyu.community.transparency.models import Publication
told = [Publication.objects.order_by("month").last().month, [str(fault) for fault in proving.faults()]]
"""
WORDS = {
    "en": {
        "body": "这家的手工皂洗完脸一点都不紧绷，家里老人孩子都在用，回购好几次了",
        "nearly": "nearly the same", "together": "The chosen accounts act together",
        "why": "By what you know it", "send": "Send the answer", "waits": "Confirmed: 2 cases wait now.",
        "log": "Decisions", "again": "How to compute this again",
        "broken": "Breaks the pact", "whole": "Clause",
    },
    "zh": {
        "body": "巷口那家新开的书店周末有读诗会，灯光温柔，老板还会给每个人泡一壶桂花茶",
        "nearly": "几乎相同", "together": "所选账号在协同行动",
        "why": "判断依据", "send": "提交判断", "waits": "已确认：现有 2 个案件待审。",
        "log": "裁决记录", "again": "如何复算",
        "broken": "违反公约", "whole": "条款",
    },
}  # fmt: skip
BOTH = pytest.mark.parametrize(
    ("language", "options"), [("en", {}), ("zh", PHONE)], ids=["en", "zh on a phone"]
)


def fits(page) -> bool:
    """Whether nothing sticks out of the window."""
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@BOTH
def test_a_ring_says_why_and_begins_cases_about_the_chosen(language, options, person, backstage):
    mark, words = f"soap{uuid.uuid4().hex[:6]}", WORDS[language]
    ring = backstage(RING.format(mark=mark, body=words["body"]))
    page = person("dapeng", language, **options)
    page.goto("/review/rings/")
    page.locator(f"a[href='/review/rings/{ring}/']").first.click()
    expect(page.locator(".ring-edge")).to_have_count(3)
    expect(page.locator(".ring-edge").first).to_contain_text(words["nearly"])
    assert fits(page)
    page.get_by_role("checkbox", name=f"{mark}.0").uncheck()
    page.get_by_label(words["together"]).check()
    page.get_by_label(words["why"]).fill("三个账号几分钟里发了几乎一样的话。")
    page.get_by_role("button", name=words["send"]).click()
    expect(page.locator("body")).to_contain_text(words["waits"])
    expect(page.get_by_role("button", name=words["send"])).to_have_count(0)


@BOTH
def test_everybody_reads_the_numbers_computes_them_again_and_finds_the_decisions(
    language, options, visitor, backstage
):
    words, page = WORDS[language], visitor(language, **options)
    month, faults = backstage(MONTH)
    assert faults == []
    page.goto(f"/pact/numbers/{month}/")
    page.get_by_text(words["again"]).click()
    said = page.request.get(f"/pact/numbers/{month}.json").json()["published"]
    digest = hashlib.sha256(f"{said['before']}\n{said['content']}".encode()).hexdigest()
    expect(page.locator("code.digest").first).to_have_text(digest)
    assert fits(page)
    page.get_by_role("link", name=words["log"], exact=True).first.click()
    expect(page).to_have_url(re.compile(r"/pact/log/$"))
    rows = page.locator("table.log tbody tr")
    whole = rows.count()
    assert whole > 0
    chosen = page.get_by_label(words["whole"], exact=True)
    clause = rows.filter(has_text=words["broken"]).first.locator("a").inner_text().partition(" ")[0]
    chosen.select_option(clause)
    expect(page).to_have_url(re.compile(f"clause={re.escape(clause)}"))
    expect(rows.filter(has_text=clause)).to_have_count(rows.count())
    assert 0 < rows.count() <= whole
    assert fits(page)
