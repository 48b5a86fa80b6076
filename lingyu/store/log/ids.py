"""Which facts are in the log already: their ids by day, for as long as senders send again.

Ids are 128 bits, sorted, one run a compaction; runs of a day are merged when they are many. A fact is
looked for on its own day and the days beside it, since the clock of a sender is mended anew each time
it sends. After `KEEP_DAYS` the ids go; a fact that comes later still is compared by what it says
(`compacting`). Holds no fact.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from ..disk import sync

KEEP_DAYS = 35
# Runs of a day before they become one.
RUNS = 8


def as_array(ids: Sequence) -> np.ndarray:
    """UUIDs as uint64 [n, 2]."""
    raw = b"".join(one.bytes for one in ids)
    return np.frombuffer(raw, dtype=">u8").astype(np.uint64).reshape(-1, 2)


def ordered(ids: np.ndarray) -> np.ndarray:
    """The same, sorted."""
    return ids[np.lexsort((ids[:, 1], ids[:, 0]))]


def write(path: Path, ids: np.ndarray) -> int:
    """A run, synced; its size in bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    np.save(path, ordered(ids))
    sync([path])
    return path.stat().st_size


def read(path: Path) -> np.ndarray:
    """A run, memory-mapped."""
    return np.load(path, mmap_mode="r")


def known(ids: np.ndarray, runs: Iterable[np.ndarray]) -> np.ndarray:
    """Which of `ids` are in any of the sorted `runs`: bool [n]."""
    found = np.zeros(len(ids), dtype=bool)
    for run in runs:
        if not len(run):
            continue
        high = np.ascontiguousarray(run[:, 0])
        place = np.searchsorted(high, ids[:, 0])
        # Ids that share their first half lie beside one another: hardly ever more than one.
        while True:
            inside = place < len(high)
            same = inside & (high[np.minimum(place, len(high) - 1)] == ids[:, 0])
            if not same.any():
                break
            found |= same & (run[np.minimum(place, len(high) - 1), 1] == ids[:, 1])
            place = np.where(same, place + 1, len(high))
    return found
