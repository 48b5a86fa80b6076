"""Sources: one is made, its address takes what an SDK sends, and the protocol doctor says what was wrong."""

import base64
import json
import urllib.error
import urllib.request

import pytest
from playwright.sync_api import expect

FITS = "() => document.documentElement.scrollWidth <= window.innerWidth"


def sent(address: str, key: str, body: bytes) -> int:
    """The answer to a batch as Segment's SDKs send it."""
    credentials = base64.b64encode(f"{key}:".encode()).decode()
    headers = {"Authorization": f"Basic {credentials}", "Content-Type": "application/json"}
    try:
        with urllib.request.urlopen(urllib.request.Request(address, body, headers), timeout=10) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


def test_a_source_takes_what_is_sent_and_the_doctor_says_what_was_wrong(person):
    page = person("aque")
    page.goto("/desk/sources/")
    page.get_by_label("Name", exact=True).fill("Simulated shop")
    page.get_by_role("button", name="Make the source").click()
    expect(page.get_by_role("heading", name="Simulated shop")).to_be_visible()
    address, key = (page.locator("dl.facts code").nth(n).inner_text() for n in (0, 1))
    at = f"{address.rstrip('/')}/v1/batch"

    event = {"type": "track", "event": "Signed up", "userId": "u1", "messageId": "m1"}
    assert sent(at, key, json.dumps({"batch": [event]}).encode()) == 200
    assert sent(at, "wrong", json.dumps({"batch": [event]}).encode()) in {200, 401}
    assert sent(at, key, b'{"batch": [{') == 400

    doctor = page.locator('.table-scroll[aria-label="Protocol doctor"]')
    for _ in range(20):
        page.reload()
        if doctor.is_visible():
            break
        page.wait_for_timeout(500)
    expect(doctor).to_contain_text("refused")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_of_a_source_fits_a_phone(person, language):
    page = person("aque", language=language, viewport={"width": 390, "height": 844})
    page.goto("/desk/sources/")
    page.wait_for_function(FITS, timeout=5000)
    page.locator("tbody a.link").first.click()
    page.wait_for_function(FITS, timeout=5000)


def test_what_is_no_source_is_answered_by_the_collector_and_not_by_a_page(base_url):
    assert sent(f"{base_url}/in/nobody/v1/batch", "nobody", b'{"batch": []}') in {400, 401, 403, 404}
