"""What a list of terms from outside would find here: tried on what people let pass, and what they confirmed.

Holds reads and computing. Lists that circulate are made for other places: a word counts for nothing before
it is known what it hits on this site.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lingyu.community.articles.models import Article
from lingyu.community.cases.models import Case, Decision
from lingyu.community.comments.models import Comment
from lingyu.community.pact.screening import Post, Scene
from lingyu.community.pact.screening.automaton import Banks, Lexicon
from lingyu.community.pact.screening.automaton.finding import TooDense
from lingyu.community.pact.screening.normalise import Views

from .limits import LIMITS
from .proportions import Share, wilson
from .tables import as_term

# The newest texts of each sort that a list is tried on, the characters read of each, and examples kept.
TEXTS, READ, EXAMPLES = 2_000, 5_000, 3


@dataclass
class Measured:
    """One term: how many confirmed violations and how many approved posts it hits, and some of the latter."""

    row: Mapping
    right: int = 0
    wrong: int = 0
    examples: list[tuple[str, tuple[int, int]]] = field(default_factory=list)

    @property
    def share(self) -> Share:
        """Its precision here."""
        return wilson(self.right, self.right + self.wrong)

    @property
    def verdict(self) -> str:
        """`kept`; or why not: `unseen`, `few`, `wrong`."""
        if not self.share.n:
            return "unseen"
        if self.share.value < LIMITS.precision["block" if self.row["act"] == "block" else "review"]:
            return "wrong"
        return "few" if self.share.n < LIMITS.measured_of else "kept"


@dataclass(frozen=True)
class Report:
    """What came of a list: every term, and on how many approved and confirmed texts it was tried."""

    terms: list[Measured]
    approved: int
    confirmed: int

    @property
    def kept(self) -> list[dict]:
        """The rows of those terms whose precision was measured, and is enough."""
        return [dict(term.row) for term in self.terms if term.verdict == "kept"]

    def of(self, verdict: str) -> list[Measured]:
        """Those with this verdict, the ones with the most false hits first."""
        found = [term for term in self.terms if term.verdict == verdict]
        return sorted(found, key=lambda term: (-term.wrong, term.row["text"]))


def measured(rows: Sequence[Mapping]) -> Report:
    """Try terms (rows of a content) on the texts of this site; bounded by `TEXTS` of each sort."""
    terms = [as_term(row) for row in rows]
    by_name = {term.by: Measured(row) for term, row in zip(terms, rows, strict=True)}
    banks, approved, confirmed = Banks(Lexicon(terms)), 0, 0
    for text in _approved():
        approved += 1
        for name, span in _hits(banks, text).items():
            found = by_name[name]
            found.wrong += 1
            if len(found.examples) < EXAMPLES:
                found.examples.append((text, span))
    for text, lead in _confirmed():
        confirmed += 1
        for name in _hits(banks, text):
            # A violation of another sort speaks neither for the term nor against it.
            if _category(by_name[name].row["clause"]) == _category(lead):
                by_name[name].right += 1
    return Report(list(by_name.values()), approved, confirmed)


def _hits(banks: Banks, text: str) -> dict[str, tuple[int, int]]:
    """Which terms a text holds, and where the first of each stands."""
    scene, found = Scene(Post(text), {"text": Views(text)}), {}
    try:
        for signal in banks(scene):
            if signal.strength != "hint":
                found.setdefault(signal.by, signal.span)
    except TooDense:
        return {}
    return found


def _approved() -> Iterator[str]:
    """What everybody reads because somebody let it pass, the newest first."""
    comments = Comment.objects.approved().order_by("-posted_at").values_list("body", flat=True)
    yield from (body[:READ] for body in comments[:TEXTS])
    articles = Article.objects.filter(published_at__isnull=False).order_by("-published_at")
    for title, body in articles.values_list("title", "body")[: TEXTS // 4]:
        yield f"{title}\n{body}"[:READ]


def _confirmed() -> Iterable[tuple[str, str]]:
    """What was decided to break the pact and stands, the newest first, with the lead ground."""
    cases = Case.objects.filter(
        decision__outcome=Decision.Outcome.VIOLATION, decision__reversal__isnull=True
    ).exclude(text="")
    rows = cases.order_by("-closed_at").values_list("text", "decision__lead")
    return ((text[:READ], lead) for text, lead in rows[:TEXTS])


def _category(code: str) -> str:
    return code.partition(".")[0]
