"""Attribution: which channels conversions go back to, by several models at once.

Touches at the very moment of a conversion are before it, and the look-back's end belongs to it. Every
conversion is worth one (or its value), split without rest among touches. Holds no costs.
"""

from datetime import timedelta

import numpy as np
from numba import njit
from pyroaring import BitMap

from lingyu.kernel.questions import MODELS, Answer, Attribution

from .bitmaps import numbers_of
from .expressions import as_number
from .framing import answer, asked_days, columns, share
from .groups import groups
from .matching import picked
from .sequences import Arrays, Sequences

UNTOUCHED = "*none*"
HEADS = columns(model="text", channel="text", conversions="number", share="share", value="number")
CHANNELS = 1_000
_DAY = timedelta(days=1)


def attribution(asked: Attribution, source: Sequences, among: BitMap | None = None) -> Answer:
    """The answer to an attribution; one row a model and channel, the greatest first. Who had no touch is
    `*none*`.
    """
    days = asked_days(asked, source)
    if days is None:
        return answer(asked, source, HEADS, [], {"conversions": 0, "value": None})
    first, last = days
    labels, rows = _touched(asked, source, first, last, among)
    direct = np.array([label is None or label in asked.direct for label in labels], bool)
    credit = np.zeros((2, len(MODELS), len(labels) + 1))
    _credit(
        rows["person"], rows["ms"], rows["mask"], rows["grp"], rows["value"], rows["day"] >= first, direct,
        asked.lookback // timedelta(milliseconds=1), credit,
    )  # fmt: skip
    return credited(asked, source, labels, credit)


def credited(asked: Attribution, source: Sequences, labels: list[str | None], credit: np.ndarray) -> Answer:
    """The answer out of what each model credits each channel with; the last place is that of no touch."""
    total, worth = float(credit[0, 0].sum()), float(credit[1, 0].sum())
    found = []
    for model in asked.models:
        conversions, values = credit[:, MODELS.index(model)]
        for place in np.lexsort((np.arange(len(labels) + 1), -conversions)):
            if conversions[place]:
                found.append(
                    {
                        "model": model,
                        "channel": labels[place] if place < len(labels) else UNTOUCHED,
                        "conversions": float(conversions[place]),
                        "share": share(float(conversions[place]), total),
                        "value": float(values[place]) if asked.value else None,
                    }
                )
    return answer(
        asked, source, HEADS, found, {"conversions": round(total), "value": worth if asked.value else None}
    )


def _touched(
    asked: Attribution, source: Sequences, first: int, last: int, among: BitMap | None
) -> tuple[list[str | None], Arrays]:
    """The channels, and everybody's touches (bit 0) and conversions (bit 1) in order."""
    earliest = first - -(-asked.lookback // _DAY) - 1
    told = groups(source, asked.property, asked.touch, earliest, last, CHANNELS, among)
    worth = as_number(source, asked.value) if asked.value else "1"
    needed = {told.column(source)} | ({source.property(asked.value).column} if asked.value else set())
    rows = picked(
        source, [asked.touch, asked.conversion], earliest, last,
        further=f", {told.number()} AS grp, coalesce({worth}, 0)::DOUBLE AS value",
        columns=needed, join=told.join(source), grouping=told.table(),
    )  # fmt: skip
    if among is not None:
        chosen = np.isin(rows["person"], numbers_of(among))
        rows = {name: column[chosen] for name, column in rows.items()}
    # Touches of one moment go by their channel, so that every engine has the same last one.
    order = np.lexsort((ranks(told.labels)[rows["grp"]], rows["ms"], rows["person"]))
    return told.labels, {name: np.ascontiguousarray(column[order]) for name, column in rows.items()}


def ranks(labels: list[str | None]) -> np.ndarray:
    """The places of channels in the order of their names; one more for what is in none."""
    by_label = sorted(range(len(labels)), key=lambda place: labels[place] or "")
    return np.argsort([*by_label, len(by_label)])


@njit(cache=True, nogil=True)
def _credit(person, ms, mask, channel, value, counted, direct, lookback, credit):
    """Walk over rows in the order of (person, ms); `credit` is conversions and values by model and
    channel.
    """
    n = len(person)
    low = ahead = 0
    for i in range(n):
        if i and person[i] != person[i - 1]:
            low = i
        if not mask[i] & 2 or not counted[i]:
            continue
        while ms[low] < ms[i] - lookback:
            low += 1
        ahead = i + 1
        while ahead < n and person[ahead] == person[i] and ms[ahead] == ms[i]:
            ahead += 1
        first = last = known = -1
        touches = 0
        for j in range(low, ahead):
            if mask[j] & 1:
                touches += 1
                last = channel[j]
                first = channel[j] if first < 0 else first
                known = known if direct[channel[j]] else channel[j]
        worth = value[i]
        if not touches:
            for model in range(4):
                credit[0, model, -1] += 1
                credit[1, model, -1] += worth
            continue
        for model, place in ((0, first), (1, last), (2, known if known >= 0 else last)):
            credit[0, model, place] += 1
            credit[1, model, place] += worth
        for j in range(low, ahead):
            if mask[j] & 1:
                credit[0, 3, channel[j]] += 1 / touches
                credit[1, 3, channel[j]] += worth / touches
