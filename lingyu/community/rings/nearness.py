"""Texts that are nearly the same, among many: MinHash with bands, without a pair of all with all.

Holds no Django. Signatures of 126 permutations over pairs of characters of the compact view, in 42 bands of
3 rows, and then the exact Jaccard index (Broder, On the Resemblance and Containment of Documents, 1997).
"""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from rensa import RMinHash

from lingyu.community.pact.screening.normalise import Views

BANDS, ROWS = 42, 3
LEAST = 0.3
SHORTEST = 8  # characters; below that everything is like everything
READ = 800  # characters of a text
# Of a bucket with more texts than that each is compared with the next ones only: they are one ring anyway.
CROWDED = 40


@dataclass(frozen=True)
class Near:
    """Two texts, by their keys, and how alike they are in 0…1."""

    one: Hashable
    other: Hashable
    likeness: float


def shingles(text: str) -> frozenset[str]:
    """The pairs of characters of a text as a reader takes it: marks and disguises left out."""
    compact = Views(text[:READ]).compact.text
    return frozenset(compact[n : n + 2] for n in range(len(compact) - 1))


def near_pairs(texts: Sequence[tuple[Hashable, str]], least: float = LEAST) -> Iterator[Near]:
    """Every pair of keys whose texts are alike to `least` or more, once; nearly all of them, and no other."""
    known = {key: found for key, text in texts if len(found := shingles(text)) >= SHORTEST - 1}
    seen: set[tuple[int, int]] = set()
    keys = list(known)
    for bucket in _buckets([known[key] for key in keys]):
        for one, other in _pairs(bucket):
            if (one, other) in seen:
                continue
            seen.add((one, other))
            first, second = known[keys[one]], known[keys[other]]
            likeness = len(first & second) / len(first | second)
            if likeness >= least:
                yield Near(keys[one], keys[other], likeness)


def _buckets(documents: Sequence[frozenset[str]]) -> Iterator[list[int]]:
    if not documents:
        return
    digests = RMinHash.digests_from_token_sets([sorted(d) for d in documents], BANDS * ROWS, 7)
    for band in range(BANDS):
        together = defaultdict(list)
        for number, digest in enumerate(digests):
            together[tuple(digest[band * ROWS : (band + 1) * ROWS])].append(number)
        yield from (bucket for bucket in together.values() if len(bucket) > 1)


def _pairs(bucket: list[int]) -> Iterator[tuple[int, int]]:
    if len(bucket) <= CROWDED:
        yield from combinations(bucket, 2)
        return
    for step in (1, 2, 3):
        yield from zip(bucket, bucket[step:], strict=False)
