"""Retention in ClickHouse: of each person the units of starting and coming back, then cells by cohort.

"Never before" is asked of all history; who comes back within the unit of the start has to do it at that
moment or later. Holds no other kind of question.
"""

from lingyu.kernel.questions import ANY, Answer, Retention, Span
from lingyu.kernel.questions.days import ends, later, units_between

from ..framing import asked_days, complete_day
from ..retention import retention_answer, spans_of
from .expressions import events, mask
from .source import ClickFacts
from .table import facts
from .units import place, place_of

_START, _BACK = "bitTest(mask, 0)", "bitTest(mask, 1)"


def retention(asked: Retention, source: ClickFacts, chosen: str = "") -> Answer:
    """The answer to a retention; one row a cohort and column."""
    days = asked_days(asked, source)
    if days is None:
        return retention_answer(asked, source, [])
    spans, whole = spans_of(asked), complete_day(source)
    found = {unit: numbers for unit, *numbers in source.ask(_cells(asked, source, *days, spans, chosen))}
    cohorts = []
    for unit in units_between(*days, asked.unit):
        size, retained = found.get(place(unit, asked.unit), (0, [0] * len(spans)))
        over = [ends(later(unit, span.last, asked.unit), asked.unit) <= whole for span in spans]
        cohorts.append((unit, size, [n if known else None for n, known in zip(retained, over, strict=True)]))
    return retention_answer(asked, source, cohorts)


def _cells(
    asked: Retention, source: ClickFacts, first: int, last: int, spans: list[Span], chosen: str
) -> str:
    """(cohort, size, how many are retained in each span)."""
    history = source.first_day if asked.cohort == "first_ever" else first
    since = min(history, first)
    steps = [asked.start, asked.back]
    inside = f"day BETWEEN {first} AND {last}"
    again = "backs_at >= starts_at AND starts > 0 AND backs > 0"
    if asked.start == asked.back or (asked.back.event == ANY and asked.back.bare):
        again = "starts > 0"
    by_unit = (
        f"SELECT person, {place_of('day', asked.unit)} AS unit, "
        f"countIf({_START} AND {inside}) AS starts, minIf(ms, {_START} AND {inside}) AS starts_at, "
        f"countIf({_BACK} AND {inside}) AS backs, maxIf(ms, {_BACK} AND {inside}) AS backs_at, "
        f"countIf({_BACK} AND day >= {first}) > 0 AS is_back, "
        f"minOrNullIf(day, {_START} AND day <= {last}) AS started "
        f"FROM (SELECT person, day, ms, {mask(steps)} AS mask "
        f"FROM {facts(since, max(source.last_day, last), events(steps))} WHERE mask > 0 {chosen}) "
        "GROUP BY person, unit"
    )
    own = {
        "first_ever": f"if(min(started) >= {first}, [argMinOrNull(unit, started)], [])",
        "in_window": "[minOrNullIf(unit, starts > 0)]",
        "every": "groupArrayIf(toNullable(unit), starts > 0)",
    }[asked.cohort]
    by_person = (
        f"SELECT arrayJoin({own}) AS cohort, groupArrayIf(unit, is_back) AS returned, "
        f"groupArrayIf(unit, {again}) AS at_once FROM ({by_unit}) GROUP BY person"
    )
    lows = ", ".join(str(max(span.first, 1)) for span in spans)
    highs = ", ".join(str(_FAR if asked.mode == "rolling" else span.last) for span in spans)
    nought = ", ".join(str(int(span.first == 0)) for span in spans)
    return (
        "SELECT cohort, count(), sumForEach(arrayMap((low, high, nought) -> "
        "(nought AND has(at_once, cohort)) OR arrayExists(u -> u - cohort BETWEEN low AND high, returned), "
        f"[{lows}], [{highs}], [{nought}])) FROM ("
        f"SELECT assumeNotNull(cohort) AS cohort, returned, at_once FROM ({by_person}) "
        "WHERE isNotNull(cohort)) GROUP BY cohort"
    )


# Units from any cohort: beyond all history.
_FAR = 2**30
