"""Levers on a desk: pulled in one change with what they do, and their metric before and after."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from lingyu.community.articles import actions as articles
from lingyu.community.articles.events import ArticleFeatured
from lingyu.community.articles.models import Article
from lingyu.desk.actions import pull_lever, undo_pull
from lingyu.desk.events import LeverPulled, LeverUndone
from lingyu.desk.levers import effects
from lingyu.desk.models import Pull
from lingyu.kernel.operations import OPERATIONS, Lever
from lingyu.kernel.query import Period
from lingyu.store.ship import ship_all

# Noon of a Friday in Shanghai.
PULLED = datetime(2026, 11, 6, 4, tzinfo=UTC)
DAY = date(2026, 11, 6)


@pytest.fixture
def content():
    """The content desk."""
    return OPERATIONS["content"]


@pytest.fixture
def article(xiaoxi):
    """A published article by 小喜."""
    at = PULLED - timedelta(days=10)
    article = articles.write_article(actor=xiaoxi, title="留存", body="正文", at=at)
    articles.publish_article(actor=xiaoxi, article=article, at=at)
    return article


@pytest.fixture
def pull(content, aque):
    """`pull(article)`: 阿鹊 features it."""

    def pulled(article, at=PULLED):
        lever = content.lever("feature_article")
        return pull_lever(actor=aque, operation=content, lever=lever, fields={"article": article}, at=at)

    return pulled


def read(article, days_after: int, times: int):
    """So many people read the article on a day, counted from that of the pull."""
    at = PULLED + timedelta(days=days_after)
    for n in range(times):
        articles.report_read(actor=None, person=f"visitor {n}", article=article, at=at)


def test_a_pull_is_a_row_a_fact_and_what_the_lever_does(pull, article, aque, facts):
    pulled = pull(article)
    (fact,) = facts(LeverPulled)
    assert (fact.id, fact.subject, fact.occurred_at) == (pulled.id, str(article.id), PULLED)
    assert facts(ArticleFeatured)[0].occurred_at == PULLED
    assert Pull.objects.lately("content").get().by == aque


def test_a_pull_that_fails_leaves_nothing_behind(content, article, aque, facts):
    def half_done(*, actor, at, article):
        articles.feature_article(actor=actor, article=article, at=at)
        raise ValidationError("no")

    lever = content.lever("feature_article")
    broken = Lever(code="broken", zh="坏", en="Broken", about="-", moves=lever.moves, pulls=half_done)
    with pytest.raises(ValidationError):
        pull_lever(actor=aque, operation=content, lever=broken, fields={"article": article})
    assert not Article.objects.featured().exists()
    assert not Pull.objects.exists()
    assert not facts(LeverPulled)
    assert not facts(ArticleFeatured)


def test_the_guard_is_asked_whoever_pulls(pull, article, facts):
    pull(article)
    with translation.override("en"), pytest.raises(ValidationError, match="already"):
        pull(article)
    assert len(facts(LeverPulled)) == 1


def test_taking_back_what_had_ended_by_itself_says_so(pull, content, article, aque, facts):
    pulled = pull(article)
    articles.end_feature(actor=aque, article=article)
    assert not undo_pull(actor=aque, lever=content.lever("feature_article"), pull=pulled)
    assert not facts(LeverUndone)
    assert not Pull.objects.standing().exists()


def test_pulled_anew_the_pull_before_has_ended(pull, article, aque):
    first = pull(article)
    articles.end_feature(actor=aque, article=article)
    second = pull(article, PULLED + timedelta(days=1))
    assert list(Pull.objects.standing()) == [second]
    assert Pull.objects.get(id=first.id).ended_at == second.at


@pytest.mark.parametrize(
    ("days_on", "ended_on", "after"),
    [
        (0, None, None),
        (2, None, None),
        (3, None, (1, 2)),
        (8, None, (1, 7)),
        (90, None, (1, 7)),
        (90, 2, None),
        (90, 4, (1, 3)),
        (3, 30, (1, 2)),
    ],
)
def test_only_whole_days_are_compared(days_on, ended_on, after):
    pulled = Pull(at=PULLED, ended_at=None if ended_on is None else PULLED + timedelta(days=ended_on))
    before, found = effects.around(pulled, DAY + timedelta(days=days_on))
    assert before == Period(date(2026, 10, 30), date(2026, 11, 5))
    expected = after and Period(*(DAY + timedelta(days=n) for n in after))
    assert found == expected


@pytest.mark.django_db(transaction=True)
def test_the_daily_averages_are_the_subjects_own(pull, content, article, xiaoxi, empty_store):
    other = articles.write_article(actor=xiaoxi, title="别的", body="正文", at=PULLED - timedelta(days=9))
    articles.publish_article(actor=xiaoxi, article=other, at=PULLED - timedelta(days=9))
    for day, times in ((-8, 9), (-7, 1), (-3, 2), (-1, 4), (0, 50), (1, 3), (2, 1), (3, 5), (4, 40)):
        read(article, day, times)
        read(other, day, 7)
    pull(article)
    ship_all()
    # Today, the fourth day after, is not over.
    (effect,) = effects.lately(content, DAY + timedelta(days=4))
    assert (effect.before, effect.after, effect.days) == (Fraction(1 + 2 + 4, 7), Fraction(3 + 1 + 5, 3), 3)
    assert effect.change == pytest.approx(2)
    assert (effect.name, effect.unit, effect.can_undo) == ("留存", "number", True)


@pytest.mark.django_db(transaction=True)
def test_soon_after_a_pull_nothing_is_claimed(pull, content, article, empty_store):
    read(article, -1, 7)
    pull(article)
    ship_all()
    (effect,) = effects.lately(content, DAY + timedelta(days=2))
    assert (effect.before, effect.after, effect.change) == (1, None, None)


@pytest.mark.django_db(transaction=True)
def test_a_lever_without_a_subject_is_compared_with_the_whole_metric(content, article, aque, empty_store):
    lever = Lever(
        code="shout", zh="喊", en="Shout", about="-", moves=content.final, pulls=lambda *, actor, at: None
    )
    for day, times in ((-1, 7), (1, 4), (2, 2)):
        read(article, day, times)
    pull_lever(actor=aque, operation=content, lever=lever, fields={}, at=PULLED)
    ship_all()
    (effect,) = effects._effects(lever, list(Pull.objects.all()), DAY + timedelta(days=3))
    assert (effect.before, effect.after, effect.name, effect.can_undo) == (1, 3, "", False)


def test_the_page_says_what_the_lever_does_and_should_move(client_of, aque, article):
    page = client_of(aque).get("/desk/content/levers/feature_article/").content.decode()
    for words in ("Feature an article", "Effective reads", "count(articles.read)", "留存 · 小喜", "Continue"):
        assert words in page


def test_the_page_asks_again_when_nothing_was_chosen(client_of, aque, article):
    page = client_of(aque).post("/desk/content/levers/feature_article/", {"sure": "1"}).content.decode()
    assert 'class="error"' in page
    assert not Pull.objects.exists()


def test_a_lever_that_no_desk_has_is_not_found(client_of, aque):
    for address in ("/desk/content/levers/none/", "/desk/none/levers/feature_article/"):
        assert client_of(aque).get(address).status_code == 404
