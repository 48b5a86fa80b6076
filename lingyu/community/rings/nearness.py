"""Texts that are nearly the same, among many: MinHash with bands finds whom to compare, without all with all.

Holds no Django. Signatures of 128 permutations over pairs of characters of the compact view, in 64 bands of
2 rows (Broder, On the Resemblance and Containment of Documents, 1997), so that texts come together that
share few pairs; then the longest common subsequence (Hyyrö, Bit-parallel LCS-length computation revisited,
2004), which forgives changed, lost and inserted characters where the Jaccard index of pairs does not:
`bench/rings.py` has both.
"""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from rensa import RMinHash

from lingyu.community.pact.screening.normalise import Views

BANDS, ROWS = 64, 2
LEAST = 0.5
# Below that Jaccard index of pairs a common subsequence is not looked for; of 128 signs 15 would be equal
# at it, with a deviation of 4, so that those with fewer than 8 are not looked at any further.
HOPELESS, FEWEST_EQUAL = 0.12, 8
SHORTEST = 8  # characters; below that everything is like everything
READ = 800  # characters of a text
# Of a bucket with more texts than that each is compared with the next ones only: they are one ring anyway.
CROWDED, NEXT = 40, 3
# Pairs that are compared at most, whatever comes in.
MOST = 2_000_000
# Bands whose pairs are put together at a time, and pairs that are looked at at a time.
TOGETHER, CHUNK = 8, 20_000


@dataclass(frozen=True)
class Near:
    """Two texts, by their keys; `likeness` in 0…1 is how much of both they have in common, in order.

    `length` counts the characters of the shorter one: few characters in common say little.
    """

    one: Hashable
    other: Hashable
    likeness: float
    length: int


def compact(text: str) -> str:
    """A text as a reader takes it: marks and disguises left out."""
    return Views(text[:READ]).compact.text


def shingles(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters of a compact text."""
    return frozenset(text[n : n + 2] for n in range(len(text) - 1))


def near_pairs(texts: Sequence[tuple[Hashable, str]], least: float = LEAST) -> Iterator[Near]:
    """Pairs of keys whose texts are alike to `least` or more, each once; most of them, and no other."""
    read = {key: short for key, text in texts if len(short := compact(text)) >= SHORTEST}
    known = {key: found for key, short in read.items() if len(found := shingles(short)) >= SHORTEST - 1}
    keys, sets = list(known), list(known.values())
    ways: dict[int, dict[str, int]] = {}
    for one, other in _candidates(sets):
        both = len(sets[one] & sets[other])
        if both < HOPELESS * (len(sets[one]) + len(sets[other]) - both):
            continue
        first, second = read[keys[one]], read[keys[other]]
        if one not in ways:
            ways[one] = _places(first)
        likeness = 2 * _in_common(ways[one], len(first), second) / (len(first) + len(second))
        if likeness >= least:
            yield Near(keys[one], keys[other], likeness, min(len(first), len(second)))


def _places(text: str) -> dict[str, int]:
    """For each character of a text, the places where it stands, as bits."""
    found: dict[str, int] = {}
    for place, character in enumerate(text):
        found[character] = found.get(character, 0) | 1 << place
    return found


def _in_common(places: dict[str, int], length: int, other: str) -> int:
    """The length of the longest common subsequence of a text, given by its `places`, and another."""
    whole = state = (1 << length) - 1
    for character in other:
        matching = state & places.get(character, 0)
        state = (state + matching | state - matching) & whole
    return length - state.bit_count()


def _candidates(documents: Sequence[frozenset[str]]) -> Iterator[tuple[int, int]]:
    """Pairs of numbers that fall into one bucket of some band and have enough signs in common, each once."""
    if not documents:
        return
    digests = np.array(
        RMinHash.digests_from_token_sets([sorted(d) for d in documents], BANDS * ROWS, 7), dtype=np.uint64
    )
    seen, more = np.empty(0, dtype=np.int64), []
    for band in range(BANDS):
        rows = digests[:, band * ROWS : (band + 1) * ROWS]
        more.append(_pairs(rows[:, 0] << np.uint64(32) | rows[:, 1], len(documents)))
        if band % TOGETHER == TOGETHER - 1:
            seen, more = np.unique(np.concatenate([seen, *more]))[:MOST], []
    for start in range(0, len(seen), CHUNK):
        first, second = np.divmod(seen[start : start + CHUNK], len(documents))
        equal = (digests[first] == digests[second]).sum(axis=1)
        worth = equal >= FEWEST_EQUAL
        yield from zip(first[worth].tolist(), second[worth].tolist(), strict=True)


def _pairs(buckets: np.ndarray, count: int) -> np.ndarray:
    """Every pair of documents in one bucket, coded as first · count + second."""
    order = np.argsort(buckets, kind="stable")
    held = buckets[order]
    starts = np.flatnonzero(np.concatenate(([True], held[1:] != held[:-1])))
    sizes = np.repeat(np.diff(np.append(starts, count)), np.diff(np.append(starts, count)))
    found = []
    for step in range(1, min(CROWDED, count)):
        together = (held[step:] == held[:-step]) & ((sizes[step:] <= CROWDED) | (step <= NEXT))
        if not together.any():
            break
        first, second = order[:-step][together], order[step:][together]
        found.append(np.minimum(first, second).astype(np.int64) * count + np.maximum(first, second))
    return np.concatenate(found) if found else np.empty(0, dtype=np.int64)
