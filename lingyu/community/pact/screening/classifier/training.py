"""Training a model from labelled examples: heads for families, heads within them, thresholds, a flat table.

Holds no file reading and no words for people. Held-out figures come from folds that keep near-duplicates and
groups together; the model itself is then fitted on all examples.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ..families import OK, default
from ..families import family as family_of
from .examples import Example, Tables, folds, tabulate
from .fitting import Fitted, Inputs, calibrate, fit
from .flattening import flatten
from .grams import is_sound
from .model import Head, Model, decoded, expit
from .thresholds import Quality, Trade, blocking, choose, decide, qualities, raised, sparing, trades

STRENGTH = 1.0
# A clause needs this many examples to be told from its neighbours, a family to be learnt at all.
FEWEST = 8
# What there is too little of where groups and near-duplicates leave nothing to hold out.
GROUPS = "groups"
# Of what is no hit at most this many are learnt from, or this many times the hits: more only takes longer.
MOST_MISSES, MISSES_PER_HIT = 6_000, 20
Told = Callable[[str, int, int], None]


class TooLittle(ValueError):
    """The examples don't suffice to learn from; says of what there is too little."""


@dataclass(frozen=True)
class Report:
    """Held-out figures: of each class, `accuracy` and `macro_f1` over all; `counts` of labels as given.

    `clean_found` is the part of the clean examples that any head found, `trades` what other parts would cost.
    """

    classes: tuple[Quality, ...]
    accuracy: float
    macro_f1: float
    counts: dict[str, int]
    left_out: tuple[str, ...]
    clean_found: float = 0.0
    trades: tuple[Trade, ...] = ()


@dataclass(frozen=True)
class Plan:
    """How to train: `count` folds, `seed`, the SVM's C, and an earlier model to build on.

    `exclusive` is found out from the examples where it is None. `precision` is what review needs, for
    texts that are cleaner than what people post; 0 leaves the balance that macro-F1 strikes. `apart` are
    labels that get a family of their own. Of clean examples held out the part `found_at_most` may be found.
    """

    name: str = "local"
    seed: int = 0
    count: int = 5
    strength: float = STRENGTH
    prior: Model | None = None
    governs: bool = True
    exclusive: bool | None = None
    may_block: bool = True
    precision: float = 0.0
    apart: frozenset[str] = frozenset()
    found_at_most: float = 1.0
    most_bytes: int = 2 * 2**20

    def family(self, label: str) -> str:
        """The family that a label is learnt in."""
        return label if label in self.apart else family_of(label)


def train(
    examples: Sequence[Example], plan: Plan, told: Told = lambda stage, done, whole: None
) -> tuple[Model, Report]:
    """Learn from `examples`; `told` hears how far it is: stage, done, of how many.

    Raises:
        TooLittle: Nothing is in order, or nothing is a breach, or no label has enough examples.
    """
    heads, counts = _heads(examples, plan)
    tables = tabulate(examples, lambda done: told("reading", done, len(examples)))
    inputs = _inputs(tables, examples, plan.prior)
    weight = np.array([example.weight for example in examples])
    fold = folds(examples, tables.pairs, plan.count, plan.seed)
    work = len(heads) * (plan.count + 1)
    done, fitted, ready, odds = 0, [], [], np.full((len(examples), len(heads)), -20.0)
    for column, head in enumerate(heads):
        asked, positive = _question(head, heads, examples, plan)
        scores = np.zeros(len(examples))
        for n in range(plan.count):
            held, learnt = asked & (fold == n), _thinned(asked & (fold != n), positive, plan.seed)
            if held.any():
                if len(set(positive[learnt].tolist())) < 2:
                    raise TooLittle(GROUPS)
                one = fit(inputs.rows(learnt), positive[learnt], weight[learnt], plan.strength, plan.seed)
                scores[held] = inputs.rows(held).scores(one)
            told("fitting", done := done + 1, work)
        a, b = calibrate(scores[asked], positive[asked], weight[asked])
        odds[asked, column] = a * scores[asked] + b
        every = _thinned(asked, positive, plan.seed)
        whole = fit(inputs.rows(every), positive[every], weight[every], plan.strength, plan.seed)
        fitted.append(whole)
        ready.append(replace(head, scale=a, bias=a * whole.bias + b))
        told("fitting", done := done + 1, work)
    heads, report = _settle(ready, odds, examples, weight, plan)
    model = _model(plan, heads, fitted, tables, examples, report)
    return model, replace(report, counts=dict(counts), left_out=tuple(sorted(set(counts) - _known(heads))))


def _heads(examples: Sequence[Example], plan: Plan) -> tuple[list[Head], Counter[str]]:
    """A head for each family, and within it for each clause that can be told from another."""
    counts = Counter(label for example in examples for label in example.labels or (OK,))
    if not counts[OK]:
        raise TooLittle(OK)
    members: dict[str, list[str]] = {}
    for label in sorted(counts.keys() - {OK}):
        members.setdefault(plan.family(label), []).append(label)
    heads: list[Head] = []
    for name, labels in sorted(members.items()):
        if sum(counts[label] for label in labels) < FEWEST:
            continue
        commonest = max(labels, key=counts.__getitem__)
        heads.append(Head(name, default(commonest)))
        apart = [label for label in labels if "." in label and counts[label] >= FEWEST]
        heads += [Head(label, label, parent=name) for label in apart if len(apart) > 1]
    if not heads:
        raise TooLittle("")
    return heads, counts


def _inputs(tables: Tables, examples: Sequence[Example], prior: Model | None) -> Inputs:
    scale = (1 / np.sqrt(tables.sizes)).astype(np.float32)
    scaled = tables.grams.multiply(scale[:, None]).tocsr()
    sounds = np.array([is_sound(name) for name in tables.names])
    if prior is None:
        return Inputs(sounds, scaled, tables.hits, np.zeros((len(examples), 0)))
    rows = [prior.index.get(name, -1) for name in tables.names]
    known = np.array(rows) >= 0
    table = np.zeros((len(rows), len(prior.heads)), np.float32)
    table[known] = decoded(prior.weights[np.array(rows)[known]])
    said = (scaled @ table) * prior.scales
    hits = np.array([prior.hits.get(name, [0.0] * len(prior.heads)) for name in tables.hit_names])
    return Inputs(sounds, scaled, tables.hits, said + tables.hits @ hits if len(hits) else said)


def _question(
    head: Head, heads: Sequence[Head], examples: Sequence[Example], plan: Plan
) -> tuple[np.ndarray, np.ndarray]:
    """(which examples the head is asked about, whether each is a hit)."""
    if not head.parent:
        return np.ones(len(examples), bool), _within(examples, head.name, plan)
    siblings = {one.name for one in heads if one.parent == head.parent}
    asked = np.array([not siblings.isdisjoint(example.labels) for example in examples])
    return asked, np.array([head.name in example.labels for example in examples])


def _thinned(chosen: np.ndarray, positive: np.ndarray, seed: int) -> np.ndarray:
    """`chosen` without some of the misses where they are very many."""
    misses = np.flatnonzero(chosen & ~positive)
    most = max(MOST_MISSES, MISSES_PER_HIT * int((chosen & positive).sum()))
    if len(misses) <= most:
        return chosen
    thinned = chosen & positive
    thinned[np.random.default_rng(seed).choice(misses, most, replace=False)] = True
    return thinned


def _within(examples: Sequence[Example], name: str, plan: Plan) -> np.ndarray:
    return np.array([any(plan.family(label) == name for label in example.labels) for example in examples])


def _settle(
    heads: list[Head], odds: np.ndarray, examples: Sequence[Example], weight: np.ndarray, plan: Plan
) -> tuple[list[Head], Report]:
    """Thresholds for the heads of families, and what they would have decided of the held-out examples."""
    columns = [n for n, head in enumerate(heads) if not head.parent]
    names = [heads[n].name for n in columns]
    # Of several labels the first stands for the example where one decision is asked for.
    truth = np.array([_truth(example, names, plan) for example in examples])
    limits = choose(odds[:, columns], truth, weight)
    within = [_within(examples, name, plan) for name in names]
    if plan.precision:
        limits = np.array(
            [
                raised(odds[:, c], positive, limit, plan.precision)
                for c, positive, limit in zip(columns, within, limits, strict=True)
            ]
        )
    limits, spared = _spared(odds[:, columns], within, limits, examples, plan)
    found = decide(odds[:, columns], limits)
    settled = list(heads)
    for place, column in enumerate(columns):
        review = expit(float(limits[place]))
        block = max(review, blocking(odds[:, column], within[place])) if plan.may_block else 2.0
        settled[column] = replace(heads[column], review=review, block=block)
    rows = qualities(truth, found, [*(heads[n].name for n in columns), OK])
    macro = float(np.mean([row.f1 for row in rows if row.count]))
    accuracy = float((truth == found).mean())
    return settled, replace(spared, classes=tuple(rows), accuracy=accuracy, macro_f1=macro)


def _spared(
    odds: np.ndarray, within: list[np.ndarray], limits: np.ndarray, examples: Sequence[Example], plan: Plan
) -> tuple[np.ndarray, Report]:
    """Limits that leave clean examples alone, where there are any, and a report of nothing but that."""
    clean, report = np.array([example.clean for example in examples]), Report((), 0.0, 0.0, {}, ())
    if not clean.any():
        return limits, report
    told = trades(odds, within, limits, clean)
    limits = sparing(odds, within, limits, clean, plan.found_at_most)
    found = float((odds[clean] > limits).any(axis=1).mean())
    return limits, replace(report, clean_found=found, trades=tuple(told))


def _truth(example: Example, names: list[str], plan: Plan) -> int:
    found = sorted(plan.family(label) for label in example.labels)
    return next((names.index(name) for name in found if name in names), -1)


def _known(heads: Sequence[Head]) -> set[str]:
    families = {head.name for head in heads if not head.parent}
    return {OK, *families, *(head.name for head in heads)} | {head.clause for head in heads}


def _model(
    plan: Plan,
    heads: list[Head],
    fitted: list[Fitted],
    tables: Tables,
    examples: Sequence[Example],
    report: Report,
) -> Model:
    about = {
        "examples": len(examples),
        "folds": plan.count,
        "seed": plan.seed,
        "accuracy": round(report.accuracy, 4),
        "macro_f1": round(report.macro_f1, 4),
        "clean_found": round(report.clean_found, 4),
        "built_on": plan.prior.version if plan.prior else "",
    }
    model = Model(
        name=plan.name,
        heads=tuple(heads),
        grams=(),
        weights=np.zeros((0, len(heads)), np.int8),
        exclusive=all(len(e.labels) < 2 for e in examples) if plan.exclusive is None else plan.exclusive,
        governs=frozenset(h.name for h in heads if not h.parent) if plan.governs else frozenset(),
        about=about,
    )
    return flatten(model, fitted, tables, plan.prior, plan.most_bytes)
