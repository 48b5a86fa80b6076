"""Everything by keyboard: the first stop, the order, and the way out."""

import pytest
from playwright.sync_api import expect

STOP = """() => {
    const e = document.activeElement, s = getComputedStyle(e);
    return {tag: e.tagName, tabindex: e.tabIndex, ring: s.outlineStyle !== 'none' || s.boxShadow !== 'none'};
}"""


@pytest.mark.parametrize("address", ["/", "/accounts/login/"])
def test_the_first_stop_jumps_over_the_navigation(address, visitor):
    page = visitor()
    page.goto(address)
    page.keyboard.press("Tab")
    skip = page.locator("a.skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_the_stops_follow_the_page_and_each_is_seen(person):
    page = person("aque")
    page.goto("/desk/")
    seen = []
    for _ in range(12):
        page.keyboard.press("Tab")
        seen.append(page.evaluate(STOP))
    assert all(stop["tag"] != "BODY" for stop in seen)
    assert all(stop["tabindex"] == 0 for stop in seen)
    assert all(stop["ring"] for stop in seen)


def test_go_to_opens_finds_and_closes_by_keys(person):
    page = person("aque")
    page.goto("/desk/")
    page.keyboard.press("Control+k")
    palette = page.get_by_role("dialog")
    expect(palette).to_be_visible()
    page.keyboard.press("Escape")
    expect(palette).not_to_be_visible()
    page.keyboard.press("Control+k")
    page.keyboard.type("Metrics")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/metrics/")


def test_the_period_is_chosen_and_left_by_keys(person):
    page = person("aque")
    page.goto("/desk/ecommerce/")
    menu = page.locator("details.period-menu")
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(menu.locator("[name=from]")).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu.locator("[name=from]")).not_to_be_visible()
    expect(menu.locator("summary")).to_be_focused()


def test_the_menu_of_the_member_closes_by_escape(person):
    page = person("aque")
    page.goto("/desk/")
    page.get_by_role("button", name="My account").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Sign out")).not_to_be_visible()
