"""Cox's model gives the published coefficients; the learned silence, concentration and lift by hand."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import numpy as np
import pytest

from lingyu.store.explore import concentration
from lingyu.store.explore.hazards import NotEstimable, cox
from lingyu.store.explore.lift import lift, wilson
from lingyu.store.explore.silence import Spells, returns, spells

# Freireich et al. 1963: weeks of remission of 42 leukaemia patients, (weeks, relapsed, log white cells,
# placebo).
REMISSIONS = np.array([
    (35, 0, 1.45, 0), (34, 0, 1.47, 0), (32, 0, 2.2, 0), (32, 0, 2.53, 0), (25, 0, 1.78, 0), (23, 1, 2.57, 0),
    (22, 1, 2.32, 0), (20, 0, 2.01, 0), (19, 0, 2.05, 0), (17, 0, 2.16, 0), (16, 1, 3.6, 0), (13, 1, 2.88, 0),
    (11, 0, 2.6, 0), (10, 0, 2.7, 0), (10, 1, 2.96, 0), (9, 0, 2.8, 0), (7, 1, 4.43, 0), (6, 0, 3.2, 0),
    (6, 1, 2.31, 0), (6, 1, 4.06, 0), (6, 1, 3.28, 0), (23, 1, 1.97, 1), (22, 1, 2.73, 1), (17, 1, 2.95, 1),
    (15, 1, 2.3, 1), (12, 1, 1.5, 1), (12, 1, 3.06, 1), (11, 1, 3.49, 1), (11, 1, 2.12, 1), (8, 1, 3.52, 1),
    (8, 1, 3.05, 1), (8, 1, 2.32, 1), (8, 1, 3.26, 1), (5, 1, 3.49, 1), (5, 1, 3.97, 1), (4, 1, 4.36, 1),
    (4, 1, 2.42, 1), (3, 1, 4.01, 1), (2, 1, 4.91, 1), (2, 1, 4.48, 1), (1, 1, 2.8, 1), (1, 1, 5.0, 1),
])  # fmt: skip
WEEKS, RELAPSED = REMISSIONS[:, 0], REMISSIONS[:, 1]


def test_one_covariate_with_many_ties_has_the_coefficient_that_r_and_lifelines_give():
    fit = cox(WEEKS, RELAPSED, REMISSIONS[:, 3:], ("placebo",))
    assert fit.coefficients[0] == pytest.approx(1.572124878, abs=1e-6)
    assert fit.errors[0] == pytest.approx(0.412396697, abs=1e-6)
    assert fit.log_likelihood == pytest.approx(-85.008424578, abs=1e-7)
    assert fit.p_value("placebo") == pytest.approx(0.000137754, rel=1e-4)
    assert (fit.people, fit.lost) == (42, 30)


def test_two_covariates_on_very_different_scales_are_found_whatever_their_unit():
    table = REMISSIONS[:, 2:]
    fit = cox(WEEKS, RELAPSED, table, ("cells", "placebo"))
    scaled = cox(WEEKS, RELAPSED, table * [1000, 1], ("cells", "placebo"))
    assert scaled.coefficients == pytest.approx(fit.coefficients / [1000, 1], rel=1e-6)
    assert scaled.log_likelihood == pytest.approx(fit.log_likelihood, abs=1e-8)
    low, high = fit.interval("cells")
    assert 1 < low < fit.ratio("cells") < high


def test_an_effect_that_turns_round_is_said_not_to_be_proportional():
    random = np.random.default_rng(1)
    x = (np.arange(600) % 2).astype(float)
    steady = random.exponential(1 / np.exp(0.8 * x))
    # Early the one side is lost sooner, those left of it later.
    turning = np.where(x == 1, random.weibull(0.5, 600), random.weibull(2.5, 600))
    lost = np.ones(600, bool)
    assert cox(steady, lost, x[:, None], ("x",)).proportional[0] > 0.05
    assert cox(turning, lost, x[:, None], ("x",)).proportional[0] < 0.001


def test_what_cannot_be_estimated_is_refused():
    x = REMISSIONS[:, 3:]
    with pytest.raises(NotEstimable):
        cox(WEEKS, np.zeros(42), x, ("placebo",))
    with pytest.raises(NotEstimable):
        cox(WEEKS, RELAPSED, np.ones((42, 1)), ("same",))
    with pytest.raises(NotEstimable):
        cox(WEEKS, x[:, 0], x, ("tells all",))


def test_pauses_end_by_a_return_or_last_until_the_watching_ended():
    found = spells([(np.array([1, 2, 5]), 20), (np.array([10]), 12)])
    assert sorted(zip(found.days.tolist(), found.returned.tolist(), strict=True)) == [
        (1, True), (2, False), (3, True), (15, False),
    ]  # fmt: skip


def test_the_threshold_follows_how_people_come_back_and_is_no_fixed_number_of_days():
    def group(pause: int) -> Spells:
        """100 people who come back after up to `pause` days, 40 who never do."""
        days = np.concatenate([np.arange(100) % pause + 1, np.full(40, 200)])
        return Spells(days, np.r_[np.ones(100, bool), np.zeros(40, bool)])

    quick, slow = returns(group(7)), returns(group(28))
    assert quick.threshold == 7
    assert 25 <= slow.threshold <= 28
    assert quick.chance[7] == 0
    # By hand: 100 of 140 pauses of a day or more end; of those past 3 days, 57 of 97.
    assert quick.chance[0] == pytest.approx(100 / 140)
    assert quick.complete


def test_a_thin_group_leans_on_all_groups_and_says_by_how_much():
    thin = Spells(np.array([1, 2, 9]), np.array([True, True, False]))
    many = Spells(np.concatenate([np.arange(200) % 10 + 1, np.full(80, 200)]), np.arange(280) < 200)
    alone, leaning = returns(thin), returns(thin, many)
    assert alone.threshold is None
    assert leaning.threshold == pytest.approx(returns(many).threshold, abs=1)
    assert leaning.borrowed > 0.8


def test_nobody_who_came_back_teaches_nothing():
    assert returns(Spells(np.array([30, 40]), np.zeros(2, bool))) is None
    assert returns(Spells(np.zeros(0, int), np.zeros(0, bool))) is None


def test_concentration_by_hand():
    assert concentration.top_share([5, 3, 1, 1]) == Fraction(9, 10)
    assert concentration.gini([1, 1, 1, 1]) == 0
    assert concentration.gini([0, 0, 0, 4]) == Fraction(3, 4)
    assert concentration.gini([1, 3]) == Fraction(1, 4)
    assert concentration.gini([]) is concentration.top_share([0]) is None


def test_talking_to_oneself_is_no_conversation():
    at = datetime(2026, 3, 2, 10, tzinfo=UTC)
    minutes = [(0, "a"), (5, "b"), (34, "a"), (70, "a"), (80, "a"), (120, "b")]
    said = [(at + timedelta(minutes=m), who) for m, who in minutes]
    assert concentration.conversing_share(said) == Fraction(3, 6)
    assert concentration.conversing_share([]) is None


def test_the_interval_of_a_difference_is_newcombes():
    # Newcombe 1998, table II (a): 56/70 against 48/80, method 10.
    found = lift(70, 56, 80, 48)
    assert (found.low, found.high) == (pytest.approx(0.0524, abs=5e-5), pytest.approx(0.3339, abs=5e-5))
    assert found.verdict == "raised"
    assert lift(100, 20, 100, 19).verdict == "none"
    assert lift(10, 3, 0, 0).verdict == "unknown"
    assert lift(500, 10, 500, 60).verdict == "lowered"
    assert wilson(0, 10)[0] == pytest.approx(0)


def test_more_conversions_than_people_are_refused():
    with pytest.raises(ValueError):
        lift(1, 2, 1, 0)
