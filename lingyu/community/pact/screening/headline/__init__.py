"""Headline bait: how a title sounds (7.1), and whether the text below bears it out (7.2, 7.3).

Two signals that are not one: bait is a style, found in true headlines too; a wrong title may be calm.
All of it is for review, never for blocking. Holds no word list (`cues`).
"""

from collections.abc import Iterator

from ..normalise.views import View
from ..steps import NamedStep, Scene, Signal
from .agreement import Agreement, agreement
from .cues import PROMISE, STYLE
from .style import heard

__all__ = ["headline"]

REVIEW, HINT = 0.5, 0.3
# Less of the title than this in the text and it seems to belong to another; with nothing grave, less still.
LITTLE, LEAST = 0.30, 0.06
# Each figure or grave claim that the text lacks.
LACKS = 0.12


def headline() -> NamedStep:
    """The step that looks at titles, those of articles beside their text."""
    return NamedStep("headline", _looked_at)


def _looked_at(scene: Scene) -> Iterator[Signal]:
    if scene.post.kind == "title":
        yield from _style(scene.views["text"].clean, "text")
        return
    views = scene.views.get("title")
    if views is None or scene.post.kind != "article":
        return
    title, text = views.clean, scene.views["text"].clean.text
    yield from _style(title, "title")
    if not title.text.strip():
        return
    found = agreement(title.text, text)
    promise = heard(title.text, PROMISE)
    if promise.span and promise.probability >= HINT and _unkept(found):
        score = round(0.4 + 0.5 * promise.probability, 4)
        yield _signal("7.3", title, promise.span, score, "headline:promise")
    elif (score := _apart(found)) >= HINT:
        yield _signal("7.2", title, _where(found, title), score, "headline:mismatch")


def _style(title: View, field: str) -> Iterator[Signal]:
    found = heard(title.text, STYLE)
    if found.span and found.probability >= HINT:
        yield _signal("7.1", title, found.span, round(found.probability, 4), "headline:style", field)


def _unkept(found: Agreement) -> bool:
    """Whether a promise is not kept: the text has few of the title's words, or none of its figures."""
    if found.shared is None:
        return False
    return found.shared < LITTLE or (found.shared < 2 * LITTLE and bool(found.figures))


def _apart(found: Agreement) -> float:
    """The probability that title and text say different things."""
    if found.shared is None:
        return 0.0
    lacking = LACKS * min(3, len(found.figures) + len(found.claims))
    limit = LITTLE if lacking else LEAST
    if found.shared > limit:
        return 0.0
    # Poetry does not name its subject either: without anything lacking it is a hint.
    return round(min(0.9, (0.5 if lacking else HINT) + lacking + (limit - found.shared)), 4)


def _where(found: Agreement, title: View) -> tuple[int, int]:
    ranges = found.claims or found.figures
    return (min(r[0] for r in ranges), max(r[1] for r in ranges)) if ranges else (0, len(title.text))


def _signal(
    clause: str, view: View, span: tuple[int, int], score: float, by: str, field: str = "title"
) -> Signal:
    strength = "review" if score >= REVIEW else "hint"
    return Signal(clause, view.span(*span), score, by, strength, field)
