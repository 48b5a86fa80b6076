"""What a clause, a category and the pact are: frozen, and nothing but data."""

from dataclasses import dataclass, field

# Who may find a breach: a machine, a reader who reports it, or only a moderator who looks by himself.
DETECTIONS = ("automatic", "report-only", "human-only")
# The most that a machine alone may decide.
STRENGTHS = ("none", "review", "block")


class PactError(ValueError):
    """A file of the pact is not as it should be; says which file, which entry, and what is wrong."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One sub-item of the pact.

    `severity` is the rung of a first confirmed finding: 1 a reminder, 2 mute of a day, 3 of 7 days, 4 of 15
    days, 5 for ever. `strongest` is the most that screening may decide without a human.
    """

    code: str
    zh: str
    en: str
    words_zh: str
    words_en: str
    severity: int
    detection: str
    strongest: str
    minors: bool = False
    illegal: bool = False

    def label(self, language: str) -> str:
        """The short name in `language` (any tag; everything that is not Chinese reads English)."""
        return self.zh if language.startswith("zh") else self.en

    def words(self, language: str) -> str:
        """What the clause says, in `language`."""
        return self.words_zh if language.startswith("zh") else self.words_en

    @property
    def automatic(self) -> bool:
        """Whether a machine looks for it."""
        return self.detection == "automatic"


@dataclass(frozen=True, slots=True)
class Category:
    """One of the nine clauses with its sub-items, in their order."""

    code: str
    zh: str
    en: str
    clauses: tuple[Clause, ...]

    def label(self, language: str) -> str:
        """The name in `language`."""
        return self.zh if language.startswith("zh") else self.en


@dataclass(frozen=True, slots=True)
class Pact:
    """One version of the pact: categories in their order, and every clause by its code."""

    version: str
    categories: tuple[Category, ...]
    by_code: dict[str, Clause] = field(repr=False, compare=False)

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """Every clause, in the order of the pact."""
        return tuple(clause for category in self.categories for clause in category.clauses)

    def clause(self, code: str) -> Clause:
        """The clause of a code such as `2.6`.

        Raises:
            KeyError: The pact has no such clause.
        """
        return self.by_code[code]
