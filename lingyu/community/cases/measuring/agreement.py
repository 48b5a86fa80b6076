"""How well reviewers agree, and how sure a small number makes it: Krippendorff's alpha, Wilson's interval.

Holds pure computing over plain values. Does not read rows: `quality` gathers them.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log, log1p, sqrt
from random import Random

# Below this a clause does not say clearly enough what it means (Krippendorff 2004, p. 241: 0.667 ≤ α is the
# least from which tentative conclusions may be drawn), if at least so many texts were judged under it.
CLEAR, ENOUGH = 0.67, 20
# Samples of the interval, fewer where there are very many texts; one seed, so that everybody reads the same.
RESAMPLES, FEWEST, DRAWS, SEED = 1_000, 200, 500_000, 20_261
# Two-sided 95 % of the normal distribution.
Z = 1.959963984540054
# How often each answer was given to one text, and how many texts have just this.
Pattern = tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Interval:
    """A share or coefficient with what 95 % of samples would say; `n` is how many it rests on.

    `value` is None where it is not defined: nothing was judged, or everything alike.
    """

    value: float | None
    low: float | None
    high: float | None
    n: int


@dataclass(frozen=True)
class Agreement:
    """How far reviewers agree on one clause. `interval.n` counts the texts that somebody says break it."""

    clause: str
    interval: Interval

    @property
    def unclear(self) -> bool:
        """Whether the text of the clause, rather than its readers, has to be looked at."""
        found = self.interval
        return found.value is not None and found.n >= ENOUGH and found.value < CLEAR


def wilson(hits: int, n: int, z: float = Z) -> Interval:
    """The share hits / n with Wilson's score interval (Wilson 1927, JASA 22:209).

    Stays within 0…1 and is of use for small n. ValueError for hits outside of 0…n.
    """
    if not 0 <= hits <= n:
        raise ValueError(f"{hits} of {n}")
    if n == 0:
        return Interval(None, None, None, 0)
    share = hits / n
    middle = share + z * z / (2 * n)
    spread = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    whole = 1 + z * z / n
    low = 0.0 if hits == 0 else (middle - spread) / whole
    high = 1.0 if hits == n else (middle + spread) / whole
    return Interval(share, low, high, n)


def per_clause(units: Sequence[Sequence[str]]) -> list[Agreement]:
    """The agreement on each clause that somebody named, the least clear first.

    A unit is what different reviewers said of one text: lead clauses, "" for “breaks nothing”. Units that
    only one has judged say nothing of agreement, and are left out.
    """
    judged = [list(unit) for unit in units if len(unit) > 1]
    named = sorted({clause for unit in judged for clause in unit if clause})
    found = [Agreement(clause, _on(clause, judged)) for clause in named]
    return sorted(found, key=lambda a: (a.interval.value is None, a.interval.value or 0, a.clause))


def overall(units: Sequence[Sequence[str]]) -> Interval:
    """Krippendorff's alpha (nominal) over all answers as they are, with its interval over resampled units."""
    judged = [unit for unit in units if len(unit) > 1]
    return _interval(Counter(_pattern(unit) for unit in judged), len(judged))


def alpha(units: Mapping[Pattern, int]) -> float | None:
    """Krippendorff's alpha of nominal data, 1 - Do / De; None where nothing differs.

    From coincidences (Krippendorff 2011, “Computing Krippendorff's alpha-reliability”): with n answers in
    all, n_c of them c, and m_u to unit u, Do = (1/n) Σ_u Σ_c n_uc (m_u - n_uc) / (m_u - 1) and
    De = Σ_c n_c (n - n_c) / (n (n - 1)). Written here, because the library for it is under the GPL.
    """
    totals: Counter[str] = Counter()
    differing = 0.0
    for pattern, times in units.items():
        raters = sum(given for _answer, given in pattern)
        differing += times * sum(given * (raters - given) for _answer, given in pattern) / (raters - 1)
        for answer, given in pattern:
            totals[answer] += times * given
    n = sum(totals.values())
    chance = sum(given * (n - given) for given in totals.values())
    return 1 - differing * (n - 1) / chance if chance else None


def resampled(units: Mapping[Pattern, int]) -> Iterator[float]:
    """Alpha of samples of as many units, drawn with replacement; those that are not defined are left out."""
    size = sum(units.values())
    lots = Random(SEED)  # noqa: S311 - spreads, keeps no secret
    # The rarest first: drawing takes as long as what is drawn is frequent.
    known = sorted(units.items(), key=lambda item: (item[1], item[0]))
    for _ in range(max(FEWEST, min(RESAMPLES, DRAWS // max(size, 1)))):
        if (value := alpha(_sample(lots, known, size))) is not None:
            yield value


def _sample(lots: Random, known: list[tuple[Pattern, int]], size: int) -> dict[Pattern, int]:
    """A multinomial draw, as binomial ones of what is left."""
    drawn, left, rest = {}, size, size
    for pattern, times in known:
        drawn[pattern] = hits = _binomial(lots, left, times / rest)
        left, rest = left - hits, rest - times
    return {pattern: hits for pattern, hits in drawn.items() if hits}


def _binomial(lots: Random, n: int, p: float) -> int:
    """A binomial draw by the gaps between hits (Devroye 1986, X.4.3); about n·min(p, 1 - p) steps."""
    if p > 0.5:
        return n - _binomial(lots, n, 1 - p)
    if n == 0 or p <= 0:
        return 0
    hits, place, scale = 0, 0, log1p(-p)
    while True:
        place += int(log(1 - lots.random()) / scale) + 1
        if place > n:
            return hits
        hits += 1


def _on(clause: str, judged: Sequence[Sequence[str]]) -> Interval:
    answers = [["yes" if a == clause else "no" for a in unit] for unit in judged]
    return _interval(Counter(_pattern(unit) for unit in answers), sum("yes" in unit for unit in answers))


def _pattern(unit: Sequence[str]) -> Pattern:
    return tuple(sorted(Counter(unit).items()))


def _interval(units: Mapping[Pattern, int], n: int) -> Interval:
    value = alpha(units)
    samples = sorted(resampled(units)) if value is not None else []
    if value is None or not samples:
        return Interval(value, None, None, n)
    return Interval(value, _quantile(samples, 0.025), _quantile(samples, 0.975), n)


def _quantile(ordered: list[float], share: float) -> float:
    """The value below which `share` lies, between neighbours by distance."""
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (place - low) * (ordered[high] - ordered[low])
