"""小喜 writes: rich text, pictures, kept as one types, published, revised, compared, restored, scheduled."""

import io
import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import expect

WORDS = {
    "en": {
        "heading": "Heading", "bold": "Bold", "table": "Table", "picture": "Picture", "list": "List",
        "kept": "Kept at", "publish": "Publish", "save": "Save", "revisions": "Revisions", "undo": "Undo",
        "draft": "Save as a draft", "put": "Put it in", "changed": "What changed", "scheduled": "Scheduled",
    },
    "zh": {
        "heading": "标题", "bold": "加粗", "table": "表格", "picture": "图片", "list": "列表",
        "kept": "已暂存", "publish": "发布", "save": "保存", "revisions": "历史版本", "undo": "撤销",
        "draft": "存为草稿", "put": "插入", "changed": "改动内容", "scheduled": "定时",
    },
}  # fmt: skip
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


LISTED = '<p class=MsoListParagraph style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">·  </span>'
FROM_A_WORD_PROCESSOR = f"""<style>p{{color:red}}</style><h1 style="mso-x:1">Title</h1>
{LISTED}one</p>{LISTED}two</p>
<p style="font-size:30pt" onclick="x()">red <b>bold</b> <img src="https://e.example/x.png" alt="away"></p>
<script>alert(1)</script><a href="javascript:alert(1)">bad</a>"""
PASTE = """html => {
    const data = new DataTransfer();
    data.setData("text/html", html);
    const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
    document.querySelector(".ProseMirror").dispatchEvent(event);
}"""


def drawn() -> bytes:
    """A chart as a writer would upload it."""
    picture = Image.new("RGB", (1200, 700), "#f4f7fb")
    ImageDraw.Draw(picture).line([(60, 600), (400, 420), (760, 480), (1140, 120)], fill="#1457e0", width=10)
    written = io.BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()


def no_sideways_scroll(page):
    """Nothing is wider than the window."""
    width = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert width[0] <= width[1]


def kept(page, word):
    """Everything that was typed is kept, and the page says so."""
    expect(page.locator("form[data-writing]:not([data-unkept]) #copy-state")).to_contain_text(
        word, timeout=30_000
    )


def compose(page, words, title):
    """A title, a heading, a bold word, a list, a table and a picture, by the toolbar."""
    page.goto("/write/")
    page.locator("#id_title").fill(title)
    text = page.locator(".ProseMirror")
    text.click()
    tool = lambda name: page.get_by_role("toolbar").first.get_by_role("button", name=name, exact=True)  # noqa: E731
    tool(words["heading"]).click()
    page.keyboard.type("第一节")
    page.keyboard.press("Enter")
    page.keyboard.type("前面 ")
    tool(words["bold"]).click()
    page.keyboard.type("重要。")
    tool(words["bold"]).click()
    page.keyboard.type("后面")
    page.keyboard.press("Enter")
    tool(words["table"]).click()
    page.keyboard.type("名")
    page.keyboard.press("Tab")
    page.keyboard.type("数")
    expect(page.locator("[data-in-table]")).to_be_visible()
    page.keyboard.press("Control+End")
    tool(words["picture"]).click()
    dialog = page.locator("#picture-dialog")
    dialog.locator("input[type=file]").set_input_files(
        {"name": "chart.png", "mimeType": "image/png", "buffer": drawn()}
    )
    dialog.locator("[name=alt]").fill("向上的曲线")
    dialog.locator("[name=caption]").fill("三月")
    dialog.get_by_role("button", name=words["put"]).click()
    expect(page.locator(".ProseMirror figure img")).to_be_visible()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_article_is_written_kept_published_revised_compared_and_restored(person, language):
    words = WORDS[language]
    page = person("xiaoxi", language)
    compose(page, words, f"富文本 {language}")
    kept(page, words["kept"])
    # The browser breaks down: whoever comes back finds the text.
    page.reload()
    expect(page.locator(".ProseMirror h2")).to_have_text("第一节")
    expect(page.locator(".ProseMirror strong")).to_have_text("重要。")
    page.get_by_role("button", name=words["publish"], exact=True).click()
    page.wait_for_url("**/a/**")
    expect(page.locator(".prose h2")).to_have_text("第一节")
    expect(page.locator(".prose strong")).to_have_text("重要。")
    expect(page.locator(".prose th").first).to_have_text("名")
    image = page.locator(".prose figure img")
    assert image.get_attribute("width") == "1200"
    assert "720w" in image.get_attribute("srcset")
    image.scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('.prose figure img').naturalWidth > 0")
    expect(page.locator(".prose figcaption")).to_have_text("三月")
    address = page.url

    page.goto(address.replace("/a/", "/write/"))
    page.locator(".ProseMirror p").first.click()
    page.keyboard.press("End")
    page.keyboard.type("，又加了一句。")
    kept(page, words["kept"])
    # What is kept by itself is not what readers see.
    reader = page.context.new_page()
    reader.goto(address)
    expect(reader.locator(".prose")).not_to_contain_text("又加了一句")
    reader.close()
    page.locator("#id_note").fill("补了一句")
    page.get_by_role("button", name=words["save"], exact=True).click()
    page.wait_for_url("**/a/**")
    expect(page.locator(".prose")).to_contain_text("又加了一句")

    page.goto(address.replace("/a/", "/write/") + "revisions/")
    expect(page.locator(".diff ins").first).to_contain_text("又加了")
    expect(page.locator(".revisions")).to_contain_text("补了一句")
    page.locator(".revisions details.ask summary").last.click()
    page.locator(".revisions details.ask[open] button").click()
    page.wait_for_load_state()
    page.goto(address)
    expect(page.locator(".prose")).not_to_contain_text("又加了一句")


def test_on_a_phone_everything_is_within_reach(person):
    page = person("xiaoxi", "zh", **PHONE)
    compose(page, WORDS["zh"], "手机上写")
    no_sideways_scroll(page)
    kept(page, WORDS["zh"]["kept"])
    page.get_by_role("button", name=WORDS["zh"]["draft"]).click()
    page.wait_for_url(re.compile("/write/[0-9A-Za-z]{22}/"))
    no_sideways_scroll(page)
    page.locator(".ProseMirror p").first.click()
    page.keyboard.type("改")
    page.get_by_role("button", name=WORDS["zh"]["draft"]).click()
    page.wait_for_load_state()
    for address in (page.url.split("?")[0] + "revisions/", "/write/mine/", "/pictures/"):
        page.goto(address)
        no_sideways_scroll(page)


def test_an_article_waits_for_its_time_and_the_time_can_be_called_off(person):
    page = person("xiaoxi", "en")
    page.goto("/write/")
    page.locator("#id_title").fill("To be published tomorrow")
    page.locator(".ProseMirror").click()
    page.keyboard.type("Words.")
    tomorrow = datetime.now(ZoneInfo("Asia/Shanghai")) + timedelta(days=1)
    page.get_by_text("Publish later…").click()
    page.locator("#id_day").fill(tomorrow.strftime("%Y-%m-%d"))
    page.locator("#id_hour").fill("08:30")
    page.get_by_role("button", name="Save and schedule").click()
    expect(page.locator(".alert")).to_contain_text("08:30")
    page.goto("/write/mine/?state=scheduled")
    expect(page.locator(".teaser")).to_contain_text("To be published tomorrow")
    page.get_by_role("link", name="To be published tomorrow").click()
    page.get_by_text("Change or cancel…").click()
    page.get_by_role("button", name="Do not publish it by itself").click()
    expect(page.locator(".toast")).to_contain_text("stays a draft")


def test_two_windows_lose_nothing(person):
    first = person("xiaoxi", "en")
    first.goto("/write/")
    first.locator("#id_title").fill("Two windows")
    first.locator(".ProseMirror").click()
    first.keyboard.type("Common text.")
    first.get_by_role("button", name="Save as a draft").click()
    first.wait_for_url(re.compile("/write/[0-9A-Za-z]{22}/"))
    address = first.url
    second = first.context.new_page()
    second.goto(address)
    for page, words in ((first, "From the first. "), (second, "From the second. ")):
        page.locator(".ProseMirror p").first.click()
        page.keyboard.press("Home")
        page.keyboard.type(words)
        kept(page, "Kept at")
    expect(second.locator("#copy-state")).to_contain_text("Another window has changed")
    first.get_by_role("button", name="Save as a draft").click()
    expect(first.locator(".toast")).to_contain_text("Saved")
    second.get_by_role("button", name="Save as a draft").click()
    expect(second.locator(".diff").first).to_contain_text("From the first.")
    expect(second.locator(".ProseMirror")).to_contain_text("From the second.")
    second.get_by_role("button", name="Save as a draft").click()
    expect(second.locator(".toast")).to_contain_text("Saved")
    second.goto(address.split("?")[0] + "revisions/")
    expect(second.locator(".diff")).to_contain_text("From the first.")


def test_what_is_pasted_is_cleaned_and_markdown_can_be_written_by_hand(person):
    page = person("xiaoxi", "en")
    page.goto("/write/")
    page.locator(".ProseMirror").click()
    page.evaluate(PASTE, FROM_A_WORD_PROCESSOR)
    expect(page.locator(".ProseMirror h2")).to_have_text("Title")
    expect(page.locator(".ProseMirror li")).to_have_count(2)
    assert "javascript:" not in page.locator(".ProseMirror").inner_html()
    page.get_by_role("button", name="Markdown").click()
    area = page.locator("#id_body")
    expect(area).to_have_value(re.compile(r"## Title\n\n- one\n- two\n\nred \*\*bold\*\* \[away\]"))
    area.fill("| a | b |\n| - | - |\n| 1 | 2 |\n\n**字。**后")
    expect(page.locator("#preview table")).to_be_visible()
    page.get_by_role("button", name="Rich text").click()
    expect(page.locator(".ProseMirror table")).to_be_visible()
    expect(page.locator(".ProseMirror strong")).to_have_text("字。")


def test_tools_are_reached_by_keyboard(person):
    page = person("xiaoxi", "en")
    page.goto("/write/")
    # The arrows are the script's: it is there once the text can be written in.
    expect(page.locator(".ProseMirror")).to_be_visible()
    page.locator(".tools button").first.focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    expect(page.get_by_role("button", name="Bold", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.type("bold")
    expect(page.locator(".ProseMirror strong")).to_have_text("bold")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_without_a_script_one_writes_markdown_and_everything_else_works(person, language):
    words = WORDS[language]
    page = person("xiaoxi", language, java_script_enabled=False)
    page.goto("/write/")
    page.locator("#id_title").fill("没有脚本")
    page.locator("#id_body").fill("## 小标题\n\n**粗。**字")
    page.get_by_role("button", name=words["draft"]).click()
    assert "小标题" in page.locator("#id_body").input_value()
    page.locator("#id_body").fill("## 小标题\n\n**粗。**字，改")
    page.get_by_role("button", name=words["publish"], exact=True).click()
    expect(page.locator(".prose strong")).to_have_text("粗。")
    page.goto(page.url.replace("/a/", "/write/") + "revisions/")
    expect(page.locator(".diff ins").first).to_contain_text("改")
    page.goto("/pictures/")
    page.locator("input[type=file]").set_input_files(
        {"name": "x.png", "mimeType": "image/png", "buffer": drawn()}
    )
    page.locator("#id_alt").fill("曲线")
    page.locator("form[enctype] button").click()
    expect(page.locator(".pictures img").first).to_be_visible()
