"""Exact quantiles of whole numbers, by counting into buckets and sorting only those that are asked for."""

import numpy as np
from numba import njit

_BITS = 12  # of the bucket: some thousand counters stay in the nearest cache


def percentiles(values: np.ndarray, *percents: float) -> list[float]:
    """The percentiles of `values` (int64, not empty); between two of them in proportion, as NumPy does."""
    places = [percent / 100 * (len(values) - 1) for percent in percents]
    ranks = np.array([[int(place), min(int(place) + 1, len(values) - 1)] for place in places], np.int64)
    found = _ranked(values, ranks)
    return [
        float(low + (high - low) * (place - int(place)))
        for place, (low, high) in zip(places, found.tolist(), strict=True)
    ]


@njit(cache=True, nogil=True)
def _ranked(values, ranks):
    """The values that would stand at `ranks` if all were sorted."""
    least, most = values.min(), values.max()
    shift = 0
    while (most - least) >> shift >= 1 << _BITS:
        shift += 1
    counts = np.zeros(1 << _BITS, np.int64)
    for value in values:
        counts[(value - least) >> shift] += 1
    found = np.empty_like(ranks)
    for row in range(ranks.shape[0]):
        for side in range(2):
            before = bucket = 0
            while before + counts[bucket] <= ranks[row, side]:
                before += counts[bucket]
                bucket += 1
            inside = np.empty(counts[bucket], np.int64)
            taken = 0
            for value in values:
                # Written always and kept only where it belongs: which that is can't be foretold.
                if taken < len(inside):
                    inside[taken] = value
                    taken += (value - least) >> shift == bucket
            inside.sort()
            found[row, side] = inside[ranks[row, side] - before]
    return found
