"""What the steps before the classifier say of a text: the features it gets beside n-grams.

Holds no step.
"""

from collections.abc import Iterable

from ..normalise import Views
from ..steps import NamedStep, Post, Scene
from .examples import LEARNT
from .grams import hits

NAME = "classifier"


def observed(steps: Iterable[NamedStep], text: str) -> tuple[str, ...]:
    """The hits of all steps but the classifier itself, as training and serving both see them."""
    scene = Scene(Post(text[:LEARNT]), {"text": Views(text[:LEARNT])})
    for step in steps:
        if step.name != NAME:
            scene.signals.extend(step.run(scene))
    return tuple(hits(scene.signals))
