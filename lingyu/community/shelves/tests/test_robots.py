"""Search engines are told every public page, and of an article what it is, in words that machines read."""

import json
import re
import xml.etree.ElementTree as ET

import pytest

from lingyu.community.articles import actions as articles
from lingyu.community.shelves import robots
from lingyu.community.unlocks import actions as unlocks

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def locations(browser, address) -> list[str]:
    root = ET.fromstring(browser.get(address).content)
    return [loc.text for loc in root.iter(f"{MAP}loc")]


def test_the_sitemap_holds_what_is_public_and_nothing_else(reader, publish, growth, xiaoxi, luren):
    shown = publish("留存", column=growth, keywords=["A&B"])
    gone = publish("下线", keywords=["旧词"])
    draft = articles.write_article(actor=xiaoxi, title="草稿", body="正文", keywords=["密词"])
    articles.retire_article(actor=xiaoxi, article=gone, reason="过期")
    articles.open_column(actor=None, slug="empty", zh="空", en="Empty")
    site = "http://testserver"
    found = locations(reader, "/sitemap.xml")
    for there in ("/", shown.get_absolute_url(), "/c/growth/", "/t/A&B/", "/u/%E5%B0%8F%E5%96%9C/"):
        assert site + there in found
    assert len(found) == 5
    assert draft.get_absolute_url() not in "".join(found)
    for address in found:
        assert reader.get(address.removeprefix(site)).status_code == 200
    (entry,) = [e for e in ET.fromstring(reader.get("/sitemap.xml").content) if "/a/" in e[0].text]
    assert entry.findtext(f"{MAP}lastmod") == max(shown.edited_at, shown.published_at).strftime(
        "%Y-%m-%dT%H:%M:%SZ"
    )


def test_beyond_one_file_there_is_an_index_of_parts_that_hold_everything_once(reader, publish, monkeypatch):
    monkeypatch.setattr(robots, "PAGE", 3)
    written = [publish(f"第{n}篇", keywords=[f"词{n}"]) for n in range(7)]
    parts = locations(reader, "/sitemap.xml")
    assert len(parts) == 3 + 3 + 1
    inside = [loc for part in parts for loc in locations(reader, part.removeprefix("http://testserver"))]
    assert len(inside) == len(set(inside)) == 7 + 7 + 1
    assert {f"http://testserver{a.get_absolute_url()}" for a in written} <= set(inside)


@pytest.mark.parametrize("part", ["articles-0", "articles-99", "members-1", "drafts-1"])
def test_a_part_that_is_none_is_not_found(reader, publish, part):
    publish("留存")
    assert reader.get(f"/sitemap-{part}.xml").status_code == 404


def test_robots_are_told_where_the_sitemap_is_and_what_is_private(reader):
    answer = reader.get("/robots.txt")
    assert answer["Content-Type"].startswith("text/plain")
    lines = answer.content.decode().splitlines()
    assert "Sitemap: http://testserver/sitemap.xml" in lines
    assert {"Disallow: /me/", "Disallow: /desk/", "Disallow: /write/"} <= set(lines)


def _data(page: str) -> dict:
    return json.loads(
        re.search(r'<script type="application/ld\+json" nonce="[^"]+">(.*?)</script>', page, re.S)[1]
    )


def test_an_article_says_what_it_is(reader, publish, growth):
    article = publish("怎么看留存", summary="一句话", column=growth, keywords=["留存"])
    article.html = '<p>正文</p><img alt="" src="/media/a.png?x=1&amp;y=2">'
    article.save()
    page = reader.get(article.get_absolute_url()).content.decode()
    address = f"http://testserver{article.get_absolute_url()}"
    said = _data(page)
    assert said["headline"] == "怎么看留存"
    assert (said["url"], said["inLanguage"], said["isAccessibleForFree"]) == (address, "zh-Hans", True)
    assert said["author"]["name"] == "小喜"
    assert said["image"] == ["http://testserver/media/a.png?x=1&y=2"]
    for line in (
        f'<link rel="canonical" href="{address}">',
        '<meta property="og:title" content="怎么看留存">',
        '<meta property="og:image" content="http://testserver/media/a.png?x=1&amp;y=2">',
        '<meta name="twitter:card" content="summary_large_image">',
        '<meta property="og:locale" content="zh_CN">',
        '<h1 lang="zh-Hans">',
    ):
        assert line in page, line


def test_nothing_of_a_closed_body_is_in_the_head(reader, publish, xiaoxi):
    article = publish("付费")
    article.html = "<p>开头</p>" + "<p>中间的段落</p>" * 10 + '<p>答案<img src="/media/secret.png"></p>'
    article.save()
    unlocks.price_article(actor=xiaoxi, article=article, feathers=20)
    page = reader.get(article.get_absolute_url()).content.decode()
    assert "secret.png" not in page
    assert "答案" not in page
    said = _data(page)
    assert said["isAccessibleForFree"] is False
    assert said["hasPart"]["cssSelector"] == ".prose"


@pytest.mark.parametrize(
    "title", ["</script><script>alert(1)</script>", '"}]} \u2028 <!--', "&lt;b&gt; ' \" \\", "😀 ]]>"]
)
def test_a_title_cannot_leave_the_data_it_stands_in(reader, publish, title):
    article = publish(title, summary=title)
    page = reader.get(article.get_absolute_url()).content.decode()
    assert _data(page)["headline"] == article.title
    assert "<script>alert" not in page


def test_drafts_tell_machines_nothing(client_of, xiaoxi):
    draft = articles.write_article(actor=xiaoxi, title="草稿", body="正文")
    page = client_of(xiaoxi).get(draft.get_absolute_url()).content.decode()
    assert "ld+json" not in page
    assert '<meta name="robots" content="noindex">' in page
