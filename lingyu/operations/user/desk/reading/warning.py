"""Who may be lost soon, ranked by what could be saved: risk × value × what messages have been seen to do.

The risk is the chance of not coming back after the silence so far (the group's return curve), bent by what
their first week says (Cox). The value is how much they bring in: valid messages in 30 days, as they were used
to. Whether a message changes anything is known only where one was measured against a hold-out.
"""

from dataclasses import dataclass
from uuid import UUID

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lingyu.store.explore.silence import Returns

from ...models import Group
from . import losing, reasons
from .book import Book, Stay

# Days of which the value is told.
MONTH, USUAL = 30, 90
# Risks below this are nobody's to worry about.
WORTH = 0.2


@dataclass(frozen=True)
class Warned:
    """One member at risk: `saved` is risk × value × uplift, or risk × value where the uplift is unknown."""

    group: Group
    who: UUID
    silent: int
    risk: float
    value: float
    saved: float
    why: tuple[str, ...]


def warned(book: Book, curves: dict[UUID, Returns | None], uplift: float | None) -> list[Warned]:
    """Members who are silent, not lost yet, and less likely than others to come back; the worthiest first."""
    found = []
    for group in book.groups:
        curve = curves[group.id]
        if curve is None:
            continue
        model = reasons.fit(book, losing.lives(book, group.id, curve.threshold))
        for stay in book.last_stays(group.id).values():
            one = _one(book, group, stay, curve, model, uplift)
            if one:
                found.append(one)
    return sorted(found, key=lambda w: (-w.saved, -w.risk, str(w.who)))


def _one(book: Book, group: Group, stay: Stay, curve: Returns, model, uplift: float | None) -> Warned | None:
    days = book.days_of(group.id, stay.who)
    if stay.left is not None or not len(days):
        return None
    silent = book.until - int(days[-1])
    gone = curve.threshold is not None and silent >= curve.threshold
    if not silent or gone or silent >= len(curve.chance):
        return None
    life = losing.Life(group.id, stay.who, stay.joined, book.until - stay.joined, "")
    week = reasons.seen(book, life)
    # Proportional hazards of staying away: the chance of it to the power of the ratio.
    back = curve.chance[silent]
    risk = (1 - back) ** (1 / max(reasons.multiplier(model, week), 1e-6)) if back < 1 else 0.0
    value = _value(book, group.id, stay.who)
    if risk < WORTH or not value:
        return None
    saved = risk * value * (uplift if uplift is not None else 1.0)
    why = (*_why(days, silent, back, curve), *reasons.told(model, week))
    return Warned(group, stay.who, silent, risk, value, saved, why)


def _value(book: Book, group: UUID, who: UUID) -> float:
    """Valid messages in 30 days, over the 90 days before they fell silent or as long as they are known."""
    days, said = book.active[group][who], book.said[group][who]
    last = int(days[-1])
    inside = days > last - USUAL
    length = max(MONTH, min(USUAL, last - int(days[0]) + 1))
    return float(said[inside].sum()) * MONTH / length


def _why(days: np.ndarray, silent: int, back: float, curve: Returns) -> list[str]:
    said = [ngettext("silent for %(days)d day", "silent for %(days)d days", silent) % {"days": silent}]
    pauses = np.diff(days)
    if len(pauses) >= 3 and silent > np.median(pauses):
        usual = float(np.median(pauses))
        said[0] += " " + _("(half of their pauses were at most %(days)s)") % {"days": f"{usual:g}"}
    said.append(
        _("of who is silent for so long, %(share)s come back within %(days)d days")
        % {"share": f"{back:.0%}", "days": curve.within}
    )
    return said
