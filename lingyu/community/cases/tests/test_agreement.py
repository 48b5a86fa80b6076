"""Agreement and shares, against figures worked by hand."""

from random import Random

import pytest

from lingyu.community.cases.measuring.agreement import (
    ENOUGH,
    FEWEST,
    alpha,
    overall,
    per_clause,
    resampled,
    wilson,
)

pytestmark = pytest.mark.one_database


def test_alpha_of_ten_texts_by_two_reviewers_is_as_worked_by_hand():
    # 4 × both 2.6, 4 × both nothing, 2 × one each. Coincidences: n = 20, ten of each answer.
    # Observed: 2 · 2 / 20 = 0.2. Expected: 2 · 10 · 10 / (20 · 19) = 0.526316. 1 - 0.2 / 0.526316 = 0.62.
    units = [("2.6", "2.6")] * 4 + [("", "")] * 4 + [("2.6", ""), ("", "2.6")]
    found = overall(units)
    assert found.value == pytest.approx(0.62)
    assert found.n == 10
    assert found.low < found.value < found.high


def test_alpha_of_one_clause_looks_at_that_clause_alone():
    # For 3.1: 1 × both, 1 × only one, 2 × none. n = 8, three times yes, five times no.
    # Observed: 2 / 8 = 0.25. Expected: 2 · 3 · 5 / (8 · 7) = 0.535714. 1 - 0.25 / 0.535714 = 0.533333.
    units = [("3.1", "3.1"), ("3.1", "2.6"), ("2.6", "2.6"), ("", "")]
    found = {a.clause: a.interval for a in per_clause(units)}
    assert found["3.1"].value == pytest.approx(0.533333, abs=1e-6)
    assert (found["3.1"].n, found["2.6"].n) == (2, 2)


def test_what_one_alone_has_judged_says_nothing():
    assert per_clause([("2.6",), ("3.1",)]) == []
    assert overall([("2.6",), ()]).value is None


def test_where_everybody_always_says_the_same_there_is_nothing_to_measure():
    found = overall([("2.6", "2.6")] * 30)
    assert (found.value, found.low, found.n) == (None, None, 30)


def test_perfect_agreement_on_different_answers_is_one():
    found = overall([("2.6", "2.6"), ("", ""), ("3.1", "3.1")])
    assert found.value == pytest.approx(1)


def test_a_text_is_unclear_only_when_enough_was_judged():
    few = [("2.6", ""), ("", "2.6"), ("2.6", "2.6"), ("", "")]
    assert not any(a.unclear for a in per_clause(few))
    many = few * ENOUGH
    assert [a.clause for a in per_clause(many) if a.unclear] == ["2.6"]


def test_alpha_is_that_of_the_published_example():
    # Three coders, fifteen units, gaps: the example of the article on Krippendorff's alpha in Wikipedia.
    coders = ["*****34121133*3", "1*213343*******", "**21344*21133*4"]
    units = [[c for c in unit if c != "*"] for unit in zip(*coders, strict=True)]
    assert overall(units).value == pytest.approx(0.691358, abs=1e-6)


def test_an_interval_covers_the_truth_about_as_often_as_it_says():
    # Two readers who agree by nature in 80 of 100: alpha 0.6 in the long run, both answers alike frequent.
    lots, covered, rounds = Random(3), 0, 60
    for _ in range(rounds):
        answers = [lots.choice("ab") for _ in range(120)]
        units = [(a, a if lots.random() < 0.8 else ("b" if a == "a" else "a")) for a in answers]
        found = overall(units)
        covered += found.low <= 0.6 <= found.high
    assert covered >= 0.85 * rounds


def test_many_texts_take_bounded_work():
    units = {(("a", 2),): 400_000, (("a", 1), ("b", 1)): 50, (("b", 2),): 100}
    samples = list(resampled(units))
    assert len(samples) == FEWEST
    assert min(samples) < alpha(units) < max(samples)


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    # Newcombe 1998 (Statistics in Medicine 17:857), table I, method 3.
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilsons_interval_is_that_of_the_literature(hits, n, low, high):
    found = wilson(hits, n)
    assert found.value == pytest.approx(hits / n)
    assert (found.low, found.high) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


def test_a_share_of_nothing_is_no_number_and_more_than_all_is_refused():
    assert wilson(0, 0).value is None
    with pytest.raises(ValueError, match="3 of 2"):
        wilson(3, 2)
