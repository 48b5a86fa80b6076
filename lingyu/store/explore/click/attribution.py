"""Attribution in ClickHouse: of each conversion the touches before it, and what each model makes of them.

Shares are counted as whole numbers (so many conversions had so many touches) and divided at the end, so that
no sum of fractions depends on the order of rows. Holds no other kind of question.
"""

from datetime import timedelta

import numpy as np

from lingyu.kernel.questions import MODELS, Answer, Attribution

from ..attribution import CHANNELS, HEADS, credited, ranks
from ..framing import answer, asked_days
from .expressions import as_number, events, mask, read
from .grouping import labels, number
from .source import ClickFacts
from .table import facts

_DAY = timedelta(days=1)
_FIRST, _LAST, _KNOWN, _LINEAR = (MODELS.index(m) for m in ("first", "last", "last_non_direct", "linear"))


def attribution(asked: Attribution, source: ClickFacts, chosen: str = "") -> Answer:
    """The answer to an attribution; one row a model and channel."""
    days = asked_days(asked, source)
    if days is None:
        return answer(asked, source, HEADS, [], {"conversions": 0, "value": None})
    first, last = days
    earliest = first - -(-asked.lookback // _DAY) - 1
    told = labels(source, asked.property, asked.touch, earliest, last, CHANNELS, chosen)
    credit = np.zeros((2, len(MODELS), len(told) + 1))
    for model, channel, parts, conversions, value in source.ask(
        _statement(asked, earliest, first, last, told, chosen)
    ):
        credit[:, model, channel] += conversions / parts, value / parts
    return credited(asked, source, told, credit)


def _statement(
    asked: Attribution, earliest: int, first: int, last: int, told: list[str | None], chosen: str
) -> str:
    """(model, channel or -1, by how many it is shared, conversions, their value)."""
    steps = [asked.touch, asked.conversion]
    worth = f"ifNull({as_number(asked.value)}, 0)" if asked.value else "toFloat64(1)"
    rows = (
        f"SELECT person, day, ms, {mask(steps)} AS mask, {number(read(asked.property).text, told)} AS grp, "
        f"{worth} AS worth FROM {facts(earliest, last, events(steps))} WHERE mask > 0 {chosen}"
    )
    ranked = ", ".join(map(str, ranks(told).tolist()))
    people = (
        f"SELECT arraySort(groupArrayIf((ms, [{ranked}][grp + 1], grp), bitTest(mask, 0))) AS touches, "
        f"groupArrayIf((ms, worth), bitTest(mask, 1) AND day >= {first}) AS conversions "
        f"FROM ({rows}) GROUP BY person"
    )
    lookback = asked.lookback // timedelta(milliseconds=1)
    before = (
        "SELECT conversion.2 AS worth, arrayMap(x -> x.3, arrayFilter("
        f"x -> x.1 BETWEEN conversion.1 - {lookback} AND conversion.1, touches)) AS touched "
        f"FROM (SELECT touches, arrayJoin(conversions) AS conversion FROM ({people}))"
    )
    direct = [str(n) for n, label in enumerate(told) if label is None or label in asked.direct]
    known = f"arrayFilter(g -> NOT has([{', '.join(direct)}], g), touched)" if direct else "touched"
    everyone = ", ".join(f"({model}, -1, 1)" for model in range(len(MODELS)))
    credits = (
        f"if(empty(touched), [{everyone}], arrayConcat([({_FIRST}, touched[1], 1), "
        f"({_LAST}, touched[-1], 1), ({_KNOWN}, if(empty({known}), touched[-1], {known}[-1]), 1)], "
        f"arrayMap(g -> ({_LINEAR}, g, length(touched)), touched)))"
    )
    return (
        "SELECT credit.1 AS model, credit.2 AS channel, credit.3 AS parts, count(), sum(worth) "
        f"FROM (SELECT worth, arrayJoin({credits}) AS credit FROM ({before})) GROUP BY model, channel, parts"
    )
