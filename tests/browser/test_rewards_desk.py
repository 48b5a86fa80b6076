"""The console of the feathers: a rule is tried out, put into force and found again; the books add up."""

import re

import pytest
from playwright.sync_api import expect

PAGES = [
    "/desk/rewards/",
    "/desk/rewards/rules/",
    "/desk/rewards/rules/quiz.right",
    "/desk/rewards/rules/comment.approved/history",
    "/desk/rewards/liability/",
    "/desk/rewards/members/?q=l",
    "/desk/rewards/adjustments/",
    "/desk/rewards/health/",
]
FITS = "() => document.documentElement.scrollWidth <= window.innerWidth"


def number(page, part: str) -> int:
    """One part of the identity, as the page shows it."""
    return int(page.locator(f"[data-part={part}]").inner_text().replace(",", ""))


def test_a_rule_is_tried_out_put_into_force_and_stands_in_its_history(person):
    page = person("aque")
    page.goto("/desk/rewards/rules/")
    page.get_by_role("link", name="Approved comment").click()
    before = page.get_by_label("Feathers each time").input_value()
    after = str(int(before) + 2)
    page.get_by_label("Feathers each time").fill(after)
    page.get_by_label("Try it on").select_option("90")
    expect(page.get_by_role("button", name="Put into force")).to_have_count(0)
    page.get_by_role("button", name="Show what it would have changed").click()

    expect(page.locator("#preview ins")).to_have_text(after)
    expect(page.locator(".preview-more dd").first).to_have_text(re.compile(r"^\+\d+"))
    expect(page.locator("#preview").get_by_role("link", name="Receipt").first).to_be_visible()

    page.get_by_role("button", name="Put into force").click()
    expect(page.get_by_text("Say why, in a few words.")).to_be_visible()
    page.get_by_label("Why it is changed").fill("Good comments are rare")
    page.get_by_role("button", name="Put into force").click()
    newest = page.locator(".versions > li").first
    expect(newest).to_contain_text("In force")
    expect(newest).to_contain_text("Good comments are rare")
    expect(newest.locator("del")).to_have_text(before)

    page.locator(".versions > li").nth(1).get_by_role("link", name="Back to this version").click()
    expect(page.get_by_label("Feathers each time")).to_have_value(before)
    page.get_by_role("button", name="Show what it would have changed").click()
    page.get_by_role("button", name="Put into force").click()
    expect(page.locator(".versions > li").first).to_contain_text("Back to version")


def test_what_became_of_all_feathers_adds_up(person):
    page = person("aque")
    page.goto("/desk/rewards/liability/")
    expect(page.get_by_text("Adds up")).to_be_visible()
    parts = ("available", "held", "spent", "expired", "clawed_back")
    assert number(page, "issued") == sum(number(page, p) for p in parts) - number(page, "debt")
    with page.expect_download() as download:
        page.get_by_role("link", name="Excel").first.click()
    assert download.value.suggested_filename.endswith(".xlsx")


def test_two_operators_are_needed_for_an_adjustment(person):
    page = person("aque")
    page.goto("/desk/rewards/members/?q=luren")
    page.locator(".preview-people a").first.click()
    page.get_by_label("Feathers", exact=True).fill("7")
    page.get_by_label("Why", exact=True).fill("Found a bug in the quiz")
    page.get_by_role("button", name="Ask for it").click()
    line = page.locator(".adjust-line", has_text="Found a bug in the quiz")
    expect(line).to_contain_text("Somebody else has to approve it.")
    expect(line.get_by_role("button", name="Approve")).to_have_count(0)
    line.get_by_role("button", name="Withdraw").click()
    expect(page.locator(".adjust-line", has_text="Found a bug in the quiz")).to_contain_text("Withdrawn")


def test_a_rule_is_tried_out_without_javascript(person):
    page = person("aque", java_script_enabled=False)
    page.goto("/desk/rewards/rules/quiz.right?switch=off")
    page.get_by_role("button", name="Show what it would have changed").click()
    expect(page.get_by_text("Attempts that would newly earn nothing")).to_be_visible()
    expect(page.locator("#preview")).to_contain_text("Rule switched off")


@pytest.mark.parametrize("address", PAGES)
def test_every_page_fits_a_phone_in_chinese(address, person):
    page = person("aque", language="zh", viewport={"width": 390, "height": 844})
    assert page.goto(address).status == 200
    page.wait_for_function(FITS, timeout=5000)
    words = page.locator("main h1").inner_text()
    assert re.search(r"[\u4e00-\u9fff]|^l", words), words
