"""One screener from another: terms, allow-words, settings of rules, limits of clauses, another model.

Holds what a change is and how it is applied. Does not say who may change what, or when it holds.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING

from ..automaton import Banks, Lexicon, Term
from ..classifier import Model
from ..rules import Rules
from .fusing import Limits

if TYPE_CHECKING:
    from .screener import Screener

OFF = 2.0  # a least score that no signal reaches


@dataclass(frozen=True, slots=True)
class RuleSetting:
    """From which score on what `rule` finds under `clause` counts: 0 is all of it, `OFF` nothing."""

    rule: str
    clause: str
    least: float


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs. Of a term that there is, one of the same text and clause takes the place.

    `withdrawn` are (text, clause), `disallowed` allow-words that are none any more; texts are folded.
    """

    terms: tuple[Term, ...] = ()
    withdrawn: tuple[tuple[str, str], ...] = ()
    allowed: tuple[str, ...] = ()
    disallowed: tuple[str, ...] = ()
    rules: tuple[RuleSetting, ...] = ()
    limits: Mapping[str, Limits] = field(default_factory=dict)
    model: Model | None = None

    @property
    def of_words(self) -> bool:
        """Whether terms or allow-words differ."""
        return bool(self.terms or self.withdrawn or self.allowed or self.disallowed)


def changed(screener: "Screener", changes: Sequence[Changes]) -> "Screener":
    """The screener after all changes, in their order: what touches nothing stays the very same object.

    The versions of what was touched follow from the former and from the changes. ValueError where words or
    rules are changed and the screener looks up none.
    """
    steps = {step.name: step.run for step in screener.steps}
    if words := [c for c in changes if c.of_words]:
        banks = _reworded(_of(steps, "banks", Banks), words)
        screener = screener.having("banks", banks, banks=_version(screener.versions["banks"], _said(words)))
    if settings := [setting for c in changes for setting in c.rules]:
        rules = _of(steps, "rules", Rules)
        least = {**rules.least, **{(s.rule, s.clause): s.least for s in settings}}
        version = _version(screener.versions["rules"], repr(settings))
        screener = screener.having("rules", Rules(rules.rules, least), rules=version)
    limits = {code: limit for c in changes for code, limit in c.limits.items()}
    if limits:
        version = _version(screener.versions.get("limits", ""), repr(sorted(limits.items())))
        screener = screener.having_limits(limits).having_versions(limits=version)
    models = [c.model for c in changes if c.model is not None]
    return screener.having_model(models[-1]) if models else screener


def _reworded(banks: Banks, changes: Sequence[Changes]) -> Banks:
    """The step with another lexicon, built as a whole."""
    terms = {(t.text, t.clause): t for t in banks.lexicon.terms}
    allowed = set(banks.lexicon.allowed)
    for change in changes:
        for key in change.withdrawn:
            terms.pop(key, None)
        terms |= {(t.text, t.clause): t for t in change.terms}
        allowed = (allowed - set(change.disallowed)) | set(change.allowed)
    return Banks(Lexicon(terms.values(), allowed))


def _of(steps: Mapping[str, object], name: str, kind: type):
    step = steps.get(name)
    if not isinstance(step, kind):
        raise ValueError(f"this screener has no step {name} that could be changed")
    return step


def _said(changes: Sequence[Changes]) -> str:
    return repr([(c.terms, c.withdrawn, c.allowed, c.disallowed) for c in changes])


def _version(before: str, said: str) -> str:
    return sha256(f"{before}\0{said}".encode()).hexdigest()[:12]
