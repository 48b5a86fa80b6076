"""Whether many talk or a few: shares of the loudest, Gini, and how much of the talk is a conversation.

Holds arithmetic on counts and moments; no people.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from fractions import Fraction

LOUDEST = 3
# A pause that ends a conversation.
PAUSE = timedelta(minutes=30)


def top_share(counts: Sequence[int], top: int = LOUDEST) -> Fraction | None:
    """What the `top` loudest said of all that was said; None where nothing was."""
    said = sum(counts)
    return Fraction(sum(sorted(counts, reverse=True)[:top]), said) if said else None


def gini(counts: Sequence[int]) -> Fraction | None:
    """Gini's coefficient: 0, all say the same; near 1, one says it all. Those who say nothing are in
    `counts`.

    Half of the mean difference of two people, beside the mean; exact.
    """
    n, said = len(counts), sum(counts)
    if not n or not said:
        return None
    ranked = sum(rank * count for rank, count in enumerate(sorted(counts), 1))
    return Fraction(2 * ranked, n * said) - Fraction(n + 1, n)


def conversing_share(said: Sequence[tuple[datetime, str]], pause: timedelta = PAUSE) -> Fraction | None:
    """The share of messages in a conversation: talk without a longer pause, in which two or more people
    spoke.

    `said`: (moment, speaker) in the order of time.
    """
    if not said:
        return None
    found, start = 0, 0
    for at in range(1, len(said) + 1):
        if at == len(said) or said[at][0] - said[at - 1][0] > pause:
            speakers = {who for _moment, who in said[start:at]}
            found += at - start if len(speakers) > 1 else 0
            start = at
    return Fraction(found, len(said))
