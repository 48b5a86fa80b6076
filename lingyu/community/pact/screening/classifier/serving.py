"""The classifier as a step of screening: a signal for each clause that a text sounds like, with its place.

Holds no weight and no threshold of its own.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from ..normalise import Views
from ..steps import NamedStep, Scene, Signal
from .grams import hits
from .model import Answer, Model, decoded

# The stretch shown as evidence: its most characters, and the part of the peak that its ends still weigh.
STRETCH, FALLS_TO = 16, 0.4
# Characters looked at for evidence.
LOOKED_AT = 4_000
# N-grams with their places: rows of a model, the first characters, those after the last.
Placed = tuple[np.ndarray, np.ndarray, np.ndarray]


def classifying(model: Model) -> NamedStep:
    """The step that asks `model`."""

    def run(scene: Scene) -> Iterator[Signal]:
        # A name is too short for n-grams to say anything.
        if scene.post.kind == "nickname":
            return
        found = hits(scene.signals)
        for field, views in scene.views.items():
            placed: list[Placed] = []
            answers = model.answers(views, found)
            for answer in answers[:1] if model.exclusive else answers:
                # Nearly is nothing: what the banks hint at is in the score already, and would count twice.
                if answer.margin <= 0:
                    continue
                placed = placed or list(_placed(model, views))
                yield Signal(
                    clause=answer.clause,
                    span=_stretch(model, answer, placed, len(views.original)),
                    score=round(answer.probability, 4),
                    by=f"model:{model.name}",
                    strength="block" if answer.probability >= answer.head.block else "review",
                    field=field,
                )

    return NamedStep("classifier", run, model.governs)


def _stretch(model: Model, answer: Answer, placed: Sequence[Placed], whole: int) -> tuple[int, int]:
    """The writer's characters that weighed most for an answer, in half-open offsets; all where none did."""
    size = min(whole, LOOKED_AT)
    weights = model.weights[:, model.heads.index(answer.head)]
    # Differences, so that each n-gram costs two additions however far it reaches.
    steps = np.zeros(size + 1)
    for rows, first, after in placed:
        push = decoded(weights[rows]) / (after - first)
        steps += np.bincount(first, push, size + 1) - np.bincount(after, push, size + 1)
    weight = np.cumsum(steps)
    # A character counts with its neighbours: single peaks are chance.
    smooth = np.convolve(weight[:size], (0.25, 0.5, 0.25))[1:-1]  # "same" is longer than a text of one or two
    peak = int(smooth.argmax()) if size else 0
    if not size or smooth[peak] <= 0:
        return 0, whole
    start = end = peak
    floor = smooth[peak] * FALLS_TO
    while end - start + 1 < STRETCH:
        left = smooth[start - 1] if start > 0 else -1.0
        right = smooth[end + 1] if end + 1 < size else -1.0
        if max(left, right) < floor:
            break
        start, end = (start - 1, end) if left >= right else (start, end + 1)
    return start, end + 1


def _placed(model: Model, views: Views) -> Iterator[Placed]:
    """The known n-grams of the characters looked at: rows of the model, half-open places."""
    for view in (views.clean, views.pinyin):
        first, last = np.asarray(view.first), np.asarray(view.last)
        seen = int(np.searchsorted(last, LOOKED_AT))
        for rows, start, size in model.lookup.places(view.text[:seen]):
            yield rows, first[start], last[start + size - 1] + 1
