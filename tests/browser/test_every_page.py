"""Each main page in both languages, both themes, and at every width."""

import pytest
from playwright.sync_api import expect

SITE = ["/", "/accounts/login/", "/accounts/signup/", "/c/", "/t/", "/search/?q=复盘", "/feathers/", "/mall/"]
SITE += ["/about/ratings/"]
DESK = [
    "/desk/",
    "/desk/ecommerce/",
    "/desk/ecommerce/orders/",
    "/desk/ecommerce/imports/",
    "/desk/content/",
    "/desk/content/explore/",
    "/desk/content/explore/funnel/",
    "/desk/content/explore/retention/",
    "/desk/rewards/",
    "/desk/rewards/orders/",
    "/desk/rewards/fission/",
    "/desk/metrics/",
    "/desk/metrics/gmv/",
    "/desk/style",
]
# What every member has; what some have more.
OWN = ["/me/", "/me/feathers/", "/me/feathers/receipts/", "/me/favourites/", "/me/unlocked/", "/me/orders/"]
OWN += ["/me/notifications/", "/me/notifications/preferences/", "/me/privacy/", "/invite/"]
REVIEW = ["", "comments/", "seconds/", "appeals/", "decisions/", "quality/", "quality/golden/", "deadlines/"]
OTHERS = [
    *(("dapeng", f"/review/{a}") for a in REVIEW),
    *(("xiaoxi", a) for a in ("/write/", "/write/mine/", "/pictures/")),
]
PAGES = [*((None, a) for a in SITE), *(("aque", a) for a in DESK), *(("luren", a) for a in OWN), *OTHERS]

FITS = "() => document.documentElement.scrollWidth <= window.innerWidth"
# A small laptop, tablets, phones.
WIDTHS = (1100, 1000, 768, 700, 390, 320)
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

TWICE = """() => { const seen = {}; for (const e of document.querySelectorAll('[id]'))
    seen[e.id] = (seen[e.id] || 0) + 1; return Object.keys(seen).filter(k => seen[k] > 1); }"""


def opened(visitor, person, who, address, **options):
    """A page, opened by whom it is for."""
    page = person(who, **options) if who else visitor(**options)
    answer = page.goto(address)
    assert answer.status == 200, f"{address}: {answer.status}"
    return page


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("who", "address"), PAGES)
def test_a_page_fits_every_width_has_its_names_and_keeps_to_the_theme(
    who, address, language, visitor, person
):
    page = opened(visitor, person, who, address, language=language, color_scheme="dark")
    assert page.evaluate(GROUND) < 90
    page.emulate_media(color_scheme="light")
    assert page.evaluate(GROUND) > 200
    assert page.locator("h1").count() == 1
    assert page.locator("main").count() == 1
    assert page.title().strip()
    assert page.locator("html").get_attribute("lang").startswith(language)
    assert page.evaluate(NAMELESS) == []
    assert page.evaluate(TWICE) == []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 844})
        # A chart follows a new width a moment later, hence the wait.
        page.wait_for_function(FITS, timeout=5000)


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
