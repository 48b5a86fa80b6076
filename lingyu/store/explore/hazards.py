"""Proportional hazards (Cox 1972): what raises the risk of being lost, and by how much.

Ties by Efron's approximation; the partial likelihood is maximised by Newton's method with step halving, a
small ridge where covariates are nearly collinear. Whether risks are proportional is tested on Schoenfeld's
residuals (Grambsch and Therneau 1994, time by rank). Plain numpy; covariates do not change over time. Holds
no people.
"""

from dataclasses import dataclass
from math import erfc, sqrt

import numpy as np

STEPS, CLOSE, HALVINGS = 50, 1e-9, 25


class NotEstimable(ValueError):
    """Nothing was lost, or a covariate tells the lost from all others without exception."""


@dataclass(frozen=True)
class Fit:
    """Coefficients (log hazard ratios) in the order of `names`, with their standard errors.

    `proportional[i]`: the p-value of the test that the effect of covariate i does not change over time.
    """

    names: tuple[str, ...]
    coefficients: np.ndarray
    errors: np.ndarray
    means: np.ndarray
    log_likelihood: float
    null_log_likelihood: float
    people: int
    lost: int
    proportional: tuple[float | None, ...]

    def ratio(self, name: str) -> float:
        """By what one more of a covariate multiplies the hazard."""
        return float(np.exp(self.coefficients[self.names.index(name)]))

    def interval(self, name: str, z: float = 1.96) -> tuple[float, float]:
        """The 95 % interval of that ratio."""
        at = self.names.index(name)
        spread = z * self.errors[at]
        return float(np.exp(self.coefficients[at] - spread)), float(np.exp(self.coefficients[at] + spread))

    def p_value(self, name: str) -> float:
        """Of Wald's test that the covariate does not matter."""
        at = self.names.index(name)
        return float(erfc(abs(self.coefficients[at] / self.errors[at]) / sqrt(2)))

    def risk(self, covariates: np.ndarray) -> np.ndarray:
        """Each one's hazard beside that of somebody average."""
        return np.exp((covariates - self.means) @ self.coefficients)


def cox(durations: np.ndarray, lost: np.ndarray, covariates: np.ndarray, names: tuple[str, ...]) -> Fit:
    """Fit. `covariates` [people, len(names)]. Raises NotEstimable."""
    lost = lost.astype(bool)
    if not lost.any():
        raise NotEstimable("nobody was lost")
    means, spread = covariates.mean(axis=0), covariates.std(axis=0)
    if (np.ptp(covariates, axis=0) == 0).any():
        raise NotEstimable("a covariate is the same for everybody")
    x = (covariates - means) / spread
    order = np.argsort(durations, kind="stable")
    t, d, x = durations[order], lost[order], x[order]
    ties = _ties(t, d)
    beta, before, information = _newton(x, ties)
    null = _likelihood(np.zeros(x.shape[1]), x, ties)[0]
    inverse = np.linalg.inv(information)
    errors = np.sqrt(np.diag(inverse))
    # On standardised covariates an error of ten says nothing but that the likelihood has no top.
    if (np.abs(beta) > 15).any() or not (errors < 10).all():
        raise NotEstimable("a covariate separates the lost from the others")
    return Fit(
        names, beta / spread, errors / spread, means, before, null, len(t), int(d.sum()),
        _proportional(beta, x, ties, inverse),
    )  # fmt: skip


def _ties(t: np.ndarray, d: np.ndarray) -> list[tuple[int, np.ndarray]]:
    """(first place at risk, places of those lost) at each time at which somebody was lost."""
    starts = np.searchsorted(t, np.unique(t[d]), side="left")
    return [(int(at), at + np.flatnonzero(d[at : np.searchsorted(t, t[at], side="right")])) for at in starts]


def _newton(x: np.ndarray, ties: list) -> tuple[np.ndarray, float, np.ndarray]:
    beta = np.zeros(x.shape[1])
    value, gradient, information = _likelihood(beta, x, ties)
    for _step in range(STEPS):
        # A hair of ridge: of covariates that say the same, none runs away.
        move = np.linalg.solve(information + 1e-9 * np.eye(len(beta)), gradient)
        for _half in range(HALVINGS):
            found = _likelihood(beta + move, x, ties)
            if np.isfinite(found[0]) and found[0] >= value - 1e-12:
                break
            move = move / 2
        gained = found[0] - value
        beta, (value, gradient, information) = beta + move, found
        if gained < CLOSE and np.abs(move).max() < 1e-7:
            break
    return beta, value, information


def _likelihood(beta: np.ndarray, x: np.ndarray, ties: list) -> tuple[float, np.ndarray, np.ndarray]:
    """Efron's log partial likelihood with its gradient and information."""
    risk = np.exp(np.clip(x @ beta, -300, 300))
    weighted = risk[:, None] * x
    outer = weighted[:, :, None] * x[:, None, :]
    s0, s1, s2 = _tail(risk), _tail(weighted), _tail(outer)
    value, gradient, information = 0.0, np.zeros(len(beta)), np.zeros((len(beta),) * 2)
    for at, dead in ties:
        own0, own1, own2 = risk[dead].sum(), weighted[dead].sum(axis=0), outer[dead].sum(axis=0)
        value += float((x[dead] @ beta).sum())
        gradient += x[dead].sum(axis=0)
        for part in np.arange(len(dead)) / len(dead):
            under = s0[at] - part * own0
            mean = (s1[at] - part * own1) / under
            value -= float(np.log(under))
            gradient -= mean
            information += (s2[at] - part * own2) / under - np.outer(mean, mean)
    return value, gradient, information


def _tail(values: np.ndarray) -> np.ndarray:
    """Sums from each place to the end."""
    return values[::-1].cumsum(axis=0)[::-1]


def _proportional(
    beta: np.ndarray, x: np.ndarray, ties: list, inverse: np.ndarray
) -> tuple[float | None, ...]:
    """p-values, one a covariate: scaled Schoenfeld residuals against the rank of the time."""
    risk = np.exp(np.clip(x @ beta, -300, 300))
    weighted = risk[:, None] * x
    s0, s1 = _tail(risk), _tail(weighted)
    residuals = np.concatenate([x[dead] - _efron_mean(at, dead, risk, weighted, s0, s1) for at, dead in ties])
    sizes = np.array([len(dead) for _at, dead in ties])
    # Who was lost at the same time shares the middle of their ranks.
    ranks = np.repeat(np.cumsum(sizes) - (sizes - 1) / 2, sizes)
    ranks -= ranks.mean()
    squares, lost = float(ranks @ ranks), len(ranks)
    if squares == 0:
        return (None,) * len(beta)
    scaled = lost * residuals @ inverse
    slopes = ranks @ scaled
    statistics = slopes**2 / (lost * np.diag(inverse) * squares)
    return tuple(float(erfc(sqrt(max(0.0, s) / 2))) for s in statistics)


def _efron_mean(at, dead, risk, weighted, s0, s1) -> np.ndarray:
    """The expected covariates of one who is lost at a time, over the steps of Efron's approximation."""
    own0, own1 = risk[dead].sum(), weighted[dead].sum(axis=0)
    parts = np.arange(len(dead))[:, None] / len(dead)
    return ((s1[at] - parts * own1) / (s0[at] - parts * own0)).mean(axis=0)
