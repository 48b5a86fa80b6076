"""The screener: a named list of steps, run one after the other over one post.

It fails closed. A step that raises, or a text longer than is read, never passes: a human looks.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from time import perf_counter_ns
from typing import Self

from ...clauses import Pact, load
from ..automaton import Banks, Lexicon, read_banks
from ..classifier import Model, classifying
from ..headline import headline
from ..model import shipped
from ..normalise import Views
from ..rules import Rules
from ..rules import version as rules_version
from ..steps import KINDS, NamedStep, Post, Scene, Signal, Step, Trace, Verdict
from .changing import Changes, changed
from .fusing import Decided, Limits, decide, led

VERSION = "1"
LONGEST = 50_000  # characters of a field that are read
COMPARED = 50  # earlier posts of the author, and posts of others, that are kept


class Screener:
    """Decides on posts. Immutable: another list of steps is another screener, which may be swapped in."""

    def __init__(
        self,
        steps: Iterable[NamedStep],
        pact: Pact,
        versions: Mapping[str, str] = {},
        limits: Mapping[str, Limits] = {},
    ) -> None:
        self.steps, self.pact, self.limits = tuple(steps), pact, dict(limits)
        names = [step.name for step in self.steps]
        if len(set(names)) != len(names):
            raise ValueError(f"two steps have one name: {', '.join(names)}")
        self.versions = {"pact": pact.version, "screener": VERSION, "banks": "none", "rules": "none"}
        self.versions |= {"model": "none", **versions}

    @classmethod
    @cache
    def shipped(cls) -> Self:
        """The screener of this release: its banks, its rules, its look at headlines and its model.

        Made once a process, in seconds: a screener never changes, another is made from it.

        Raises:
            BankError: A bank is not as it should be.
            PactError: The pact is not as it should be.
            ModelRefused: The model is not as it should be.
        """
        screener, model = cls.unlearnt(), shipped()
        return screener if model is None else screener.having_model(model)

    @classmethod
    @cache
    def unlearnt(cls) -> Self:
        """The screener of this release without its model: what a model is learnt on top of."""
        pact = load()
        terms, allowed, banks = read_banks(clauses=tuple(pact.by_code))
        looked_up = NamedStep("banks", Banks(Lexicon(terms, allowed)))
        steps = (looked_up, NamedStep("rules", Rules()), headline())
        return cls(steps, pact, {"banks": banks, "rules": rules_version()})

    def having_model(self, model: Model) -> Self:
        """A screener with this classifier in place of the one it has, if any."""
        step = classifying(model)
        return self.having(step.name, step.run, governs=step.governs, model=f"{model.name}-{model.version}")

    def having(
        self, name: str, run: Step, *, after: str = "", governs: frozenset[str] = frozenset(), **versions: str
    ) -> Self:
        """A screener with a step replaced, or put in after another (at the end where none is named)."""
        step, names = NamedStep(name, run, governs), [step.name for step in self.steps]
        if name in names:
            steps = [step if old.name == name else old for old in self.steps]
        else:
            place = names.index(after) + 1 if after else len(names)
            steps = [*self.steps[:place], step, *self.steps[place:]]
        return type(self)(steps, self.pact, {**self.versions, **versions}, self.limits)

    def having_pact(self, pact: Pact) -> Self:
        """A screener that decides by another version of the pact."""
        return type(self)(self.steps, pact, {**self.versions, "pact": pact.version}, self.limits)

    def having_versions(self, **versions: str) -> Self:
        """The same, called by further versions."""
        return type(self)(self.steps, self.pact, {**self.versions, **versions}, self.limits)

    def having_limits(self, limits: Mapping[str, Limits]) -> Self:
        """A screener in which these clauses have limits of their own, beside those that have them already."""
        return type(self)(self.steps, self.pact, self.versions, {**self.limits, **limits})

    def with_changes(self, *changes: Changes) -> Self:
        """A screener with these changes of its words, rules, limits and model, one after the other."""
        return changed(self, changes)

    def without(self, name: str) -> Self:
        """A screener that leaves a step out.

        Raises:
            KeyError: No step has that name.
        """
        if name not in [step.name for step in self.steps]:
            raise KeyError(name)
        left = [step for step in self.steps if step.name != name]
        return type(self)(left, self.pact, self.versions, self.limits)

    def screen(self, post: Post) -> Verdict:
        """The verdict on a post. Time and memory are bounded whatever it holds.

        Raises:
            ValueError: The kind is none of `KINDS`.
            TypeError: A text is no string.
        """
        _checked(post)
        read, too_long = _shortened(post)
        views = {"text": Views(read.text)}
        if read.title is not None:
            views["title"] = Views(read.title)
        scene, traces = Scene(read, views), []
        for step in self.steps:
            traces.append(_ran(step, scene))
            scene.signals.extend(traces[-1].signals)
        failed = [trace.step for trace in traces if trace.failed]
        try:
            governed = frozenset[str]().union(*(step.governs for step in self.steps))
            decided = decide(scene, led(scene.signals, governed), self.pact, self.limits)
        except Exception as error:
            failed, decided = [*failed, "deciding"], Decided("pass", None, (), {})
            traces.append(Trace("deciding", failed=_said(error)))
        decision, reason = decided.decision, ""
        if failed or too_long:
            reason = f"failed:{failed[0]}" if failed else "too-long"
            decision = "review" if decision == "pass" else decision
        return Verdict(
            id=post.id,
            decision=decision,
            lead=decided.lead,
            findings=decided.findings,
            versions=self.versions,
            steps=tuple(traces),
            reason=reason,
            scores=decided.scores,
        )


def _ran(step: NamedStep, scene: Scene) -> Trace:
    """One step, timed; what it raises is kept in its trace."""
    began = perf_counter_ns()
    signals, failed = (), ""
    try:
        signals = tuple(step.run(scene))
        for signal in signals:
            _pointing(signal, scene)
    except Exception as error:
        signals, failed = (), _said(error)
    return Trace(step.name, signals, (perf_counter_ns() - began) // 1000, failed)


def _pointing(signal: Signal, scene: Scene) -> None:
    """Refuse a signal that points at nothing of the post, or is no probability."""
    start, end = signal.span
    if not 0 <= start < end <= len(scene.views[signal.field].original) or not 0 <= signal.score <= 1:
        raise ValueError("a signal points outside the text, or its score is no probability")


def _said(error: Exception) -> str:
    # Of the type only: a message may quote the post.
    return type(error).__name__


def _checked(post: Post) -> None:
    if post.kind not in KINDS:
        raise ValueError(f"kind is one of {', '.join(KINDS)}, not {post.kind!r}")
    for text in (post.text, post.title or "", *post.before, *post.others):
        if not isinstance(text, str):
            raise TypeError(f"a text is a string, not {type(text).__name__}")


def _shortened(post: Post) -> tuple[Post, bool]:
    """The post as far as it is read, and whether there was more of it."""
    too_long = len(post.text) > LONGEST or len(post.title or "") > LONGEST
    if too_long:
        title = None if post.title is None else post.title[:LONGEST]
        post = replace(post, text=post.text[:LONGEST], title=title)
    if len(post.before) > COMPARED or len(post.others) > COMPARED:
        post = replace(post, before=post.before[:COMPARED], others=post.others[:COMPARED])
    return post, too_long
