"""What the parts of the screener hand one another: a post, the scene of it, signals, findings, a verdict.

Holds the shapes and the interface of a step; no step, no rule and no threshold.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from .normalise import Views

Kind = Literal["comment", "title", "article", "nickname"]
Strength = Literal["block", "review", "hint"]
Decision = Literal["pass", "review", "block"]
KINDS: tuple[str, ...] = ("comment", "title", "article", "nickname")


@dataclass(frozen=True, slots=True)
class Post:
    """What somebody is about to publish.

    `before` are earlier posts of the same author, `others` recent ones of other accounts, the newest first.
    """

    text: str
    id: str = ""
    kind: Kind = "comment"
    title: str | None = None
    before: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Signal:
    """That one step takes a place of the post for a breach of one clause.

    `span` is half-open, in the writer's own characters of `field` ("text" or "title"); `score` is the
    probability in 0…1 that it is one, of this signal alone; `by` says who found it. `strength` is the most
    that it may lead to: a `hint` alone leads to nothing.
    """

    clause: str
    span: tuple[int, int]
    score: float
    by: str
    strength: Strength = "review"
    field: str = "text"
    way: str = ""  # how the words were disguised, where they were: pinyin, split, homophone, …


@dataclass(slots=True)
class Scene:
    """One post with its views, and what the steps before found. A step reads it and does not change it."""

    post: Post
    views: Mapping[str, Views]  # by field: "text", and "title" where the post has one
    signals: list[Signal] = field(default_factory=list)

    def evidence(self, signal: Signal) -> str:
        """The very characters of the writer that a signal points at."""
        source = self.post.title if signal.field == "title" else self.post.text
        return (source or "")[slice(*signal.span)]


# What a step may return; `name` in `NamedStep` is what traces and errors call it.
Step = Callable[[Scene], Iterable[Signal]]


@dataclass(frozen=True, slots=True)
class NamedStep:
    """A step and its name, under which it may be replaced or left out.

    `governs` are families of clauses (`families.family`) for which the step has weighed what the steps before
    it found: of those, only what may block or agrees with it counts beside its own word.
    """

    name: str
    run: Step
    governs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Finding:
    """A breach as it is shown: clause, place, the writer's own characters there, probability, finder."""

    clause: str
    span: tuple[int, int]
    evidence: str
    score: float
    by: str
    field: str = "text"


@dataclass(frozen=True, slots=True)
class Trace:
    """What one step did: how many signals, the microseconds it took, and why it stopped if it did."""

    step: str
    signals: tuple[Signal, ...] = ()
    microseconds: int = 0
    failed: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The decision on one post, with one `lead` ground where there is a finding.

    `reason` tells why a post is not passed though it may have none: `failed:STEP` or `too-long`. `scores` is
    the probability of each clause found.
    """

    id: str
    decision: Decision
    lead: str | None
    findings: tuple[Finding, ...]
    versions: Mapping[str, str]
    steps: tuple[Trace, ...] = ()
    reason: str = ""
    scores: Mapping[str, float] = field(default_factory=dict)
