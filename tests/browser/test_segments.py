"""A segment is built while its count follows, somebody is explained, it is saved, changed and taken back."""

import pytest
from playwright.sync_api import expect

FITS = "() => document.documentElement.scrollWidth <= window.innerWidth"
NEW = "/desk/content/segments/new"

# A shop's facts, as a source sends them: three look, one of them buys twice.
FACTS = """
from datetime import timedelta
from lingyu.store.log import Compactor, log
from lingyu.store.log.door import inbox
from lingyu.store.log.tests.making import fact, user
names = ["an", "bai", "chen"]
found = [fact("Tea looked at", user(f"tea {n}"), at=timedelta(minutes=m), colour="red" if m else "green")
         for n in names for m in range(1 + names.index(n))]
found += [fact("Tea bought", user("tea an"), at=timedelta(days=n)) for n in (1, 2)]
here = log()
with here.lease():
    Compactor(here, inbox()).take(found)
"""


@pytest.fixture(scope="module")
def tea(backstage):
    """Facts of three people who drink tea."""
    backstage(FACTS)


def count(page):
    """The number beside the builder."""
    return page.locator(".segment-count strong")


def test_a_segment_is_built_while_its_count_is_shown_and_saved(person, tea):
    page = person("aque")
    page.goto(NEW)
    page.get_by_label("Event", exact=True).fill("Tea looked at")
    expect(count(page)).to_have_text("3")
    page.get_by_label("At least so many times").fill("2")
    expect(count(page)).to_have_text("2")
    page.get_by_role("button", name="Property", exact=True).click()
    page.get_by_label("Property", exact=True).fill("colour")
    page.get_by_label("Value", exact=True).fill("red")
    expect(count(page)).to_have_text("1")
    page.get_by_role("button", name="Why? tea chen").click()
    expect(page.get_by_role("heading", name="Why is tea chen in, or not?")).to_be_visible()
    expect(page.locator(".reasons").first).to_contain_text("2 times")

    page.get_by_role("button", name="Remove this condition").click()
    page.get_by_role("button", name="A sequence").click()
    steps = page.locator(".node-sequence").get_by_label("Event", exact=True)
    steps.nth(0).fill("Tea looked at")
    steps.nth(1).fill("Tea bought")
    page.get_by_label("At least so many times").fill("1")
    expect(count(page)).to_have_text("1")
    page.get_by_label("Title").fill("Tea buyers")
    page.get_by_role("button", name="Save the segment").click()
    expect(page.get_by_role("heading", name="Tea buyers", level=1)).to_be_visible()

    page.get_by_label("Title").fill("Tea people")
    page.get_by_role("button", name="Save as a new version").click()
    expect(page.get_by_role("heading", name="Tea people", level=1)).to_be_visible()
    page.get_by_role("button", name="Back to this one").click()
    expect(page.get_by_role("heading", name="Tea buyers", level=1)).to_be_visible()
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("button", name="Bring it back").click()
    expect(page.get_by_role("link", name="Tea buyers")).to_be_visible()


def test_the_builder_works_without_a_script(person, tea):
    page = person("aque", java_script_enabled=False)
    page.goto(NEW)
    page.get_by_label("Event", exact=True).fill("Tea bought")
    page.get_by_role("button", name="Count again").click()
    expect(count(page)).to_have_text("1")
    page.get_by_role("button", name="A group").click()
    expect(page.locator(".node-or")).to_be_visible()


def test_a_person_is_found_and_their_time_line_read(person, tea):
    page = person("aque")
    page.goto("/desk/content/people/?q=tea")
    page.get_by_role("link", name="tea an", exact=True).click()
    expect(page.locator(".time-line")).to_contain_text("Tea bought")
    page.locator(".card", has=page.locator(".time-line")).get_by_role("link").first.click()
    expect(page.locator(".time-line")).to_contain_text("Tea bought")


def test_a_question_in_sql_is_answered_with_a_chart(person, tea):
    page = person("aque")
    page.goto("/desk/content/sql/")
    page.get_by_role("textbox", name="SQL statement").fill(
        "SELECT event, count(*) AS n FROM events GROUP BY event"
    )
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator(".sql-rows")).to_contain_text("Tea bought")
    expect(page.locator("figure[data-chart] canvas, figure[data-chart] svg").first).to_be_visible()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("address", ["segments/new", "segments/", "people/", "sql/", "api"])
def test_these_pages_fit_a_phone(person, tea, language, address):
    page = person("aque", language=language, viewport={"width": 390, "height": 844})
    page.goto("/desk/api/" if address == "api" else f"/desk/content/{address}")
    page.wait_for_function(FITS, timeout=5000)
