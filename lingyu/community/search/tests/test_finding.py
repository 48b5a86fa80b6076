"""What is published is found by its words, in Chinese, by pinyin, and by nothing else."""

import pytest

from lingyu.community.accounts import actions as accounts
from lingyu.community.articles import actions as articles
from lingyu.community.articles.gates import GATES
from lingyu.community.search import results
from lingyu.community.search.asking import asked
from lingyu.community.search.index import base
from lingyu.store.deliver import deliver_due
from lingyu.store.models import Envelope

pytestmark = pytest.mark.django_db


@pytest.fixture
def publish(xiaoxi):
    """Publish an article by 小喜, and let the search follow."""

    def publish(title, body="正文。", keywords=(), **more):
        article = articles.write_article(actor=xiaoxi, title=title, body=body, keywords=keywords, **more)
        articles.publish_article(actor=xiaoxi, article=article)
        settle()
        return article

    return publish


def settle():
    while deliver_due():
        pass


def titles(typed, **more):
    return [r.row.title for r in results.articles(asked(typed), **more)[0]]


def test_an_article_is_found_by_words_of_its_title_text_keywords_and_author(publish):
    publish("社区运营周报", body="这一周新增会员三百人。", keywords=["留存"])
    for typed in ("运营", "社区 周报", "新增会员", "留存", "小喜"):
        assert titles(typed) == ["社区运营周报"], typed
    assert titles("电商") == []


def test_two_characters_across_the_border_of_two_words_are_found(publish):
    publish("羽毛商城上新")
    assert titles("毛商") == ["羽毛商城上新"]
    assert titles("城") == ["羽毛商城上新"]


def test_pinyin_whole_unfinished_and_by_first_letters_finds_titles(publish):
    publish("社区运营周报")
    publish("别的东西")
    for typed in ("yunying", "yunyingzhoub", "yyzb", "sqyy", "YunYing"):
        assert titles(typed) == ["社区运营周报"], typed


def test_pinyin_finds_words_of_the_text_those_typed_without_a_space_between_them_too(publish):
    publish("第一篇", body="下半年的运营预算，三月里就写好了复盘。", keywords=["预算"])
    publish("第二篇", body="另外一件事。")
    for typed in ("fupan", "yunyingfupan", "fupanyunying", "yunyingyusuan", "xiabannian", "yusuan fupan"):
        assert titles(typed) == ["第一篇"], typed
    assert titles("xiabanri") == []


def test_a_title_that_sounds_like_it_stands_before_a_text_that_does(publish):
    publish("银行的复盘")
    publish("随笔", body="复盘。" * 20)
    assert titles("fupan") == ["银行的复盘", "随笔"]


def test_traditional_and_simplified_find_one_another(publish):
    publish("社群運營的復盤", body="首單轉換率與會員積分。")
    publish("会员积分怎么兑换")
    for typed in ("运营", "運營", "复盘", "转换率"):
        assert titles(typed) == ["社群運營的復盤"], typed
    assert set(titles("會員積分")) == set(titles("会员积分")) == {"社群運營的復盤", "会员积分怎么兑换"}


def test_a_latin_word_is_found_while_it_is_being_typed(publish):
    publish("Growth accounting 入门")
    assert titles("grow") == ["Growth accounting 入门"]
    assert titles("ＧＲＯＷＴＨ") == ["Growth accounting 入门"]


def test_all_words_must_be_met(publish):
    publish("拉新复盘")
    publish("促活复盘")
    assert titles("促活 复盘") == ["促活复盘"]


def test_a_hit_in_the_title_stands_before_one_in_the_text(publish):
    publish("别的题目", body="留存" * 30)
    publish("留存怎么看", body="正文")
    assert titles("留存") == ["留存怎么看", "别的题目"]
    assert titles("留存", order="newest") == ["留存怎么看", "别的题目"]


def test_results_are_narrowed_to_a_column(publish, aque):
    column = articles.open_column(actor=aque, slug="numbers", zh="数字", en="Numbers")
    publish("留存一", column=column)
    publish("留存二")
    assert titles("留存", column="numbers") == ["留存一"]


def test_drafts_and_retired_articles_are_not_found(publish, xiaoxi, dapeng):
    articles.write_article(actor=xiaoxi, title="草稿里的秘密", body="正文")
    gone = publish("秘密下线")
    articles.retire_article(actor=dapeng, article=gone, reason="过时")
    settle()
    assert titles("秘密") == []


def test_an_edited_article_is_found_by_its_new_words_only(publish, xiaoxi):
    article = publish("旧题目")
    articles.edit_article(actor=xiaoxi, article=article, title="新标题", body="正文")
    settle()
    assert titles("旧题目") == []
    assert titles("新标题") == ["新标题"]


def test_a_closed_body_is_not_in_the_index(publish, monkeypatch):
    monkeypatch.setitem(GATES, "test", lambda reader, article: False)
    publish("付费文章", body="免费的开头。\n\n" + "第二段。\n\n" * 30 + "藏在最后的答案四十二。")
    assert titles("付费文章") == ["付费文章"]
    assert titles("四十二") == []


def test_people_are_found_by_pen_name_and_username_until_they_leave(luren, aque):
    settle()
    assert [r.row.id for r in results.people(asked("路人"))] == [luren.id]
    assert [r.row.id for r in results.people(asked("luren"))] == [luren.id]
    accounts.close_account(actor=aque, member=luren)
    settle()
    assert results.people(asked("路人")) == []


@pytest.mark.parametrize(
    "typed",
    [
        '"',
        "'",
        "a OR b",
        "NEAR(",
        "*",
        "title:x",
        "羽' | '",
        "\\",
        "a & !b",
        "%",
        "\0",
        "()",
        ":*A",
        "—" * 99,
    ],
)
def test_signs_of_query_languages_are_only_signs(typed, publish):
    publish("社区运营周报")
    assert titles(typed) == []


def test_the_page_marks_hits_and_escapes_everything(publish, client):
    publish("运营<script>alert(1)</script>", body="说说<b>运营</b>。")
    page = client.get("/search/", {"q": "运营"}).content.decode()
    assert "<mark>运营</mark>" in page
    assert "<script>alert(1)" not in page
    page = client.get("/search/", {"q": '"><script>alert(2)</script>'}).content.decode()
    assert "<script>alert(2)" not in page


def test_an_author_is_marked_as_such_and_not_among_the_keywords(publish):
    publish("随笔", keywords=["生活"])
    found = results.articles(asked("小喜"))[0][0]
    assert (found.author, found.keywords) == ([("小喜", True)], [("生活", False)])


def test_a_search_is_noted_once_with_what_it_found_and_without_a_name(publish, client_of, luren):
    publish("社区运营周报")
    client_of(luren).get("/search/", {"q": "电商"})
    client_of(luren).get("/search/", {"q": "电商", "page": 2})
    noted = list(Envelope.objects.filter(event="search.asked"))
    assert len(noted) == 1
    body = bytes(noted[0].body).decode()
    assert '"found":0' in body and '"query":"电商"' in body
    assert luren.key not in body


def test_odd_addresses_fall_back_to_the_ordinary_page(publish, client):
    publish("社区运营周报")
    for query in ({"page": "-1"}, {"page": "x"}, {"page": "999"}, {"order": "odd"}, {"column": "<>"}):
        assert client.get("/search/", {"q": "运营", **query}).status_code == 200
    assert client.get("/search/").status_code == 200
    assert "社区" in client.get("/search/suggestions/", {"q": "yunying"}).content.decode()


def test_the_index_made_anew_is_the_same(publish, capsys):
    from django.core.management import call_command

    from lingyu.community.search import actions
    from lingyu.community.search.models import Document

    article = publish("社区运营周报")
    actions.forget(actor=None, kind="article", subject=article.id)
    assert titles("运营") == []
    call_command("reindex")
    assert titles("运营") == ["社区运营周报"]
    call_command("reindex")
    assert Document.objects.filter(kind="article").count() == 1


def test_of_a_very_common_word_the_newest_are_compared_and_the_page_says_so(publish, client, monkeypatch):
    monkeypatch.setattr(base, "NEWEST", 3)
    for number in range(5):
        publish(f"周报第{number}期", body="复盘" if number else "复盘，独此一家")
    assert titles("复盘", order="newest") == ["周报第4期", "周报第3期", "周报第2期"]
    assert sorted(titles("周报")) == ["周报第2期", "周报第3期", "周报第4期"]
    assert titles("复盘 独此一家") == ["周报第0期"]
    assert results.articles(asked("复盘"), page=3) == ([], 3)
    page = client.get("/search/", {"q": "复盘"}, headers={"accept-language": "en"}).content.decode()
    assert "3 articles and more" in page
    assert "only the newest 3 were compared" in page
    narrow = client.get("/search/", {"q": "独此一家"}, headers={"accept-language": "en"}).content.decode()
    assert "1 article<" in narrow and "were compared" not in narrow
