"""How a product moved: the exact share of each factor in the change of what they multiply to.

Holds the arithmetic only; `lingyu.desk` draws it.
"""

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations
from math import factorial


def shapley_of_product(before: Sequence[Fraction], after: Sequence[Fraction]) -> list[Fraction]:
    """Each factor's contribution to Π after − Π before, by the Shapley value (Shapley 1953).

    A factor's contribution is its marginal effect averaged over all orders in which the factors
    could have moved; the contributions sum to the change exactly, also with zeros, where the
    logarithmic form (LMDI) is undefined. Cost 2^n products: meant for a handful of factors.
    """
    count = len(before)
    shares = []
    for index in range(count):
        others = [i for i in range(count) if i != index]
        share = Fraction(0)
        for size in range(count):
            weight = Fraction(factorial(size) * factorial(count - size - 1), factorial(count))
            for moved in combinations(others, size):
                rest = Fraction(1)
                for i in others:
                    rest *= Fraction(after[i] if i in moved else before[i])
                share += weight * rest * (Fraction(after[index]) - Fraction(before[index]))
        shares.append(share)
    return shares


def rounded_to_sum(parts: Sequence[Fraction], total: int) -> list[int]:
    """Whole numbers near `parts` that sum to `total` exactly, by the largest remainder (Hamilton).

    Raises ValueError when the parts do not themselves sum to within their rounding of `total`.
    """
    floors = [part.numerator // part.denominator for part in parts]
    missing = total - sum(floors)
    if not 0 <= missing <= len(parts):
        raise ValueError(f"the parts sum to {float(sum(parts))}, not to {total}")
    by_remainder = sorted(range(len(parts)), key=lambda i: (floors[i] - parts[i], i))
    for index in by_remainder[:missing]:
        floors[index] += 1
    return floors
