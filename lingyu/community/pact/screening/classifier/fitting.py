"""Fitting one head: naive-Bayes weighted linear SVM (Wang & Manning 2012), and its calibration (Platt 1999).

Holds no features and no threshold.
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

# Smoothing of the counts behind the naive-Bayes ratios.
ALPHA = 1.0
# What a hit of a bank, and a standard deviation of what an earlier model says, weigh beside a text's n-grams.
HIT_SIZE, PRIOR_SIZE = 0.3, 0.7
# What a syllable weighs beside a character: helps where characters are swapped, blurs elsewhere.
SOUND_SIZE = 0.5


@dataclass(frozen=True)
class Fitted:
    """Weights of n-grams (before division by √n), of hits, of an earlier model's heads; intercept."""

    grams: np.ndarray
    hits: np.ndarray
    prior: np.ndarray
    bias: float


@dataclass(frozen=True)
class Inputs:
    """What heads are fitted on: scaled n-grams, hits, and what an earlier model says (n × heads, or n × 0).

    `sounds` says of each n-gram whether it is one of syllables.
    """

    sounds: np.ndarray
    grams: sparse.csr_matrix
    hits: sparse.csr_matrix
    prior: np.ndarray

    def rows(self, chosen: np.ndarray) -> "Inputs":
        """Some of the rows."""
        return Inputs(self.sounds, self.grams[chosen], self.hits[chosen], self.prior[chosen])

    def scores(self, fitted: Fitted) -> np.ndarray:
        """The uncalibrated score of each row."""
        return self.grams @ fitted.grams + self.hits @ fitted.hits + self.prior @ fitted.prior + fitted.bias


def fit(inputs: Inputs, positive: np.ndarray, weight: np.ndarray, strength: float, seed: int) -> Fitted:
    """Fit one head; `positive` is a boolean for each row, `strength` the SVM's C."""
    ratio = _ratios(inputs.grams, positive, weight) * np.where(inputs.sounds, SOUND_SIZE, 1.0)
    spread = inputs.prior.std(axis=0) + 1e-6 if len(inputs.prior) else np.ones(inputs.prior.shape[1])
    table = sparse.hstack(
        [
            inputs.grams @ sparse.diags(ratio.astype(np.float32)),
            inputs.hits * HIT_SIZE,
            sparse.csr_matrix((inputs.prior / spread * PRIOR_SIZE).astype(np.float32)),
        ],
        format="csr",
    )
    machine = LinearSVC(C=strength, class_weight="balanced", random_state=seed, max_iter=2_000, tol=1e-3)
    machine.fit(table, positive, sample_weight=weight)
    found = machine.coef_.ravel()
    first, second = inputs.grams.shape[1], inputs.grams.shape[1] + inputs.hits.shape[1]
    return Fitted(
        grams=found[:first] * ratio,
        hits=found[first:second] * HIT_SIZE,
        prior=found[second:] / spread * PRIOR_SIZE,
        bias=float(machine.intercept_[0]),
    )


def calibrate(scores: np.ndarray, positive: np.ndarray, weight: np.ndarray) -> tuple[float, float]:
    """(a, b) so that `a · score + b` are log-odds, from held-out scores."""
    if len(set(positive.tolist())) < 2:
        return 1.0, 0.0
    # Platt's targets, which keep a perfect separation from running away.
    many, few = float(positive.sum()), float((~positive).sum())
    column = scores.reshape(-1, 1)
    machine = LogisticRegression(C=100.0)
    twice = np.vstack([column, column])
    high, low = (many + 1) / (many + 2), 1 / (few + 2)
    target = np.where(positive, high, low)
    machine.fit(
        twice,
        np.r_[np.ones(len(column)), np.zeros(len(column))],
        np.r_[weight * target, weight * (1 - target)],
    )
    return max(1e-3, float(machine.coef_[0, 0])), float(machine.intercept_[0])


def _ratios(grams: sparse.csr_matrix, positive: np.ndarray, weight: np.ndarray) -> np.ndarray:
    seen = grams.astype(bool).astype(np.float32)
    with_it = ALPHA + (seen.T @ (weight * positive))
    without = ALPHA + (seen.T @ (weight * ~positive))
    return np.log((with_it / with_it.sum()) / (without / without.sum()))
