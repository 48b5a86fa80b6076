"""Versions of the pact: which is in force at a moment, and what changed between two.

Holds reads, and the pact as JSON and back. Number 1 is the one that is shipped (`clauses`); later ones
are rows that were announced with notice.
"""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Self

from django.utils import timezone

from .clauses import Category, Clause, Pact, load
from .models import PactVersion

# How long before it comes into force a version is announced, at least.
NOTICE = timedelta(days=7)
FIRST = 1


@dataclass(frozen=True)
class Change:
    """What happened to one clause between two versions: `before` or `after` is None where there was none."""

    code: str
    before: Clause | None
    after: Clause | None

    @property
    def kind(self) -> str:
        """`added`, `removed` or `changed`."""
        return "added" if self.before is None else "removed" if self.after is None else "changed"


@dataclass(frozen=True)
class Edition:
    """One version as a list of them tells it; the shipped one was not announced, and has no first day."""

    number: int
    announced_at: datetime | None = None
    in_force_at: datetime | None = None
    note_zh: str = ""
    note_en: str = ""

    @classmethod
    def of(cls, row: PactVersion) -> Self:
        """The one that a row is of."""
        return cls(row.number, row.announced_at, row.in_force_at, row.note_zh, row.note_en)

    def note(self, language: str) -> str:
        """What changes, in a sentence, in the reader's language; none for the shipped one."""
        return self.note_zh if language.startswith("zh") else self.note_en


def numbered(number: int) -> Pact:
    """The pact of this number; PactVersion.DoesNotExist for one that was never announced."""
    if number == FIRST:
        return load()
    return from_data(PactVersion.objects.get(number=number).content, number)


def number_at(at: datetime | None = None) -> int:
    """The number of the version in force at `at` (now by default)."""
    row = PactVersion.objects.in_force(at or timezone.now()).values_list("number", flat=True).first()
    return row or FIRST


def in_force(at: datetime | None = None) -> Pact:
    """The version in force at `at`: what was done then is judged by it."""
    return numbered(number_at(at))


def numbers() -> list[int]:
    """All that were ever announced, the first one first."""
    return [FIRST, *PactVersion.objects.order_by("number").values_list("number", flat=True)]


def editions() -> list[Edition]:
    """All that were ever announced, the latest first."""
    rows = PactVersion.objects.order_by("-number").defer("content")
    return [*map(Edition.of, rows), Edition(FIRST)]


def awaited(at: datetime | None = None) -> Edition | None:
    """The next one that is announced and not in force yet."""
    row = PactVersion.objects.announced(at or timezone.now()).defer("content").first()
    return Edition.of(row) if row else None


def differences(before: Pact, after: Pact) -> list[Change]:
    """What changed, clause by clause, in the order of the pact."""
    codes = list(dict.fromkeys([*before.by_code, *after.by_code]))
    pairs = ((code, before.by_code.get(code), after.by_code.get(code)) for code in codes)
    return [Change(*pair) for pair in pairs if pair[1] != pair[2]]


def as_data(pact: Pact) -> list[dict]:
    """The pact as JSON: a list of categories with their clauses."""
    return [asdict(category) for category in pact.categories]


def from_data(content: list[dict], number: int) -> Pact:
    """The pact from its JSON."""
    categories = tuple(
        Category(c["code"], c["zh"], c["en"], tuple(Clause(**clause) for clause in c["clauses"]))
        for c in content
    )
    by_code = {clause.code: clause for category in categories for clause in category.clauses}
    return Pact(version=str(number), categories=categories, by_code=by_code)
