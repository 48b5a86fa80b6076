"""The pages of the articles, as readers and writers meet them."""

import re
import time
from datetime import timedelta

import pytest
from django.utils import timezone

from lingyu.community.articles import actions, reads
from lingyu.community.articles.events import ArticleRead
from lingyu.community.articles.models import Article

BODY = "第一段。\n\n## 起因\n\n第二段。\n\n## 结果\n\n|a|b|\n|-|-:|\n|1|2|"


@pytest.fixture
def publish(xiaoxi):
    """`publish("title", …)`: an article by 小喜 that everybody may read."""

    def published(title, at=None, **words):
        article = actions.write_article(actor=xiaoxi, title=title, body=BODY, at=at, **words)
        actions.publish_article(actor=xiaoxi, article=article, at=at)
        return article

    return published


@pytest.fixture
def reader(db, client_of, anonymous):
    """A browser that nobody is logged in to."""
    return client_of(anonymous)


def test_the_list_shows_the_newest_first_and_no_draft(reader, publish, xiaoxi):
    now = timezone.now()
    publish("旧的", now - timedelta(days=2))
    publish("新的", now - timedelta(days=1))
    actions.write_article(actor=xiaoxi, title="没写完", body=BODY)
    shown = reader.get("/").content.decode()
    assert shown.index("新的") < shown.index("旧的")
    assert "没写完" not in shown


def test_the_list_is_narrowed_by_column_and_by_keyword(reader, publish):
    column = actions.open_column(actor=None, slug="growth", zh="增长", en="Growth")
    publish("有专栏", column=column, keywords=["留存"])
    publish("没专栏")
    for address in ("/c/growth/", "/t/留存/"):
        shown = reader.get(address).content.decode().split("site-foot")[0]
        assert "有专栏" in shown
        assert "没专栏" not in shown


def test_a_long_list_comes_in_pages_and_costs_a_constant_number_of_queries(
    reader, publish, django_assert_max_num_queries
):
    now = timezone.now()
    for n in range(13):
        publish(f"第{n:02}篇", now - timedelta(hours=n))
    with django_assert_max_num_queries(7):
        first = reader.get("/").content.decode()
    assert "第00篇" in first
    assert "第12篇" not in first
    assert "第12篇" in reader.get("/?page=2").content.decode()
    assert "第12篇" in reader.get("/?page=999").content.decode()


def test_the_article_page_shows_all_that_stands_around_the_text(reader, publish, xiaoxi):
    column = actions.open_column(actor=None, slug="growth", zh="增长", en="Growth")
    article = publish("留存", summary="一句话", column=column, keywords=["复购"])
    publish("另一篇", keywords=["复购"])
    actions.write_article(actor=xiaoxi, title="草稿", body=BODY)
    shown = reader.get(article.get_absolute_url()).content.decode()
    for words in (
        "留存",
        "一句话",
        "小喜",
        "2 articles",
        "1 min to read",
        "Growth",
        "复购",
        "另一篇",
        'href="#s1"',
        '<h2 id="s2">结果</h2>',
        '<td class="end">2</td>',
    ):
        assert words in shown, words
    assert "草稿" not in shown


def test_a_draft_and_a_retired_article_are_not_there_for_others(publish, xiaoxi, luren, client_of, aque):
    draft = actions.write_article(actor=xiaoxi, title="草稿", body=BODY)
    gone = publish("下线的")
    actions.retire_article(actor=aque, article=gone, reason="过期")
    for article in (draft, gone):
        assert client_of(luren).get(article.get_absolute_url()).status_code == 404
        assert client_of(xiaoxi).get(article.get_absolute_url()).status_code == 200


def test_reading_a_page_writes_nothing(reader, publish, facts):
    article = publish("留存")
    reader.get(article.get_absolute_url())
    assert not facts(ArticleRead)


def _stayed(browser, article, monkeypatch, seconds=reads.SECONDS):
    """Open the page, stay `seconds`, report."""
    page = browser.get(article.get_absolute_url()).content.decode()
    token = re.search(r'data-token="([^"]+)"', page)[1]
    served = time.time()
    monkeypatch.setattr(reads.time, "time", lambda: served + seconds)
    try:
        return browser.post(f"{article.get_absolute_url()}read/", {"token": token}).status_code
    finally:
        monkeypatch.undo()


def test_a_reader_who_stayed_counts_once_a_day(reader, luren, client_of, publish, facts, monkeypatch):
    article = publish("留存")
    member = client_of(luren)
    for browser in (reader, reader, member, member):
        assert _stayed(browser, article, monkeypatch) == 204
    visitor = reader.cookies[reads.VISITOR_COOKIE].value
    assert [f.person for f in facts(ArticleRead)] == [visitor, luren.key]
    assert reads.VISITOR_COOKIE not in member.cookies


@pytest.mark.parametrize("seconds", [0, reads.SECONDS - 2])
def test_a_report_that_comes_too_soon_does_not_count(reader, publish, facts, monkeypatch, seconds):
    assert _stayed(reader, publish("留存"), monkeypatch, seconds) == 400
    assert not facts(ArticleRead)


def test_a_forged_token_or_one_of_another_article_does_not_count(reader, publish, facts, monkeypatch):
    one, other = publish("一"), publish("二")
    token = reads.issue(other)
    later = time.time() + 60
    monkeypatch.setattr(reads.time, "time", lambda: later)
    for wrong in (token, "forged", ""):
        assert reader.post(f"{one.get_absolute_url()}read/", {"token": wrong}).status_code == 400
    assert not facts(ArticleRead)


def test_a_writer_saves_a_draft_goes_on_and_publishes(xiaoxi, client_of):
    browser = client_of(xiaoxi)
    words = {"title": "复盘", "summary": "", "column": "", "keywords": "活动， 复盘;增量", "body": BODY}
    browser.post("/write/", words)
    draft = Article.objects.get()
    assert not draft.is_published
    assert {k.word for k in draft.keywords.all()} == {"活动", "复盘", "增量"}
    page = browser.get("/write/mine/").content.decode()
    assert "复盘" in page
    answer = browser.post(
        draft.get_absolute_url().replace("/a/", "/write/"), words | {"title": "改好了", "publish": "1"}
    )
    assert answer["Location"] == draft.get_absolute_url()
    assert Article.objects.published().get().title == "改好了"


def test_nobody_edits_or_retires_what_another_wrote(publish, aque, client_of):
    from lingyu.community.accounts.actions import grant_role

    grant_role(actor=None, member=aque, role="author")
    article = publish("留存")
    address = article.get_absolute_url().replace("/a/", "/write/")
    assert client_of(aque).get(address).status_code == 404
    assert client_of(aque).post(f"{address}retirement/", {"reason": "不喜欢"}).status_code == 404


def test_words_that_cannot_be_saved_are_not_lost(xiaoxi, client_of):
    words = {"title": "题" * 121, "body": "写了很久的正文", "keywords": ""}
    answer = client_of(xiaoxi).post("/write/", words)
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert "写了很久的正文" in shown
    assert 'class="error"' in shown
    assert not Article.objects.exists()


def test_the_writing_page_speaks_the_writers_language_alone(xiaoxi, client_of):
    english = client_of(xiaoxi, "en").get("/write/").content.decode()
    assert re.findall("[\u4e00-\u9fff]+", english.replace("简体中文", "").replace("小喜", "")) in ([], ["喜"])
    assert "最多 8 个" in client_of(xiaoxi, "zh-hans").get("/write/").content.decode()


def test_the_preview_is_as_safe_as_the_page(xiaoxi, client_of):
    shown = client_of(xiaoxi).post("/write/preview/", {"body": "**重**<script>x</script>"}).content.decode()
    assert "<strong>重</strong>" in shown
    assert "<script" not in shown


def test_titles_and_names_are_shown_as_text(reader, publish):
    article = publish("<script>alert(1)</script>", keywords=['"><img src=x>'])
    for page in ("/", article.get_absolute_url(), "/u/小喜/"):
        shown = reader.get(page).content.decode()
        assert "<script>alert" not in shown
        assert "<img src=x>" not in shown
