"""The overall rating: a Bayesian mean with its credible interval. Plain arithmetic, no database.

The five shares of the stars have a Dirichlet distribution. Before any vote it is the site's own: every
article begins as if `PRIOR_VOTES` members had voted for it as members vote on this site on average. With
W votes for it the posterior is again a Dirichlet distribution, so that with p the posterior shares

    mean = Σ s·p(s)      variance = (Σ s²·p(s) - mean²) / (W + PRIOR_VOTES + 1)

and the interval is mean ± 1.96 standard deviations, kept within one and five stars. One vote moves the
mean a little, a hundred nearly decide it; two articles with equal means may differ in how sure they are.

Sources: Evan Miller, "Ranking Items With Star Ratings" (2014), for the mean and its deviation; Gelman and
others, "Bayesian Data Analysis", 3rd edition, section 3.4, for the multinomial model.

A vote counts by its weight, in whole hundredths, so that sums are exact whatever the order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

STARS = (1, 2, 3, 4, 5)
# The weight of a member's vote unless somebody has said otherwise, in hundredths.
WHOLE = 100
PRIOR_VOTES = 5
_Z = 1.96


@dataclass(frozen=True)
class Score:
    """An overall rating in stars, and the interval in which it lies with 95 % probability."""

    mean: float
    low: float
    high: float

    @property
    def thousandths(self) -> int:
        """The mean as a whole number, to be kept and sorted by."""
        return round(self.mean * 1000)


def shares(weights: Sequence[int]) -> list[float]:
    """How the site votes: the share of each star, one vote of each added so that none is impossible."""
    return [(w + WHOLE) / (sum(weights) + len(STARS) * WHOLE) for w in weights]


def score(weights: Sequence[int], prior: Sequence[float]) -> Score:
    """The score of an article whose votes of one to five stars have these weights, under a prior's shares."""
    total = sum(weights) / WHOLE + PRIOR_VOTES
    posterior = [(w / WHOLE + PRIOR_VOTES * p) / total for w, p in zip(weights, prior, strict=True)]
    mean = average(posterior)
    squares = sum(s * s * p for s, p in zip(STARS, posterior, strict=True))
    reach = _Z * sqrt(max(0.0, squares - mean * mean) / (total + 1))
    return Score(mean, max(1.0, mean - reach), min(5.0, mean + reach))


def average(found: Sequence[float]) -> float:
    """The mean number of stars of five shares."""
    return sum(s * p for s, p in zip(STARS, found, strict=True))
