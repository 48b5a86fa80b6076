"""Publications computed again: whether the chain holds, and which numbers differ from the rows.

Holds reads and pure functions. What a publication says, and its digest, need nothing of this house:
SHA-256 over the digest before it, a line break, and the content, all UTF-8.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from . import counting
from .models import Publication
from .months import Month


@dataclass(frozen=True)
class Difference:
    """A number that was published as `said`, and is `found` in the rows; None where there is none."""

    code: str
    said: counting.Value
    found: counting.Value


@dataclass(frozen=True)
class Fault:
    """What is wrong with one publication: `what` is chain, content, gap, or number."""

    month: str
    what: str
    difference: Difference | None = None


_canonical = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def content_of(month: Month, *, known: datetime, zone: str) -> str:
    """What a publication of `month` says, as canonical JSON: by what it was counted, and the numbers."""
    ladder = counting.CURRENT.version
    said = {"month": str(month), "zone": zone, "known": known.isoformat(), "method": counting.METHOD}
    found = counting.numbers(month, known=known, zone=zone, ladder=ladder)
    return _canonical.encode(said | {"ladder": ladder, "numbers": found})


def digest_of(before: str, content: str) -> str:
    """The digest that seals a publication and all before it."""
    return sha256(f"{before}\n{content}".encode()).hexdigest()


def differences(said: dict[str, counting.Value], found: dict[str, counting.Value]) -> Iterator[Difference]:
    """The numbers that differ; one that only one of the two has counts as nothing in the other."""
    for code in sorted(said.keys() | found.keys()):
        if (before := said.get(code)) != (after := found.get(code)):
            yield Difference(code, before, after)


def recounted(publication: Publication) -> dict[str, counting.Value]:
    """The numbers of a publication from the rows, by its own month, moment, zone, method and ladder.

    Raises ValueError or KeyError when its content cannot be read.
    """
    said = publication.said
    return counting.numbers(
        Month.parse(said["month"]),
        known=datetime.fromisoformat(said["known"]),
        zone=said["zone"],
        ladder=said["ladder"],
        method=said["method"],
    )


def faults() -> Iterator[Fault]:
    """Everything that is wrong, month by month; nothing when all of it re-computes."""
    before: Publication | None = None
    for publication in Publication.objects.order_by("month").iterator(chunk_size=50):
        yield from _chained(publication, before)
        yield from _counted(publication)
        before = publication


def _chained(publication: Publication, before: Publication | None) -> Iterator[Fault]:
    expected = before.digest if before else ""
    sealed = digest_of(publication.before, publication.content)
    if publication.before != expected or publication.digest != sealed:
        yield Fault(publication.month, "chain")
    if before and publication.of != before.of.next:
        yield Fault(publication.month, "gap")


def _counted(publication: Publication) -> Iterator[Fault]:
    try:
        said, found = publication.said["numbers"], recounted(publication)
    except (ValueError, KeyError, TypeError):
        yield Fault(publication.month, "content")
        return
    if publication.said["month"] != publication.month:
        yield Fault(publication.month, "content")
    yield from (Fault(publication.month, "number", one) for one in differences(said, found))
