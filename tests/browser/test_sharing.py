"""Sharing and inviting, as people do it: a link is opened by somebody else, who reads; a friend joins."""

import re
import uuid

import pytest
from playwright.sync_api import expect

CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"
WECHAT = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130 Mobile MicroMessenger/8.0.50"
PHONE = {"width": 390, "height": 844}
# As the worker does it, a day later.
POST_DUE = """
from datetime import timedelta
from django.utils import timezone
from lingyu.community.feathers.jobs import post_due
told = post_due(timezone.now() + timedelta(hours=25))
"""


def an_open_article(page) -> str:
    """Open the newest article that everybody may read to its end; returns its address."""
    page.goto("/")
    addresses = page.locator("main article h2 a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    for address in addresses:
        page.goto(address)
        if page.locator("[data-read]").count():
            return address
    raise AssertionError("no article is open")


def my_link(page, article: str) -> str:
    """Open the dialog of the article, and take the link out of it."""
    page.goto(article)
    page.locator("a[data-dialog=share-dialog]").click()
    field = page.locator("#share-dialog #share-address")
    expect(field).to_be_visible()
    return field.input_value()


def readers(page) -> list[str]:
    """What the receipts say of readers, newest first."""
    page.goto("/me/feathers/receipts/")
    return page.locator(".feather-line", has_text="Reader by your link").locator(".tag").all_inner_texts()


@pytest.mark.slow
def test_a_reader_by_a_link_is_held_and_then_posted(person, visitor, backstage):
    sharer = person("dapeng", user_agent=CHROME)
    link = my_link(sharer, an_open_article(sharer))
    before = readers(sharer)

    stranger = visitor(user_agent=WECHAT, viewport=PHONE)
    with stranger.expect_response(re.compile("/read/$"), timeout=60_000) as report:
        stranger.goto(link)
        assert "/a/" in stranger.url and "/s/" not in stranger.url
        stranger.mouse.wheel(0, 20_000)
    assert report.value.status == 204

    for _ in range(40):
        if readers(sharer) != before:
            break
        sharer.wait_for_timeout(500)
    assert readers(sharer) == ["Pending", *before]

    backstage(POST_DUE)
    assert readers(sharer)[0] == "Posted"

    sharer.goto(link.replace("/s/", "/a/")[: link.index("/s/") + 25] + "/share/")
    expect(sharer.get_by_text("1 reader counted")).to_be_visible()


def test_the_sharers_own_opening_is_explained(person):
    sharer = person("dapeng", user_agent=CHROME)
    sharer.goto("/")
    address = sharer.locator("main article h2 a").nth(3).get_attribute("href")
    sharer.goto(my_link(sharer, address))
    sharer.goto("/me/feathers/receipts/?outcome=refused")
    expect(sharer.get_by_text("your own reading does not count").first).to_be_visible()


def test_a_forged_link_leads_to_the_article_and_says_nothing(person, visitor):
    sharer = person("dapeng", user_agent=CHROME)
    article = an_open_article(sharer)
    link = my_link(sharer, article)
    stranger = visitor(user_agent=WECHAT)
    forged = link[:-3] + ("11/" if link[-3:-1] != "11" else "22/")
    for address in (forged, link[:-18] + "/"):
        stranger.goto(address)
        assert stranger.url.endswith(article)
        assert not stranger.locator("[role=alert], .toast").count()


def test_the_link_is_copied_by_one_press(person):
    sharer = person("dapeng", user_agent=CHROME, permissions=["clipboard-read", "clipboard-write"])
    link = my_link(sharer, an_open_article(sharer))
    sharer.locator("#share-dialog [data-copy]").click()
    expect(sharer.locator("#share-dialog .copy-done")).to_be_visible()
    assert sharer.evaluate("navigator.clipboard.readText()") == link
    sharer.keyboard.press("Escape")
    expect(sharer.locator("#share-dialog")).not_to_be_visible()


@pytest.mark.parametrize(
    ("language", "share", "code"), [("en", "Share", "QR code"), ("zh", "分享", "二维码")]
)
def test_without_javascript_on_a_phone_the_link_and_the_code_are_there(
    person, visitor, language, share, code
):
    signed_in = person("dapeng", language, java_script_enabled=False, viewport=PHONE, user_agent=CHROME)
    nobody = visitor(language, java_script_enabled=False, viewport=PHONE, user_agent=WECHAT)
    for page, part in ((signed_in, "/s/"), (nobody, "/a/")):
        page.goto("/")
        page.locator("main article h2 a").first.click()
        page.get_by_role("link", name=share, exact=True).click()
        assert page.url.endswith("/share/")
        assert part in page.locator("#share-address").input_value()
        expect(page.get_by_role("img", name=re.compile(code))).to_be_visible()
        expect(page.locator("[data-copy]")).to_be_hidden()
        # Without a script nothing can be asked of the page: its content is as wide as the window at most.
        assert page.locator("main").bounding_box()["width"] <= PHONE["width"]


def test_a_friend_joins_by_an_invitation(person, visitor):
    inviter = person("dapeng", user_agent=CHROME)
    inviter.goto("/invite/")
    link = inviter.locator("#share-address").input_value()
    name = f"friend.{uuid.uuid4().hex[:8]}"

    friend = visitor(user_agent=WECHAT, viewport=PHONE)
    friend.goto(link)
    expect(friend.get_by_role("heading", name="大鹏 invites you")).to_be_visible()
    assert friend.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    friend.get_by_role("link", name="Join").click()
    friend.get_by_label("Username").fill(name)
    friend.get_by_label("E-mail").fill(f"{name}@example.org")
    friend.get_by_label("Password").fill("a quiet feather 42")
    friend.get_by_role("button", name="Create my account").click()
    friend.wait_for_url(lambda url: "/accounts/signup" not in url)

    inviter.reload()
    row = inviter.locator(".invite-list li", has_text=name)
    expect(row).to_contain_text("Has joined")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_pages_fit_a_phone(person, language):
    page = person("dapeng", language, viewport=PHONE, user_agent=CHROME)
    my_link(page, an_open_article(page))
    for address in (None, "/invite/"):
        if address:
            page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
