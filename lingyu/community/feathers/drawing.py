"""Drawing members by chance: as many as a request has time to judge anew, the same ones each time.

Holds the draw and what it allows to say of all the others; judges nothing. Members are drawn as wholes,
because limits bind a member's attempts to one another. What is drawn is a Bernoulli sample by the last
digits of ids, which are random or hashes. Totals are expanded by the share, with the variance of Horvitz
and Thompson, Σy²(1 − share)/share² (Särndal, Swensson, Wretman: Model Assisted Survey Sampling, §3.2).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from math import ceil, sqrt
from uuid import UUID

from django.db.models import CharField, Exists, OuterRef, QuerySet
from django.db.models.functions import Cast, Right

from lingyu.community.accounts.models import Member

BUCKETS = 1 << 16
TOGETHER = 100
# 95 % of a normal distribution lie within so many standard deviations.
Z = 1.96


@dataclass(frozen=True)
class Estimate:
    """A total of all, and between which two it lies with 95 % probability: itself, if all were judged."""

    total: int
    low: int
    high: int


def estimate(total: int, squares: int, share: float) -> Estimate:
    """Of a sample's `total`, whose members' parts squared add up to `squares`."""
    whole, off = total / share, Z * sqrt(squares * (1 - share)) / share
    return Estimate(round(whole), round(whole - off), round(whole + off))


def bucket(id: UUID) -> int:
    """Which of the `BUCKETS` a member falls into."""
    return id.int % BUCKETS


def drawn(rows: QuerySet, there: int, most: int) -> Iterator[tuple[list[UUID], float]]:
    """Members who have some of these receipts, a few at a time, with the share of all that they make up then.

    The order is chance. Whoever has read enough stops: when `there` are about so many receipts, `most` are
    expected to be enough, and no members are looked for far beyond them.
    """
    low, width = 0, BUCKETS if there <= most else ceil(BUCKETS * min(1, 1.25 * most / there))
    while low < BUCKETS:
        high = min(BUCKETS, low + width)
        yield from _together(_between(rows, low, high), high)
        low, width = high, 2 * width


def _between(rows: QuerySet, low: int, high: int) -> list[UUID]:
    """Those in some of the buckets, bucket by bucket."""
    known = Member.objects.annotate(tail=Right(Cast("id", CharField()), 4))
    known = known.filter(tail__gte=f"{low:04x}", tail__lte=f"{high - 1:04x}")
    ids = known.filter(Exists(rows.order_by().filter(member=OuterRef("pk")))).values_list("pk", flat=True)
    return sorted(ids, key=lambda id: (bucket(id), id))


def _together(ids: list[UUID], high: int) -> Iterator[tuple[list[UUID], float]]:
    """Whole buckets at a time: only then is the share known."""
    batch: list[UUID] = []
    for number, same in groupby(ids, key=bucket):
        batch += same
        if len(batch) >= TOGETHER:
            yield batch, (number + 1) / BUCKETS
            batch = []
    yield batch, high / BUCKETS
