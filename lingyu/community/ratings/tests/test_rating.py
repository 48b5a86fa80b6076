"""Members give stars: one vote each, changed and taken back, and the tally always says what the rows say."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, connections
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from lingyu.community.accounts import actions as accounts
from lingyu.community.articles import actions as articles
from lingyu.community.articles.gates import GATES
from lingyu.community.articles.models import Article
from lingyu.community.ratings import actions, jobs, scoring
from lingyu.community.ratings.events import ArticleRated, RatingChanged, RatingWeighed, RatingWithdrawn
from lingyu.community.ratings.models import Prior, Rating, Tally


@pytest.fixture
def article(xiaoxi):
    """A published article by 小喜."""
    return publish(xiaoxi, "留存")


def publish(author, title):
    made = articles.write_article(actor=author, title=title, body="正文")
    articles.publish_article(actor=author, article=made)
    return made


def join(name):
    return accounts.join(actor=None, username=name, password="of the cast")


def recounted(article) -> tuple:
    """Votes, weights and score of an article, from its rows alone."""
    rows = list(Rating.objects.filter(article=article))
    weights = [sum(r.weight for r in rows if r.stars == s) for s in scoring.STARS]
    prior = Prior.standing()
    shares = prior.shares if prior else scoring.shares([0] * 5)
    return len(rows), weights, scoring.score(weights, shares).thousandths


def tallied(article) -> tuple:
    tally = Tally.objects.get(article=article)
    return tally.votes, tally.weights, tally.score


def test_a_rating_is_given_changed_and_taken_back(article, luren, facts):
    assert actions.rate_article(actor=luren, article=article, stars=4)
    assert not actions.rate_article(actor=luren, article=article, stars=4)
    assert actions.rate_article(actor=luren, article=article, stars=2)
    assert Rating.objects.get().stars == 2
    assert actions.withdraw_rating(actor=luren, article=article)
    assert not actions.withdraw_rating(actor=luren, article=article)
    assert not Rating.objects.exists()
    assert tallied(article)[:2] == (0, [0, 0, 0, 0, 0])
    assert [(f.person, f.stars) for f in facts(ArticleRated)] == [(luren.key, 4)]
    assert [(f.stars_before, f.stars) for f in facts(RatingChanged)] == [(4, 2)]
    assert [f.stars_before for f in facts(RatingWithdrawn)] == [2]


@pytest.mark.parametrize("stars", [0, 6, -1])
def test_other_than_one_to_five_stars_are_refused(article, luren, stars):
    with pytest.raises(ValidationError):
        actions.rate_article(actor=luren, article=article, stars=stars)
    assert not Rating.objects.exists()


def test_authors_rate_others_only_and_nobody_a_draft(article, xiaoxi, luren):
    with pytest.raises(ValidationError):
        actions.rate_article(actor=xiaoxi, article=article, stars=5)
    draft = articles.write_article(actor=xiaoxi, title="草稿", body="正文")
    with pytest.raises(ValidationError):
        actions.rate_article(actor=luren, article=draft, stars=5)
    assert not Rating.objects.exists()


def test_only_who_may_read_the_whole_rates(article, luren, monkeypatch):
    monkeypatch.setitem(GATES, "shut", lambda reader, article: False)
    with pytest.raises(ValidationError):
        actions.rate_article(actor=luren, article=article, stars=1)


def test_the_mean_by_hand(article, luren, dapeng, aque):
    """Two fives and a four above five votes of 3 each: (5 × 3 + 14) ÷ (5 + 3) = 3.625."""
    for member, stars in ((luren, 5), (dapeng, 5), (aque, 4)):
        actions.rate_article(actor=member, article=article, stars=stars)
    tally = Tally.objects.get(article=article)
    assert tally.votes == 3
    assert tally.mean == 3.625
    overall = tally.overall()
    assert overall.low < overall.mean < overall.high


def test_more_votes_of_the_same_kind_make_it_surer():
    prior = scoring.shares([0] * 5)
    few, many = (scoring.score([0, 0, 0, n * 100, n * 100], prior) for n in (2, 200))
    assert many.high - many.low < few.high - few.low
    assert few.mean < many.mean < 4.5
    assert 1 <= few.low <= few.high <= 5


def test_a_lone_five_stands_below_many_good_votes():
    prior = scoring.shares([10_000, 10_000, 30_000, 60_000, 40_000])
    assert scoring.score([0, 0, 0, 0, 100], prior).mean < scoring.score([0, 0, 0, 5_000, 5_000], prior).mean


def test_linked_accounts_can_weigh_less_and_the_tally_follows(article, luren, dapeng, facts):
    actions.rate_article(actor=luren, article=article, stars=5)
    actions.rate_article(actor=dapeng, article=article, stars=1)
    before = Tally.objects.get(article=article).score
    rating = Rating.objects.get(member=luren)
    assert rating.weight == scoring.WHOLE
    assert actions.weigh_rating(actor=dapeng, rating=rating, weight=50)
    assert not actions.weigh_rating(actor=dapeng, rating=rating, weight=50)
    assert Tally.objects.get(article=article).score < before
    assert tallied(article) == recounted(article)
    assert [(f.person, f.actor, f.weight) for f in facts(RatingWeighed)] == [(luren.key, dapeng.key, 50)]
    with pytest.raises(ValidationError):
        actions.weigh_rating(actor=None, rating=rating, weight=101)
    # What is changed or taken back later weighs as little.
    actions.rate_article(actor=luren, article=article, stars=3)
    assert tallied(article) == recounted(article)
    actions.withdraw_rating(actor=luren, article=article)
    assert tallied(article) == recounted(article)


def test_the_site_is_counted_and_every_article_scored_under_it(xiaoxi, luren, dapeng):
    one, two = publish(xiaoxi, "一"), publish(xiaoxi, "二")
    for article, stars in ((one, 5), (two, 4)):
        for member in (luren, dapeng):
            actions.rate_article(actor=member, article=article, stars=stars)
    assert Prior.standing() is None
    assert jobs.prior(timezone.now()) == 3
    assert jobs.prior(timezone.now()) == 0
    prior = Prior.standing()
    assert prior.votes == 4
    for article in (one, two):
        assert tallied(article) == recounted(article)
        assert Tally.objects.get(article=article).prior == prior
    # (2 × 5 + 2 × 4 + 1 + 2 + 3 + 4 + 5) ÷ (4 + 5)
    assert prior.mean == pytest.approx(33 / 9)


@pytest.mark.django_db(transaction=True)
def test_two_submits_at_once_are_one_vote(article, luren, dapeng):
    def submit(vote):
        member, stars = vote
        try:
            actions.rate_article(actor=member, article=Article.objects.get(id=article.id), stars=stars)
        finally:
            connections.close_all()

    # SQLite's tests share one database in memory, which knows no waiting: there they come one by one.
    with ThreadPoolExecutor(8 if connection.vendor == "postgresql" else 1) as pool:
        list(pool.map(submit, [(m, s) for s in (5, 5, 4, 3, 1) for m in (luren, dapeng)]))
    assert Rating.objects.count() == 2
    assert tallied(article) == recounted(article)


STEPS = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.integers(0, 1),
        st.sampled_from(["rate", "withdraw", "weigh", "count"]),
        st.integers(1, 5),
        st.integers(0, 100),
    ),
    max_size=25,
)


class TestTally(TestCase):
    """Whatever members do in whatever order, the tally is what the rows say."""

    @settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
    @given(STEPS)
    def test_the_tally_is_always_what_the_rows_say(self, steps):
        author, *people = (join(n) for n in ("作者", "甲甲", "乙乙", "丙丙"))
        both = [publish(author, t) for t in ("一", "二")]
        for who, which, what, stars, weight in steps:
            member, article = people[who], both[which]
            standing = Rating.objects.filter(member=member, article=article).first()
            if what == "rate":
                actions.rate_article(actor=member, article=article, stars=stars)
            elif what == "withdraw":
                assert actions.withdraw_rating(actor=member, article=article) == bool(standing)
            elif what == "weigh" and standing:
                actions.weigh_rating(actor=None, rating=standing, weight=weight)
            elif what == "count":
                actions.count_the_site(actor=None)
                actions.score_anew(actor=None)
        actions.score_anew(actor=None)
        for article in both:
            if Tally.objects.filter(article=article).exists():
                assert tallied(article) == recounted(article)
