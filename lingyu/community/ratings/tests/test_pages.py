"""Ratings as people meet them: below an article, in lists, in their own data, with and without a script."""

import pytest

from lingyu.community.accounts.models import Erasure
from lingyu.community.articles import actions as articles
from lingyu.community.articles.gates import GATES
from lingyu.community.ratings import actions, privacy
from lingyu.community.ratings.events import ArticleRated
from lingyu.community.ratings.models import Rating, Tally

HTMX = {"HX-Request": "true"}


@pytest.fixture
def article(xiaoxi):
    """A published article by 小喜."""
    article = articles.write_article(actor=xiaoxi, title="留存", body="正文")
    articles.publish_article(actor=xiaoxi, article=article)
    return article


def test_without_a_script_one_rates_changes_and_takes_back(article, luren, client_of):
    browser, address = client_of(luren), article.get_absolute_url()
    assert "Nobody has rated it yet" in browser.get(address).content.decode()
    answer = browser.post(f"{address}rating/", {"stars": "4"})
    assert answer["Location"] == f"{address}#rating"
    shown = browser.get(address).content.decode()
    assert 'value="4" required checked' in shown
    assert "1 rating" in shown
    assert "Change my rating" in shown
    browser.post(f"{address}rating/", {"stars": "5"})
    assert Rating.objects.get().stars == 5
    browser.post(f"{address}rating/", {"withdraw": "1"})
    assert not Rating.objects.exists()
    assert "Not rated yet" in browser.get(address).content.decode()


def test_with_the_script_the_box_and_the_summary_are_answered(article, luren, client_of):
    shown = (
        client_of(luren)
        .post(f"{article.get_absolute_url()}rating/", {"stars": "5"}, headers=HTMX)
        .content.decode()
    )
    assert 'id="rating"' in shown
    assert 'id="rating-summary"' in shown
    assert 'hx-swap-oob="true"' in shown
    assert "<html" not in shown


@pytest.mark.parametrize("stars", ["", "0", "6", "-1", "4.5", "55", "五", "５", "1e0", "4' OR 1=1"])
def test_what_is_no_star_is_refused_clearly(article, luren, client_of, stars):
    shown = (
        client_of(luren)
        .post(f"{article.get_absolute_url()}rating/", {"stars": stars}, headers=HTMX)
        .content.decode()
    )
    assert "Give one to five stars" in shown
    assert not Rating.objects.exists()


def test_visitors_and_authors_are_told_why_they_do_not_rate(article, xiaoxi, client_of, anonymous, facts):
    address = article.get_absolute_url()
    assert "Sign in to rate" in client_of(anonymous).get(address).content.decode()
    assert client_of(anonymous).post(f"{address}rating/", {"stars": "5"}).status_code == 302
    shown = client_of(xiaoxi).get(address).content.decode()
    assert "Your own article is for others to rate" in shown
    assert 'name="stars"' not in shown
    client_of(xiaoxi).post(f"{address}rating/", {"stars": "5"})
    assert not facts(ArticleRated)


def test_below_a_closed_article_there_are_no_stars_to_give(article, luren, client_of, monkeypatch):
    monkeypatch.setitem(GATES, "shut", lambda reader, article: False)
    address = article.get_absolute_url()
    assert 'name="stars"' not in client_of(luren).get(address).content.decode()
    client_of(luren).post(f"{address}rating/", {"stars": "5"})
    assert not Rating.objects.exists()


def test_a_list_shows_the_mean_and_of_how_many(article, luren, client_of, anonymous):
    assert "rating-badge" not in client_of(anonymous).get("/").content.decode()
    actions.rate_article(actor=luren, article=article, stars=5)
    shown = client_of(anonymous).get("/").content.decode()
    # (5 × 3 + 5) ÷ 6
    assert "3.3 <small>(1)</small>" in shown


def test_the_definition_is_one_click_away(article, client_of, anonymous):
    browser = client_of(anonymous)
    assert 'href="/about/ratings/"' in browser.get(article.get_absolute_url()).content.decode()
    assert "site mean" in browser.get("/about/ratings/").content.decode()


def test_who_leaves_takes_their_votes_along(article, luren, dapeng):
    actions.rate_article(actor=luren, article=article, stars=1)
    actions.rate_article(actor=dapeng, article=article, stars=5)
    assert [row["stars"] for row in privacy.ratings(luren)] == [1]
    for change in privacy.forget_ratings(Erasure(member=luren)):
        change.action()
    tally = Tally.objects.get(article=article)
    assert (tally.votes, tally.weights) == (1, [0, 0, 0, 0, 100])
    assert not list(privacy.ratings(luren))
