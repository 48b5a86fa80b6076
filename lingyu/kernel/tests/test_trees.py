"""The bridge's arithmetic: exact, fair, and whole to the last cent."""

from fractions import Fraction
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lingyu.kernel.trees import rounded_to_sum, shapley_of_product

factors = st.fractions(min_value=0, max_value=10**6, max_denominator=10**4)
pairs = st.lists(st.tuples(factors, factors), min_size=1, max_size=5)


@given(pairs)
def test_contributions_sum_to_the_change_exactly_also_with_zeros(moved):
    before, after = [b for b, _ in moved], [a for _, a in moved]
    assert sum(shapley_of_product(before, after)) == prod(after) - prod(before)


@given(pairs)
def test_a_factor_that_did_not_move_contributes_nothing(moved):
    before, after = [b for b, _ in moved], [b if i == 0 else a for i, (b, a) in enumerate(moved)]
    assert shapley_of_product(before, after)[0] == 0


def test_two_factors_share_their_common_effect_equally():
    # 10 × 3 → 20 × 4: alone +30 and +10, together +50; the 10 between them is halved.
    assert shapley_of_product([10, 3], [20, 4]) == [Fraction(35), Fraction(15)]


@given(pairs)
def test_rounded_contributions_sum_to_the_cent_and_stay_within_one_of_the_exact(moved):
    before, after = [b for b, _ in moved], [a for _, a in moved]
    before[0], after[0] = Fraction(int(before[0])), Fraction(int(after[0]))
    exact = shapley_of_product(before, after)
    total = sum(exact)
    exact.append(Fraction(round(total)) - total)
    whole = rounded_to_sum(exact, round(total))
    assert sum(whole) == round(total)
    assert all(abs(w - e) < 1 for w, e in zip(whole, exact, strict=True))


def test_parts_that_do_not_add_up_are_refused():
    with pytest.raises(ValueError, match="sum to 3"):
        rounded_to_sum([Fraction(1), Fraction(2)], 7)
