"""The moderations protocol: texts in, scores of the endpoint's own categories out, which stand for clauses.

Such an endpoint points at no place in a text, and knows its own categories only: it cannot clear a post of
what it has no category for. Holds no network.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from ...clauses import Pact
from ..steps import Post, Signal
from .masking import masked
from .settings import Settings
from .shapes import LONGEST, Ground, Opinion

# Below this score of every category that a post is suspected of, the endpoint sees nothing in it.
CLEAR = 0.1
# What is flagged counts for at least this much, whatever scale the endpoint's scores have.
FLAGGED = 0.5


class Moderations:
    """How a moderation endpoint is asked, and what is made of its answer."""

    path = "/moderations"

    def __init__(self, settings: Settings, pact: Pact) -> None:
        self._model = settings.model
        machines = {code for code, clause in pact.by_code.items() if clause.strongest != "none"}
        self._clauses = {name: code for name, code in settings.categories.items() if code in machines}

    def body(
        self, about: Post, normalised: str, signals: Sequence[Signal], clauses: Sequence[str]
    ) -> dict[str, Any]:
        """What is sent about a post: its text as written and as read, and its title."""
        texts = dict.fromkeys(masked(t[:LONGEST]) for t in (about.text, normalised, about.title or "") if t)
        return {"model": self._model, "input": list(texts)}

    def cost(self, body: dict[str, Any]) -> int:
        """Tokens that a question may take, at one a character."""
        return sum(map(len, body["input"]))

    def read(
        self, answer: dict[str, Any], about: Post, normalised: str, clauses: Sequence[str]
    ) -> Opinion | None:
        """The opinion in an answer; None where it is not of the protocol."""
        results = answer.get("results")
        if not isinstance(results, list) or not results:
            return None
        read = [_scores(one) for one in results]
        scores: dict[str, float] = {}
        flagged = False
        for one in read:
            if one is None:
                return None
            flagged |= one[0]
            for name, score in one[1].items():
                if code := self._clauses.get(name):
                    scores[code] = max(scores.get(code, 0.0), score)
        shown = about.text or normalised
        grounds = tuple(
            Ground(code, score, shown, "") for code, score in sorted(scores.items()) if score >= FLAGGED
        )
        if grounds or flagged:
            return Opinion("review", uncertain=not grounds, grounds=grounds)
        sure = all(scores.get(code, 1.0) < CLEAR for code in clauses)
        return Opinion("pass", uncertain=not sure, grounds=())


def _scores(result: object) -> tuple[bool, dict[str, float]] | None:
    """Whether a result is flagged, and its categories with their scores."""
    if not isinstance(result, Mapping):
        return None
    flagged, categories, scores = (result.get(k) for k in ("flagged", "categories", "category_scores"))
    if (
        not isinstance(flagged, bool)
        or not isinstance(categories, Mapping)
        or not isinstance(scores, Mapping)
    ):
        return None
    found: dict[str, float] = {}
    for name, score in scores.items():
        numeric = isinstance(score, int | float) and not isinstance(score, bool) and 0 <= score <= 1
        if not isinstance(name, str) or not numeric:
            return None
        found[name] = max(float(score), FLAGGED) if categories.get(name) is True else float(score)
    return flagged, found
