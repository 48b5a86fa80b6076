"""Feeds are valid whatever is in them, tell what changed, and never a word of a closed body."""

import xml.etree.ElementTree as ET
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html import unescape

import pytest

from lingyu.community.accounts import actions as accounts
from lingyu.community.articles import actions as articles
from lingyu.community.articles.gates import GATES
from lingyu.community.shelves import feeds
from lingyu.community.unlocks import actions as unlocks

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
SHELVES = ["/", "/c/growth/", "/t/留存/", "/u/小喜/"]
AT = datetime(2026, 11, 1, 4, 30, tzinfo=UTC)


def items(answer) -> list:
    assert answer.status_code == 200
    root = ET.fromstring(answer.content)
    return root.findall("channel/item") or root.findall(f"{ATOM}entry")


@pytest.fixture
def article(publish, growth):
    """A published article in a column and with a keyword."""
    return publish("留存 & <b>复购</b>", AT, summary="一句话", column=growth, keywords=["留存"])


@pytest.mark.parametrize("shelf", SHELVES)
def test_every_shelf_has_both_feeds_and_its_page_names_them(reader, article, shelf):
    page = reader.get(shelf).content.decode()
    for kind, content_type in (("rss", "application/rss+xml"), ("atom", "application/atom+xml")):
        answer = reader.get(f"{shelf}{kind}.xml")
        assert answer["Content-Type"].startswith(content_type)
        assert len(items(answer)) == 1
        assert f'type="{content_type}"' in page
        assert f"{kind}.xml" in page


def test_an_item_of_rss_says_all_there_is(reader, article):
    (item,) = items(reader.get("/rss.xml"))
    assert item.findtext("title") == "留存 & <b>复购</b>"
    assert item.findtext("link") == f"http://testserver{article.get_absolute_url()}"
    guid = item.find("guid")
    assert (guid.text, guid.get("isPermaLink")) == (f"urn:uuid:{article.id}", "false")
    assert parsedate_to_datetime(item.findtext("pubDate")) == AT
    assert item.findtext("description") == "一句话"
    assert "藏在最后的答案" in item.findtext(CONTENT)
    assert [c.text for c in item.findall("category")] == ["留存"]
    assert item.findtext("{http://purl.org/dc/elements/1.1/}creator") == "小喜"


def test_an_entry_of_atom_says_when_it_was_published_and_changed(reader, article, xiaoxi):
    later = AT.replace(day=3)
    articles.edit_article(actor=xiaoxi, article=article, title="改过", body="正文", at=later)
    (entry,) = items(reader.get("/atom.xml"))
    assert entry.findtext(f"{ATOM}published") == AT.isoformat()
    assert entry.findtext(f"{ATOM}updated") == later.isoformat()
    assert entry.find(f"{ATOM}content").get("type") == "html"
    assert entry.findtext(f"{ATOM}id") == f"urn:uuid:{article.id}"


def test_what_readers_take_for_html_is_html_that_says_what_was_typed(reader, publish, xiaoxi):
    typed = 'A & B <img src=x onerror="alert(1)"> &lt;b&gt;'
    publish("标题", summary=typed)
    accounts.edit_profile(actor=xiaoxi, pen_name="", bio=typed)
    rss = ET.fromstring(reader.get("/u/小喜/rss.xml").content)
    atom = ET.fromstring(reader.get("/u/小喜/atom.xml").content)
    summary = atom.find(f"{ATOM}entry/{ATOM}summary")
    assert summary.get("type") == "html"
    shown = [*(e.text for e in rss.iter("description")), summary.text]
    assert len(shown) == 3
    for html in shown:
        # As a reader's program does it: markup is obeyed, then references are resolved.
        assert "<" not in html
        assert unescape(html) == typed


def test_characters_that_xml_cannot_hold_are_left_out(reader, publish):
    bad = "".join(map(chr, [*range(1, 9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF]))
    publish(f"坏{bad}字 ]]> &amp; 😀", summary=f"摘{bad}要", keywords=[f"词\x01{'词'}"])
    for kind in feeds.KINDS:
        (item,) = items(reader.get(f"/{kind}.xml"))
        assert (item.findtext("title") or item.findtext(f"{ATOM}title")) == "坏字 ]]> &amp; 😀"


@pytest.mark.parametrize("shelf", SHELVES)
@pytest.mark.parametrize("kind", ["rss", "atom"])
def test_of_a_priced_article_everybody_gets_the_teaser_alone(reader, client_of, article, xiaoxi, shelf, kind):
    unlocks.price_article(actor=xiaoxi, article=article, feathers=20)
    # Not even its author: a feed is one for all, and is kept by those in between.
    for browser in (reader, client_of(xiaoxi)):
        answer = browser.get(f"{shelf}{kind}.xml")
        assert len(items(answer)) == 1
        assert "开头" in answer.content.decode()
        assert "藏在最后的答案" not in answer.content.decode()
        assert "第19段" not in answer.content.decode()


def test_a_gate_that_knows_one_article_at_a_time_is_asked_too(reader, article, monkeypatch):
    monkeypatch.setitem(GATES, "shut", lambda who, article: False)
    assert "藏在最后的答案" not in reader.get("/rss.xml").content.decode()


def test_drafts_and_retired_articles_are_in_no_feed(reader, article, xiaoxi):
    articles.write_article(actor=xiaoxi, title="草稿", body="正文")
    articles.retire_article(actor=xiaoxi, article=article, reason="过期")
    for kind in feeds.KINDS:
        answer = reader.get(f"/{kind}.xml")
        assert items(answer) == []
        assert "草稿" not in answer.content.decode()


def test_who_has_the_present_state_is_told_so(reader, article, xiaoxi):
    first = reader.get("/rss.xml")
    assert first["Last-Modified"] == "Sun, 01 Nov 2026 04:30:00 GMT"
    for known in ({"If-None-Match": first["ETag"]}, {"If-Modified-Since": first["Last-Modified"]}):
        again = reader.get("/rss.xml", headers=known)
        assert (again.status_code, again.content) == (304, b"")
    articles.retire_article(actor=xiaoxi, article=article, reason="过期")
    assert reader.get("/rss.xml", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_a_feed_is_the_same_in_whatever_language_it_is_asked_for(article, anonymous, client_of):
    one, other = (client_of(anonymous, language).get("/c/growth/rss.xml") for language in ("en", "zh-hans"))
    assert one.content == other.content
    assert one["ETag"] == other["ETag"]


def test_links_inside_a_text_are_whole_in_a_feed(reader, publish):
    article = publish("链接")
    article.html = '<p><a href="/a/x/">站内</a><a href="//else.example/">站外</a><img src="/media/a.png"></p>'
    article.save()
    text = items(reader.get("/rss.xml"))[0].findtext(CONTENT)
    assert 'href="http://testserver/a/x/"' in text
    assert 'src="http://testserver/media/a.png"' in text
    assert 'href="//else.example/"' in text


def test_a_feed_costs_few_queries(reader, publish, growth, django_assert_max_num_queries):
    for n in range(feeds.LENGTH + 2):
        publish(f"第{n}篇", column=growth, keywords=["留存", "复购"])
    with django_assert_max_num_queries(4):
        assert len(items(reader.get("/c/growth/rss.xml"))) == feeds.LENGTH
