"""The levers of content operations: what they ask for, when they refuse, what the community then does."""

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict

from lingyu.community.articles import actions as articles
from lingyu.community.articles.models import Article
from lingyu.desk import frame, panels
from lingyu.operations.content import actions, levers
from lingyu.operations.content.operation import OPERATION
from lingyu.store.ship import ship_all


@pytest.fixture
def four(xiaoxi):
    """Four published articles by 小喜."""
    found = [articles.write_article(actor=xiaoxi, title=f"第{n}篇", body="正文") for n in range(4)]
    for article in found:
        articles.publish_article(actor=xiaoxi, article=article)
    return found


def test_featuring_stands_on_the_panel_of_the_articles():
    assert OPERATION.panel("articles").levers == (levers.FEATURE,)
    assert OPERATION.lever("feature_article") is levers.FEATURE
    assert levers.FEATURE.by in levers.FEATURE.moves.dimensions()


def test_the_pull_is_the_communitys_own_action_and_names_its_subject(aque, four):
    subject = actions.feature_article(actor=aque, article=four[0])
    assert subject == str(four[0].id)
    assert Article.objects.featured().get() == four[0]
    with pytest.raises(ValidationError):
        actions.feature_article(actor=aque, article=four[0])
    assert actions.end_feature(actor=aque, subject=subject)
    assert not actions.end_feature(actor=aque, subject=subject)


def test_the_guard_says_why_not(aque, four):
    assert levers.cannot_feature() is None
    actions.feature_article(actor=aque, article=four[0])
    assert "already" in levers.cannot_feature(article=four[0])
    assert levers.cannot_feature(article=four[1]) is None
    for article in four[1:3]:
        actions.feature_article(actor=aque, article=article)
    assert "full" in levers.cannot_feature()
    assert "full" in levers.cannot_feature(article=four[3])


def test_the_form_offers_the_newest_and_takes_any_that_is_published(xiaoxi, four, monkeypatch):
    monkeypatch.setattr(levers, "OFFERED", 2)
    offered = [str(label) for _value, label in levers.FeatureForm()["article"].field.choices]
    assert offered[1:] == ["第3篇 · 小喜", "第2篇 · 小喜"]
    assert levers.FeatureForm({"article": four[0].id}).is_valid()
    draft = articles.write_article(actor=xiaoxi, title="草稿", body="正文")
    assert not levers.FeatureForm({"article": draft.id}).is_valid()


@pytest.mark.django_db(transaction=True)
def test_the_panel_calls_articles_by_their_titles(aque, four, empty_store):
    articles.report_read(actor=aque, person=aque.key, article=four[2])
    ship_all()
    shown = panels.breakdown(OPERATION.panel("articles"), frame.read(QueryDict(), OPERATION))
    assert [(line.name, line.cells[0][0]) for line in shown.lines] == [("第2篇", 1)]
