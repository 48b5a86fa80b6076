"""Exploring: a newcomer asks a funnel of the simulated app, changes it, takes it along, shows it."""

import re

import pytest
from playwright.sync_api import expect

FITS = "() => document.documentElement.scrollWidth <= window.innerWidth"
KINDS = ("trend", "funnel", "retention", "lifecycle", "stickiness", "paths", "survival", "attribution")
WORDS = {
    "en": {
        "explore": "Explore", "funnel": "Funnel", "second": "Step 2", "add": "Add a step", "third": "Step 3",
        "down": "Move step 1 down", "export": "Export", "embed": "Embed", "title": "Title",
        "make": "Make the address", "save": "Save", "keep": "Save the question", "delete": "Delete",
        "back": "Take back", "revoke": "Revoke",
    },
    "zh": {
        "explore": "探索", "funnel": "漏斗", "second": "第 2 步", "add": "添加一步", "third": "第 3 步",
        "down": "下移第 1 步", "export": "导出", "embed": "嵌入", "title": "标题", "make": "生成网址",
        "save": "保存", "keep": "保存问题", "delete": "删除", "back": "撤回", "revoke": "撤销",
    },
}  # fmt: skip


def answered(page, steps: str) -> None:
    """Wait until the answer to these steps is there, and in the address."""
    expect(page.locator("#result h2")).to_have_text(steps)
    asked = "&".join(f"step={step}" for step in steps.split(" → "))
    expect(page).to_have_url(re.compile(re.escape(asked)))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_newcomer_asks_a_funnel_changes_it_exports_it_and_lets_others_see_it(person, visitor, language):
    say, page = WORDS[language], person("aque", language=language)
    page.goto("/desk/content/")
    page.get_by_role("main").get_by_role("link", name=say["explore"]).click()
    page.get_by_role("main").get_by_role("link", name=say["funnel"]).first.click()
    expect(page.locator(".explore-funnel li")).to_have_count(3)

    page.get_by_label(say["second"], exact=True).fill("sign_up")
    page.get_by_label(say["second"], exact=True).blur()
    answered(page, "app_open → sign_up → search")
    page.get_by_role("button", name=say["add"]).click()
    page.locator("#id_step_3").fill("pay")
    page.locator("#id_step_3").press("Enter")
    answered(page, "app_open → sign_up → search → pay")
    page.get_by_role("button", name=say["down"]).click()
    answered(page, "sign_up → app_open → search → pay")

    # What is in the address is the whole question.
    page.reload()
    answered(page, "sign_up → app_open → search → pay")
    page.get_by_role("button", name=say["export"]).click()
    with page.expect_download() as downloaded:
        page.get_by_role("link", name="CSV").click()
    assert re.fullmatch(r"content-funnel-[\d-]+-[0-9a-f]{12}\.csv", downloaded.value.suggested_filename)

    page.locator("summary", has_text=say["embed"]).click()
    page.locator("#id_title_embed").fill(f"From sign-up to payment ({language})")
    page.get_by_role("button", name=say["make"]).click()
    address = page.locator("#embeds li a", has_text=f"({language})").get_attribute("href")
    outside = visitor(language)
    outside.goto(address)
    expect(outside.locator("h1")).to_have_text(f"From sign-up to payment ({language})")
    expect(outside.locator(".explore-funnel li")).to_have_count(4)
    page.locator("#embeds li", has_text=f"({language})").get_by_role("button", name=say["revoke"]).click()
    page.wait_for_load_state()
    assert outside.request.get(address).status == 404


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_question_is_saved_deleted_and_taken_back(person, language):
    say, page = WORDS[language], person("aque", language=language)
    page.goto("/desk/content/explore/trend/?step=pay&measure=sum&property=price&by=channel")
    page.locator("summary", has_text=say["save"]).click()
    page.locator("#id_title_save").fill(f"Revenue ({language})")
    page.get_by_role("button", name=say["keep"]).click()
    page.goto("/desk/content/explore/")
    row = page.locator("#saved li", has_text=f"Revenue ({language})")
    row.get_by_role("button", name=say["delete"]).click()
    page.get_by_role("button", name=say["back"]).click()
    page.get_by_role("link", name=f"Revenue ({language})").click()
    expect(page.locator("#result h2")).to_have_text("pay · channel")


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_drawn_and_fits_a_phone(person, kind):
    page = person("aque", viewport={"width": 390, "height": 844})
    page.goto(f"/desk/content/explore/{kind}/")
    drawn = ".explore-funnel svg" if kind == "funnel" else "figure[data-drawn] svg"
    expect(page.locator(drawn).first).to_be_visible()
    page.wait_for_function(FITS, timeout=5000)


def test_without_a_script_a_funnel_is_changed_by_its_buttons(person):
    page = person("aque", java_script_enabled=False)
    page.goto("/desk/content/explore/funnel/")
    page.get_by_role("button", name="Remove step 2").click()
    expect(page.locator(".explore-funnel li")).to_have_count(2)
    page.locator("#id_step_1").fill("pay")
    page.get_by_role("button", name="Ask").last.click()
    expect(page.locator("#result h2")).to_have_text("app_open → pay")
