"""From fitted weights to the flat table of a model: an earlier one folded in, the least left out, eight bits.

Holds no fitting. All is linear, so an earlier model's say becomes part of the weights of its n-grams.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from .examples import Tables
from .fitting import Fitted
from .flat import packed
from .model import Model, decoded

# N-grams kept at most.
MOST = 400_000
# Parts of a head's largest weight below which weights are left out, tried one after the other.
DROPPED = (0.0005, 0.001, 0.002, 0.004, 0.006, 0.01)


def flatten(
    model: Model, fitted: Sequence[Fitted], tables: Tables, prior: Model | None, most_bytes: int
) -> Model:
    """`model` with weights and hits from `fitted`, at most `most_bytes` large as a file."""
    names, table = _table(fitted, tables, prior)
    heads = model.heads
    scales = np.array([head.scale for head in heads])
    table *= scales
    limits = np.maximum(np.abs(table).max(axis=0), 1e-9)
    seen = dict(zip(tables.names, np.asarray(tables.grams.sum(axis=0)).ravel(), strict=True))
    often = np.sqrt([max(1.0, seen.get(name, 1.0)) for name in names])
    order = np.argsort(-(np.abs(table) / limits).max(axis=1) * often, kind="stable")
    order = order[:MOST]
    model = replace(
        model,
        heads=tuple(replace(h, scale=float(limit / 127**2)) for h, limit in zip(heads, limits, strict=True)),
        hits=_hits(fitted, tables, prior, scales),
    )
    # The smallest weights are dropped column by column until the file fits; then whole n-grams.
    for part in (0.0, *DROPPED):
        smaller = _packed_as(model, names, table, limits, order, part)
        if len(packed(smaller)) <= most_bytes:
            return smaller
    while len(packed(smaller)) > most_bytes and len(order) > 1_000:
        order = order[: len(order) * 3 // 4]
        smaller = _packed_as(model, names, table, limits, order, part)
    return smaller


def _packed_as(
    model: Model, names: list[str], table: np.ndarray, limits: np.ndarray, order: np.ndarray, dropped: float
) -> Model:
    kept = sorted(order.tolist(), key=names.__getitem__)
    part = table[kept] / limits
    part[np.abs(part) < dropped] = 0.0
    # Square roots: most weights are small, and there are very many of them.
    codes = np.rint(np.sign(part) * np.sqrt(np.abs(part)) * 127).astype(np.int8)
    some = np.flatnonzero(codes.any(axis=1))
    return replace(model, grams=[names[kept[n]] for n in some], weights=codes[some])


def _table(fitted: Sequence[Fitted], tables: Tables, prior: Model | None) -> tuple[list[str], np.ndarray]:
    """(n-grams, weights): those of the examples, and those of the earlier model."""
    new = np.stack([one.grams for one in fitted], axis=1).astype(np.float64)
    if prior is None:
        return tables.names, new
    said = decoded(prior.weights) * prior.scales @ np.stack([one.prior for one in fitted], axis=1)
    index = {name: n for n, name in enumerate(tables.names)}
    rows = [index.setdefault(name, len(index)) for name in prior.grams]
    whole = np.zeros((len(index), new.shape[1]))
    whole[: len(new)] = new
    whole[rows] += said
    return list(index), whole


def _hits(
    fitted: Sequence[Fitted], tables: Tables, prior: Model | None, scales: np.ndarray
) -> dict[str, list[float]]:
    found = {name: [float(one.hits[n]) for one in fitted] for n, name in enumerate(tables.hit_names)}
    if prior is not None:
        pushed = np.stack([one.prior for one in fitted], axis=1)
        for name, row in prior.hits.items():
            said = np.array(row) @ pushed
            found[name] = list(np.array(found.get(name, [0.0] * len(fitted))) + said)
    return {name: [round(w * s, 4) for w, s in zip(row, scales, strict=True)] for name, row in found.items()}
