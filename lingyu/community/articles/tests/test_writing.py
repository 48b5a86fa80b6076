"""Articles from draft to retirement, by way of the actions."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError

from lingyu.community.articles import actions
from lingyu.community.articles.events import ArticleDrafted, ArticlePublished, ArticleRead, ArticleRetired
from lingyu.community.articles.models import Article, Reading

BODY = "第一段。\n\n## 小标题\n\n第二段。"


@pytest.fixture
def article(xiaoxi):
    """A published article by 小喜."""
    column = actions.open_column(actor=None, slug="growth", zh="增长", en="Growth")
    article = actions.write_article(
        actor=xiaoxi, title="留存", body=BODY, column=column, keywords=["留存", "增长"]
    )
    actions.publish_article(actor=xiaoxi, article=article)
    return article


def test_a_draft_is_seen_by_its_author_alone(xiaoxi, luren, anonymous, facts):
    draft = actions.write_article(actor=xiaoxi, title="草稿", body=BODY)
    assert draft.open_to(xiaoxi)
    assert not draft.open_to(luren)
    assert not draft.open_to(anonymous)
    assert not Article.objects.published().exists()
    assert [f.article for f in facts(ArticleDrafted)] == [draft.id]


def test_publishing_twice_is_one_fact(xiaoxi, article, facts):
    assert not actions.publish_article(actor=xiaoxi, article=article)
    (fact,) = facts(ArticlePublished)
    assert (fact.article, fact.author, fact.column) == (article.id, xiaoxi.key, "growth")


def test_a_retired_article_is_gone_for_readers_and_says_why(xiaoxi, aque, article, facts):
    with pytest.raises(ValidationError):
        actions.retire_article(actor=aque, article=article, reason="  ")
    assert actions.retire_article(actor=aque, article=article, reason="数据过期")
    assert not actions.retire_article(actor=aque, article=article, reason="again")
    assert not Article.objects.published().exists()
    assert [f.reason for f in facts(ArticleRetired)] == ["数据过期"]
    with pytest.raises(ValidationError):
        actions.edit_article(actor=xiaoxi, article=article, title="新", body=BODY)


def test_editing_renders_again_and_replaces_the_keywords(xiaoxi, article):
    actions.edit_article(actor=xiaoxi, article=article, title="改名", body="# 新", keywords=["复购"])
    article = Article.objects.get(id=article.id)
    assert article.title == "改名"
    assert '<h2 id="s1">新</h2>' in article.html
    assert article.headings == [[2, "s1", "新"]]
    assert [k.word for k in article.keywords.all()] == ["复购"]
    assert article.column is None


@pytest.mark.parametrize(
    "words",
    [
        {"title": " ", "body": BODY},
        {"title": "t", "body": ""},
        {"title": "t" * 121, "body": BODY},
        {"title": "t", "body": "b" * 100_001},
        {"title": "t", "body": BODY, "summary": "s" * 301},
    ],
)
def test_an_article_that_is_empty_or_too_long_is_refused_whole(xiaoxi, words, facts):
    with pytest.raises(ValidationError):
        actions.write_article(actor=xiaoxi, **words)
    assert not Article.objects.exists()
    assert not facts(ArticleDrafted)


def test_a_person_reads_an_article_once_a_day_however_often_it_is_reported(luren, article, facts):
    noon, night = (datetime(2026, 11, 20, hour, tzinfo=UTC) for hour in (4, 15))
    next_morning = datetime(2026, 11, 20, 16, 30, tzinfo=UTC)  # 00:30 of the 21st in Shanghai
    assert actions.report_read(actor=luren, person=luren.key, article=article, at=noon)
    assert not actions.report_read(actor=luren, person=luren.key, article=article, at=night)
    assert actions.report_read(actor=luren, person=luren.key, article=article, at=next_morning)
    assert actions.report_read(actor=None, person="visitor", article=article, at=noon)
    read = facts(ArticleRead)
    assert [f.person for f in read] == [luren.key, luren.key, "visitor"]
    assert len({f.id for f in read}) == 3


def test_authors_do_not_count_as_readers_of_their_own_articles(xiaoxi, article):
    assert not actions.report_read(actor=xiaoxi, person=xiaoxi.key, article=article)
    assert not Reading.objects.exists()


def test_related_articles_share_most_keywords_first_and_never_include_drafts(xiaoxi, article):
    def published(title, keywords, column=None):
        other = actions.write_article(actor=xiaoxi, title=title, body=BODY, keywords=keywords, column=column)
        actions.publish_article(actor=xiaoxi, article=other)

    published("两个词", ["留存", "增长", "社群"])
    published("同专栏", [], article.column)
    published("一个词", ["增长"])
    published("无关", ["直播"])
    actions.write_article(actor=xiaoxi, title="草稿", body=BODY, keywords=["留存", "增长"])
    assert [a.title for a in Article.objects.related_to(article)] == ["两个词", "一个词", "同专栏"]
