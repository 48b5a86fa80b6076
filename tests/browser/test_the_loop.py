"""What people come for: reading and answering, moderating, and the numbers that follow."""

import re
import uuid

from playwright.sync_api import expect

from .conftest import PASSWORD


def first_article(page) -> str:
    """Open the newest article from the front page; returns its address."""
    page.goto("/")
    page.locator("main article h2 a").first.click()
    page.wait_for_url("**/a/**")
    return page.url


def test_a_newcomer_joins_and_comments_and_a_moderator_lets_it_stand(visitor, person):
    words = f"A first comment, {uuid.uuid4().hex[:8]}"
    newcomer = visitor()
    newcomer.goto("/")
    newcomer.get_by_role("link", name="Sign up").first.click()
    newcomer.get_by_label("Username").fill(f"new.{uuid.uuid4().hex[:8]}")
    newcomer.get_by_label("E-mail").fill(f"{uuid.uuid4().hex[:8]}@example.org")
    newcomer.get_by_label("Password").fill("a quiet feather 42")
    newcomer.get_by_role("button", name="Create my account").click()
    newcomer.wait_for_url(lambda url: "/accounts/signup" not in url)

    article = first_article(newcomer)
    newcomer.get_by_label("Your comment").fill(words)
    newcomer.get_by_role("button", name="Post").click()
    own = newcomer.locator("#comments article.comment", has_text=words)
    expect(own).to_contain_text("Waiting for review")

    stranger = visitor()
    stranger.goto(article)
    expect(stranger.get_by_text(words)).to_have_count(0)

    moderator = person("dapeng")
    moderator.goto("/review/comments/")
    card = moderator.locator("main li.card", has_text=words)
    while not card.count():
        moderator.get_by_role("link", name="Next").click()
    card.get_by_role("button", name="Approve", exact=True).click()
    expect(card.get_by_role("button", name="Approve", exact=True)).to_have_count(0)

    stranger.reload()
    expect(stranger.get_by_text(words)).to_be_visible()


def test_a_comment_can_be_written_without_javascript(visitor):
    page = visitor(java_script_enabled=False)
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill("luren")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button").first.click()
    words = f"Without a script, {uuid.uuid4().hex[:8]}"
    first_article(page)
    page.get_by_label("Your comment").fill(words)
    page.get_by_role("button", name="Post").click()
    expect(page.locator("#comments article.comment", has_text=words)).to_be_visible()


def test_a_wrong_password_is_answered_beside_the_form(visitor):
    page = visitor()
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill("luren")
    page.locator("input[name=password]").fill("not the password")
    page.locator("main form button").first.click()
    expect(page.locator("main [role=alert], main .alert, main .error").first).to_be_visible()


def test_an_operator_changes_the_period_and_takes_the_table_home(person):
    page = person("aque")
    page.goto("/desk/ecommerce/")
    tile = page.locator(".kpi-value").first
    expect(tile).to_be_visible()
    before = tile.inner_text()
    page.get_by_role("navigation", name="Period").get_by_role("link", name="7 days").click()
    expect(page).to_have_url(re.compile("period=7d"))
    expect(page.locator(".kpi-value").first).not_to_have_text(before)

    link = page.locator('a[href*="shops.csv"]').first
    with page.expect_download() as taken:
        link.evaluate("a => a.click()")
    file = taken.value.path().read_bytes()
    assert taken.value.suggested_filename.endswith(".csv")
    assert file.startswith(b"\xef\xbb\xbf"), "Excel reads a CSV as UTF-8 by this mark only"
    assert len(file.decode("utf-8-sig").splitlines()) >= 2


def test_a_chart_is_drawn_and_has_its_table(person):
    page = person("aque")
    page.goto("/desk/ecommerce/")
    chart = page.locator("[data-chart] svg, [data-chart] canvas").first
    expect(chart).to_be_visible()
    assert page.locator("main table").count() >= 1


def test_the_back_button_brings_the_period_back(person):
    page = person("aque")
    page.goto("/desk/ecommerce/")
    chosen = page.get_by_role("navigation", name="Period").locator("[aria-current]")
    first = chosen.inner_text()
    page.get_by_role("navigation", name="Period").get_by_role("link", name="90 days").click()
    expect(chosen).to_have_text("90 days")
    page.go_back()
    expect(chosen).to_have_text(first)


def test_a_reader_is_turned_away_from_the_desks_with_a_page_not_a_traceback(person, complaints):
    page = person("luren")
    answer = page.goto("/desk/")
    assert answer.status == 403
    expect(page.locator("main h1")).to_be_visible()
    # Chromium counts the refusal itself as an error of the page.
    complaints[:] = [line for line in complaints if "403" not in line]
