"""Why members are lost: Cox's model on what was seen of each in their first week, and its words.

Only what a first week shows is used, of members who stayed past it (a landmark): what somebody does later
depends on how long they stay, and would explain it with itself.
"""

from dataclasses import dataclass
from math import log1p

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lingyu.store.explore.hazards import Fit, NotEstimable, cox

from .book import Book
from .losing import Life

WEEK = 7
# Losses for each covariate below which a model only learns by heart.
LOSSES_EACH = 5
# A p-value below which the effect is said to change over time, and one below which it is told at all.
CHANGES, MATTERS = 0.05, 0.1


@dataclass(frozen=True)
class Seen:
    """What a member's first week showed."""

    days: int
    said: int
    first_day: bool


@dataclass(frozen=True)
class Effect:
    """One covariate's hazard ratio, in words, with its interval; `steady` whether it holds over time."""

    name: str
    words: str
    ratio: float
    low: float
    high: float
    p: float
    steady: bool | None

    @property
    def matters(self) -> bool:
        """Whether it is more than chance would bring about."""
        return self.p < MATTERS


def seen(book: Book, life: Life) -> Seen:
    """The first week of a life."""
    days = book.days_of(life.group, life.who)
    said = book.said[life.group].get(life.who, np.zeros(0, np.int64))
    inside = (days >= life.start) & (days < life.start + WEEK)
    count = int(inside.sum())
    return Seen(count, int(said[inside].sum()), bool((days == life.start).any()))


def _row(found: Seen) -> tuple[float, ...]:
    return float(found.days), log1p(found.said / found.days) if found.days else 0.0, float(found.first_day)


NAMES = ("days", "said_a_day", "first_day")


def fit(book: Book, those: list[Life]) -> Fit | None:
    """The model; None where too few were lost to say anything."""
    past = [life for life in those if life.days > WEEK]
    lost = sum(bool(life.lost) for life in past)
    if lost < LOSSES_EACH * len(NAMES) or lost == len(past):
        return None
    table = np.array([_row(seen(book, life)) for life in past])
    varied = tuple(i for i in range(len(NAMES)) if np.ptp(table[:, i]) > 1e-9)
    if not varied:
        return None
    durations = np.array([life.days - WEEK for life in past], float)
    try:
        ended = np.array([bool(life.lost) for life in past])
        return cox(durations, ended, table[:, varied], tuple(NAMES[i] for i in varied))
    except (NotEstimable, np.linalg.LinAlgError):
        return None


def effects(found: Fit) -> list[Effect]:
    """The model in words, the strongest first."""
    words = {
        "days": _("each further active day in the first week"),
        "said_a_day": _("more messages on an active day (each time e-fold)"),
        "first_day": _("spoke on the day of joining"),
    }
    told = []
    for name, steady in zip(found.names, found.proportional, strict=True):
        low, high = found.interval(name)
        holds = None if steady is None else steady >= CHANGES
        told.append(Effect(name, words[name], found.ratio(name), low, high, found.p_value(name), holds))
    return sorted(told, key=lambda e: e.p)


def multiplier(found: Fit | None, week: Seen) -> float:
    """A member's hazard beside that of somebody average."""
    if found is None:
        return 1.0
    row = dict(zip(NAMES, _row(week), strict=True))
    return float(found.risk(np.array([[row[name] for name in found.names]]))[0])


def told(found: Fit | None, week: Seen) -> list[str]:
    """What of their first week raises somebody's risk, and by how much."""
    if found is None:
        return []
    row = dict(zip(NAMES, _row(week), strict=True))
    said = []
    for at, name in enumerate(found.names):
        factor = float(np.exp(found.coefficients[at] * (row[name] - found.means[at])))
        if found.p_value(name) < MATTERS and factor >= 1.05:
            said.append(_why(name, week, float(found.means[at]), factor))
    return said


def _why(name: str, week: Seen, mean: float, factor: float) -> str:
    times = {"times": f"{factor:.1f}"}
    if name == "days":
        words = ngettext(
            "active on %(days)d day of the first week, others on %(mean)s: risk × %(times)s",
            "active on %(days)d days of the first week, others on %(mean)s: risk × %(times)s",
            week.days,
        )
        return words % {"days": week.days, "mean": f"{mean:.1f}", **times}
    if name == "first_day":
        return (
            _("did not speak on the day of joining: risk × %(times)s") % times
            if not week.first_day
            else (_("spoke on the day of joining, which here goes with leaving: risk × %(times)s") % times)
        )
    few = week.said / week.days < np.expm1(mean) if week.days else True
    return (
        _("few messages on an active day: risk × %(times)s")
        if few
        else _("many messages on an active day, which here goes with leaving: risk × %(times)s")
    ) % times
