"""What members typed does nothing in a real browser: no dialog opens, no policy has to step in."""

import re

CANARY = "zq7x"
WORDS = [
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(2)>',
    "</title><script>alert(3)</script>",
    "[a](javascript:alert(4)) <javascript:alert(5)>",
    "' onfocus=alert(6) autofocus x='",
    "{{constructor.constructor('alert(7)')()}}",
]


def test_stored_words_stay_words_in_a_browser(person, visitor, complaints):
    # Each page is listened to: the fixture fails the journey on a console error, refused scripts among them.
    writer = person("xiaoxi")
    dialogs = []
    pages = [writer, person("dapeng"), visitor()]
    for page in pages:
        page.on("dialog", lambda d: (dialogs.append(d.message), d.dismiss()))
    address = write(writer)
    say(writer, address)
    rename(writer)
    reader, moderator = pages[2], pages[1]
    for page, where in (
        (writer, address),
        (reader, address),
        (reader, "/"),
        (reader, "/u/xiaoxi/"),
        (reader, f"/search/?q={CANARY}"),
        (reader, "/search/?q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E"),
        (moderator, "/review/comments/"),
        (writer, "/write/mine/"),
        (writer, "/me/"),
    ):
        page.goto(where)
        page.wait_for_load_state("networkidle")
        assert page.locator("[onerror], [onload], [onfocus], a[href^='javascript:' i]").count() == 0, where
    assert "alert(3)" in reader_text(reader, address)
    assert dialogs == []
    rename(writer, "小喜", "做电商，也写内容。")
    take_down(writer, address)


def write(page) -> str:
    """Publish an article whose every field is hostile; its address."""
    page.goto("/write/")
    page.locator("[name=title]").fill(f"{CANARY} {WORDS[2]}")
    page.locator("[name=summary]").fill(WORDS[0] + WORDS[1])
    page.locator("[name=keywords]").fill(WORDS[0][:18])
    fill_body(page, "\n\n".join(WORDS))
    page.locator("button[name=publish]").first.click()
    page.wait_for_url(re.compile(r"/a/\w{22}/"))
    return re.search(r"/a/\w{22}/", page.url)[0]


def fill_body(page, words: str) -> None:
    """Into the editor where there is one, else into the field."""
    body = page.locator("[name=body]")
    if body.is_visible():
        body.fill(words)
        return
    editor = page.locator("[contenteditable=true]").first
    editor.click()
    editor.fill(words)


def say(page, address: str) -> None:
    """Post a hostile comment."""
    page.goto(address)
    page.locator("#comments [name=body]").first.fill(f"{CANARY} " + " ".join(WORDS))
    page.locator("#comments form button").first.click()
    page.wait_for_load_state("networkidle")


def rename(page, name: str = WORDS[0], bio: str = " ".join(WORDS)) -> None:
    """Give oneself a hostile name."""
    page.goto("/me/")
    page.locator("[name=pen_name]").fill(name)
    page.locator("[name=bio]").fill(bio)
    page.locator("main form:has([name=pen_name]) button").last.click()
    page.wait_for_load_state("networkidle")


def take_down(page, address: str) -> None:
    """Take the article off the site, for the journeys that come after."""
    token = page.locator("[name=csrfmiddlewaretoken]").first.input_value()
    sent = {"csrfmiddlewaretoken": token, "reason": "the end of a test"}
    answer = page.request.post(address.replace("/a/", "/write/") + "retirement/", form=sent)
    assert answer.ok


def reader_text(page, address: str) -> str:
    """What a reader sees of an article."""
    page.goto(address)
    return page.locator("body").inner_text()
