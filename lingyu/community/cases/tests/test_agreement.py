"""Agreement and shares, against figures worked by hand."""

import krippendorff
import numpy as np
import pytest

from lingyu.community.cases.agreement import ENOUGH, alpha, overall, per_clause, resampled, wilson

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


def test_the_formula_of_the_samples_is_that_of_the_library():
    draw = np.random.default_rng(7)
    for _ in range(20):
        counts = draw.multinomial(3, [0.5, 0.3, 0.2], size=12).astype(float)
        ours = 1 - _do(counts) / _de(counts)
        assert ours == pytest.approx(alpha(counts))
        assert alpha(counts) == pytest.approx(
            krippendorff.alpha(value_counts=counts, level_of_measurement="nominal")
        )
        # Samples of units that are all alike are those units again.
        same = np.repeat(counts[:1], 6, axis=0)
        if (same[0] > 0).sum() > 1:
            assert resampled(same, 5) == pytest.approx([alpha(same)] * 5)


def _do(counts):
    raters = counts.sum(axis=1)
    return ((raters**2 - (counts**2).sum(axis=1)) / (raters - 1)).sum()


def _de(counts):
    totals = counts.sum(axis=0)
    n = totals.sum()
    return (n**2 - (totals**2).sum()) / (n - 1)


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
