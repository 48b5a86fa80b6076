"""What readers do with an article: rate it, keep it in a folder, find its kind, with a script and without."""

import re
import uuid
import xml.etree.ElementTree as ET

import pytest
from playwright.sync_api import expect

from .conftest import PASSWORD
from .test_every_page import FITS, NAMELESS

PHONE = {"viewport": {"width": 390, "height": 844}}


def article_by_another(page) -> str:
    """Open the newest article that the reader may rate; returns its address."""
    page.goto("/u/aque/")
    page.locator("main article h2 a").first.click()
    page.wait_for_url("**/a/**")
    return page.url


def test_a_reader_gives_stars_changes_them_and_takes_them_back(person):
    page = person("dapeng")
    article_by_another(page)
    box = page.locator("#rating")
    back = box.get_by_role("button", name="Take it back")
    if back.count():
        back.click()
    expect(box.get_by_role("button", name="Rate", exact=True)).to_be_visible()
    box.get_by_role("radio", name="4 stars").check()
    box.get_by_role("button", name="Rate", exact=True).click()
    expect(box.get_by_role("button", name="Change my rating")).to_be_visible()
    expect(box.get_by_role("radio", name="4 stars")).to_be_checked()
    expect(page.locator("#rating-summary strong")).to_be_visible()
    # By the keyboard alone: the arrows move between the stars.
    box.get_by_role("radio", name="4 stars").focus()
    page.keyboard.press("ArrowRight")
    expect(box.get_by_role("radio", name="5 stars")).to_be_checked()
    with page.expect_response(lambda answer: answer.url.endswith("/rating/")):
        page.keyboard.press("Enter")
    # What is opened before the box has been replaced is closed again with it.
    expect(page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)
    expect(box.get_by_role("radio", name="5 stars")).to_be_checked()
    box.get_by_text("How sure is that?").click()
    expect(box.get_by_text("With 95 % probability")).to_be_visible()
    box.get_by_role("button", name="Take it back").click()
    expect(box.get_by_role("button", name="Rate", exact=True)).to_be_visible()


def test_a_reader_keeps_an_article_in_a_new_folder_and_finds_it_there(person):
    page = person("dapeng")
    article = article_by_another(page)
    title = page.locator("h1").inner_text()
    button = page.locator(".favourite-button")
    if button.get_attribute("aria-pressed") == "true":
        button.click()
        expect(button).to_have_attribute("aria-pressed", "false")
    page.get_by_role("button", name="Add to favourites").click()
    expect(button).to_have_attribute("aria-pressed", "true")
    name = f"Folder {uuid.uuid4().hex[:6]}"
    page.get_by_role("link", name="Folder and note").click()
    page.get_by_label("Or a new folder").fill(name)
    page.get_by_label("Note for yourself").fill("the third part")
    page.locator(".favourite-form").get_by_role("button", name="Save").click()
    expect(page.locator("#favourite [role=status]")).to_be_visible()
    assert page.url == article
    page.goto("/me/favourites/")
    page.get_by_role("navigation", name="Folders").get_by_role("link", name=re.compile(name)).click()
    row = page.locator(".favourites-list li", has_text=title)
    expect(row).to_contain_text("the third part")
    page.get_by_role("link", name="Rename or delete").click()
    page.get_by_text("Delete this folder…").click()
    page.get_by_role("button", name="Delete the folder").click()
    expect(page.locator(".favourites-list li", has_text=title)).to_be_visible()
    expect(page.get_by_role("navigation", name="Folders")).not_to_contain_text(name)


def test_reading_rating_and_keeping_need_no_script(visitor):
    page = visitor("zh", java_script_enabled=False, **PHONE)
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill("乔木")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button").first.click()
    article_by_another(page)
    assert len(page.locator(".prose").inner_text()) > 200
    page.get_by_text("目录").first.click()
    expect(page.locator(".toc-here a").first).to_be_visible()
    page.get_by_role("radio", name="3 星").check()
    page.locator(".rating-form button").first.click()
    expect(page.get_by_role("radio", name="3 星")).to_be_checked()
    button = page.locator(".favourite-button")
    pressed = button.get_attribute("aria-pressed")
    button.click()
    expect(page.locator(".favourite-button")).not_to_have_attribute("aria-pressed", pressed)


def test_one_finds_ones_way_from_an_article_to_its_kind(visitor):
    page = visitor()
    page.goto("/")
    page.get_by_role("link", name="Best rated").click()
    expect(page.get_by_role("link", name="Best rated")).to_have_attribute("aria-current", "true")
    means = [
        float(re.search(r"[\d.]+", t)[0]) for t in page.locator(".teasers .rating-badge").all_inner_texts()
    ]
    assert len(means) > 3
    assert means == sorted(means, reverse=True)
    page.goto("/c/")
    page.locator(".columns h2 a").first.click()
    page.locator("main article h2 a").first.click()
    page.wait_for_url("**/a/**")
    page.locator(".article-acts a").first.click()
    page.wait_for_url("**/t/**")
    expect(page.locator("main article").first).to_be_visible()
    page.locator("main article .byline a[href^='/u/']").first.click()
    page.wait_for_url("**/u/**")
    expect(page.locator(".profile dl")).to_contain_text("Reads")
    feed = page.locator("link[type='application/rss+xml']").first.get_attribute("href")
    assert ET.fromstring(page.request.get(feed).body()).find("channel/item") is not None


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "address", ["/c/", "/c/method/", "/t/", "/u/xiaoxi/", "/about/ratings/", "/me/favourites/", "/?sort=read"]
)
def test_the_pages_of_the_shelves_fit_a_phone_and_name_everything(address, language, person):
    page = person("luren", language, **PHONE)
    assert page.goto(address).status == 200
    page.wait_for_function(FITS, timeout=5000)
    assert page.locator("h1").count() == 1
    assert page.evaluate(NAMELESS) == []
