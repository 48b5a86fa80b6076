"""How much of the pact a machine looks after, and how much people do: counts, by category.

Holds reads of a pact; nothing of the database.
"""

from dataclasses import dataclass

from .clauses import DETECTIONS, Category, Pact


@dataclass(frozen=True)
class Coverage:
    """Of some clauses, how many are found in which way."""

    label: str
    clauses: int
    automatic: int
    report_only: int
    human_only: int
    code: str = ""
    href: str = ""


def coverage(pact: Pact, language: str) -> list[Coverage]:
    """One line a category, in the order of the pact."""
    return [_counted(category.clauses, category.label(language), category) for category in pact.categories]


def whole(pact: Pact, label: str) -> Coverage:
    """The same of all clauses."""
    return _counted(pact.clauses, label)


def _counted(clauses, label: str, category: Category | None = None) -> Coverage:
    found = {way: sum(clause.detection == way for clause in clauses) for way in DETECTIONS}
    code = category.code if category else ""
    counts = (found["automatic"], found["report-only"], found["human-only"])
    return Coverage(label, len(clauses), *counts, code=code, href=f"#c{code}" if code else "")
