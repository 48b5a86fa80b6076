"""Breaking down: which values are told apart, and the number of the group that an event is in.

The same groups as `explore.groups`, by how many people have a value, equal ones by the value. Holds no
counting of what is asked.
"""

from lingyu.kernel.questions import Step

from ...engines.click.sql import literal
from ..framing import OTHERS
from .expressions import events, of_step, read
from .source import ClickFacts
from .table import facts


def labels(
    source: ClickFacts, by: str, step: Step, first: int, last: int, top: int, chosen: str = ""
) -> list[str | None]:
    """The groups of the property `by` among the events of `step`: None for those without it, OTHERS last."""
    relation = facts(first, last, events([step]), nobody=True)
    rows = source.ask(
        f"SELECT value, uniqExactIf(person, person > 0) AS people "
        f"FROM (SELECT {read(by).text} AS value, person FROM {relation} WHERE {of_step(step)} {chosen}) "
        f"GROUP BY value ORDER BY people DESC, value ASC NULLS FIRST LIMIT {top + 1}"
    )
    found = [value for value, _people in rows[:top]]
    return [*found, OTHERS] if len(rows) > top else found


def number(value: str, told: list[str | None]) -> str:
    """The number of the group of a value, an expression that may be NULL; all others are the last one."""
    rest = len(told) - 1
    missing = told.index(None) if None in told else rest
    named = {label: place for place, label in enumerate(told) if label not in (None, OTHERS)}
    if not named:
        return f"toInt32(if(isNull({value}), {missing}, {rest}))"
    names = ", ".join(map(literal, named))
    places = ", ".join(map(str, named.values()))
    return (
        f"toInt32(if(isNull({value}), {missing}, "
        f"transform(assumeNotNull({value}), [{names}], [{places}], {rest})))"
    )
