"""Training as asked for: with or without the shipped model beneath, written to its file, and what it goes by.

Holds no command line and no fitting.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from django.utils.translation import gettext as _

from lingyu.community.pact.screening.classifier import Model, write
from lingyu.community.pact.screening.classifier.examples import Example
from lingyu.community.pact.screening.classifier.grams import readable
from lingyu.community.pact.screening.classifier.training import GROUPS, Plan, Report, TooLittle, train
from lingyu.community.pact.screening.families import OK
from lingyu.community.pact.screening.model import shipped
from lingyu.community.pact.screening.normalise.folding import syllables

from .errors import TeachingRefused

# With more examples than this, what the shipped model knows is only in the way.
BUILT_UPON = 2_000
SHOWN = 14


@dataclass(frozen=True)
class Asked:
    """What was asked for on the command line."""

    out: Path
    name: str
    seed: int
    folds: int
    beside: bool = False
    scratch: bool = False


def schooled(
    examples: Sequence[Example], asked: Asked, told: Callable[[str, int, int | None], None]
) -> tuple[Model, Report, dict[str, list[str]]]:
    """Train, write, and say by which n-grams each clause is known, the heaviest first.

    Raises:
        TeachingRefused: Too little to learn from, or the file can't be written.
    """
    prior = None if asked.scratch or len(examples) > BUILT_UPON else shipped()
    plan = Plan(name=asked.name, seed=asked.seed, count=asked.folds, prior=prior, governs=not asked.beside)
    stages = {"reading": _("Looking"), "fitting": _("Learning")}
    try:
        model, report = train(examples, plan, lambda stage, done, whole: told(stages[stage], done, whole))
        model = write(model, asked.out)
    except TooLittle as error:
        raise TeachingRefused(_too_little(str(error))) from None
    except OSError as error:
        raise TeachingRefused(f"{asked.out}: {error.strerror}") from None
    return model, report, grounds(model)


def grounds(model: Model) -> dict[str, list[str]]:
    """For each head the n-grams that speak most for it, as people read them."""
    spelt = {key: name for name, key in syllables().items()}
    found = {}
    for column, head in enumerate(model.heads):
        order = np.argsort(-model.weights[:, column].astype(np.int32), kind="stable")
        chosen: list[str] = []
        for row in order[: SHOWN * 8]:
            gram = readable(model.grams[row].strip("\x02\x03"), spelt)
            if len(gram) > 1 and not any(gram in other or other in gram for other in chosen):
                chosen.append(gram)
        found[head.name] = chosen[:SHOWN]
    return found


def _too_little(what: str) -> str:
    if what == OK:
        return _(
            "no text is labelled as in order (ok): what is a breach can only be learnt beside what is none"
        )
    if what == GROUPS:
        return _(
            "nearly all texts of a label are one group or alike: nothing can be held out; leave --group out"
        )
    return _("no clause has at least 8 texts: too few to learn from")
