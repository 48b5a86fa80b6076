"""Each main page in both languages, both themes, and at the width of a phone."""

import pytest
from playwright.sync_api import expect

SITE = ["/", "/accounts/login/", "/accounts/signup/"]
DESK = [
    "/desk/",
    "/desk/ecommerce/",
    "/desk/ecommerce/orders/",
    "/desk/ecommerce/imports/",
    "/desk/content/",
    "/desk/metrics/",
    "/desk/metrics/gmv/",
    "/desk/style",
]
OTHERS = [("dapeng", "/review/comments/"), ("xiaoxi", "/write/"), ("luren", "/me/")]
PAGES = [*((None, a) for a in SITE), *(("aque", a) for a in DESK), *OTHERS]

FITS = "() => document.documentElement.scrollWidth <= window.innerWidth"
# The light of the page's ground, 0 to 255.
GROUND = """() => {
    const canvas = new OffscreenCanvas(1, 1).getContext("2d");
    canvas.fillStyle = getComputedStyle(document.body).backgroundColor;
    canvas.fillRect(0, 0, 1, 1);
    const [red, green, blue] = canvas.getImageData(0, 0, 1, 1).data;
    return (red + green + blue) / 3;
}"""

# What can be pressed or filled in, and says nothing to a screen reader.
NAMELESS = """() =>
    [...document.querySelectorAll('button, a[href], input:not([type=hidden]), select, textarea')]
    .filter(e => e.checkVisibility())
    .filter(e => !(e.labels?.length || e.ariaLabel || e.getAttribute('aria-labelledby')
                   || e.textContent.trim() || e.title || e.querySelector('[aria-label], img[alt]')))
    .map(e => e.outerHTML.slice(0, 120))"""


def opened(visitor, person, who, address, **options):
    """A page, opened by whom it is for."""
    page = person(who, **options) if who else visitor(**options)
    answer = page.goto(address)
    assert answer.status == 200, f"{address}: {answer.status}"
    return page


@pytest.mark.parametrize(("who", "address"), PAGES)
def test_nothing_has_to_be_scrolled_sideways_on_a_phone(who, address, visitor, person):
    page = opened(visitor, person, who, address, language="zh", viewport={"width": 390, "height": 844})
    # A chart follows a new width a moment later, hence the wait.
    page.wait_for_function(FITS, timeout=5000)
    page.set_viewport_size({"width": 320, "height": 640})
    page.wait_for_function(FITS, timeout=5000)


@pytest.mark.parametrize(("who", "address"), PAGES)
def test_a_page_is_dark_for_who_prefers_it_and_light_for_others(who, address, visitor, person):
    page = opened(visitor, person, who, address, color_scheme="dark")
    assert page.evaluate(GROUND) < 90
    page.emulate_media(color_scheme="light")
    assert page.evaluate(GROUND) > 200


@pytest.mark.parametrize(("who", "address"), PAGES)
def test_a_page_has_one_heading_a_name_and_labels(who, address, visitor, person):
    page = opened(visitor, person, who, address)
    assert page.locator("h1").count() == 1
    assert page.locator("main").count() == 1
    assert page.title().strip()
    assert page.locator("html").get_attribute("lang").startswith("en")
    nameless = page.evaluate(NAMELESS)
    assert nameless == []
    twice = page.evaluate("""() => { const seen = {}; for (const e of document.querySelectorAll('[id]'))
        seen[e.id] = (seen[e.id] || 0) + 1; return Object.keys(seen).filter(k => seen[k] > 1); }""")
    assert twice == []


def test_the_language_is_changed_on_the_page_and_kept(visitor):
    page = visitor("zh")
    page.goto("/")
    assert page.locator("html").get_attribute("lang").lower().startswith("zh")
    page.locator("button[name=language][value=en]").first.click()
    page.wait_for_load_state()
    assert page.locator("html").get_attribute("lang").startswith("en")
    page.goto("/accounts/login/")
    assert page.locator("html").get_attribute("lang").startswith("en")


def test_the_theme_is_changed_on_the_page_and_kept(visitor):
    page = visitor(color_scheme="light")
    page.goto("/")
    page.locator("[data-theme-toggle]").first.click()
    assert page.evaluate(GROUND) < 90
    page.reload()
    assert page.evaluate(GROUND) < 90


def test_the_menu_of_a_phone_opens_and_closes(person):
    page = person("aque", viewport={"width": 390, "height": 844})
    page.goto("/desk/")
    menu = page.locator("#side")
    expect(menu).not_to_be_in_viewport()
    page.get_by_role("button", name="Menu").click()
    expect(menu).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(menu).not_to_be_in_viewport()
