"""Articles at the head of the front page: put there, taken away, and never one too many."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from lingyu.community.articles import actions
from lingyu.community.articles.events import ArticleFeatured, FeatureEnded
from lingyu.community.articles.models import FEATURED_LIMIT, Article, Feature


@pytest.fixture
def publish(xiaoxi):
    """`publish("title", hours_ago)`: an article by 小喜 that everybody may read."""

    def published(title, hours_ago=0):
        at = timezone.now() - timedelta(hours=hours_ago)
        article = actions.write_article(actor=xiaoxi, title=title, body="正文", at=at)
        actions.publish_article(actor=xiaoxi, article=article, at=at)
        return article

    return published


def test_featured_articles_lead_the_front_page_and_stand_there_once(publish, aque, client_of, anonymous):
    old, older = publish("旧", 48), publish("更旧", 72)
    publish("新")
    actions.feature_article(actor=aque, article=older)
    actions.feature_article(actor=aque, article=old)
    page = client_of(anonymous).get("/").content.decode().split("<aside")[0]
    places = [page.index(f">{title}</a></h2>") for title in ("旧", "更旧", "新")]
    assert places == sorted(places)
    assert page.count("</h2>") == 3
    assert page.count("Featured") == 2


def test_featured_articles_stand_on_the_first_page_only_and_not_before_a_column(publish, aque, client_of):
    column = actions.open_column(actor=None, slug="growth", zh="增长", en="Growth")
    first = publish("头条", 99)
    actions.feature_article(actor=aque, article=first)
    for n in range(13):
        publish(f"第{n:02}篇", n)
    browser = client_of(aque)
    assert "头条</a></h2>" in browser.get("/").content.decode()
    for address in ("/?page=2", f"/?column={column.slug}"):
        assert "头条</a></h2>" not in browser.get(address).content.decode()


def test_featuring_twice_is_one_fact_and_so_is_ending(publish, aque, facts):
    article = publish("留存")
    assert actions.feature_article(actor=aque, article=article)
    assert not actions.feature_article(actor=aque, article=article)
    assert [(f.article, f.actor) for f in facts(ArticleFeatured)] == [(article.id, aque.key)]
    assert actions.end_feature(actor=aque, article=article)
    assert not actions.end_feature(actor=aque, article=article)
    assert [f.article for f in facts(FeatureEnded)] == [article.id]
    assert not Article.objects.featured().exists()
    assert Feature.objects.get().ended_by == aque


def test_an_article_may_be_featured_again_after_it_was_ended(publish, aque):
    article = publish("留存")
    for _ in range(2):
        assert actions.feature_article(actor=aque, article=article)
        assert Article.objects.featured().get() == article
        assert not Article.objects.not_featured().exists()
        actions.end_feature(actor=aque, article=article)
    assert Article.objects.not_featured().get() == article


def test_there_is_room_for_three(publish, aque, facts):
    articles = [publish(str(n)) for n in range(FEATURED_LIMIT + 1)]
    for article in articles[:-1]:
        actions.feature_article(actor=aque, article=article)
    with translation.override("en"), pytest.raises(ValidationError, match="3 articles"):
        actions.feature_article(actor=aque, article=articles[-1])
    assert len(facts(ArticleFeatured)) == FEATURED_LIMIT
    actions.end_feature(actor=aque, article=articles[0])
    assert actions.feature_article(actor=aque, article=articles[-1])


def test_the_database_itself_lets_no_two_stand_in_one_place(publish, aque):
    one, two = publish("一"), publish("二")
    actions.feature_article(actor=aque, article=one)
    taken = Feature.objects.get().place
    with pytest.raises(IntegrityError), transaction.atomic():
        Feature.objects.create(article=two, place=taken, by=aque, at=timezone.now())


def test_a_draft_is_not_featured(xiaoxi, aque):
    draft = actions.write_article(actor=xiaoxi, title="草稿", body="正文")
    with translation.override("en"), pytest.raises(ValidationError, match="published"):
        actions.feature_article(actor=aque, article=draft)


def test_retiring_an_article_frees_its_place(publish, aque, facts):
    article = publish("留存")
    actions.feature_article(actor=aque, article=article)
    actions.retire_article(actor=aque, article=article, reason="过期")
    assert not Feature.objects.standing().exists()
    assert [f.article for f in facts(FeatureEnded)] == [article.id]
