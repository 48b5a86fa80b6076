"""Who meets a nested condition, as a test on `person` within a statement.

The same people as `explore.segments`: everybody, of whom "not" takes away, is whoever has any event. Holds no
counting of them.
"""

from datetime import timedelta

from lingyu.kernel import filters
from lingyu.kernel.questions import And, Condition, Did, Latest, Not, Or, Saved, Sequence

from ..segments import Shelf, nothing_saved, opened, window
from .expressions import Read, condition, events, of_step, read
from .source import ClickFacts
from .table import facts

# How DuckDB reads a flag in a text.
_TRUE, _FALSE = "('true', 't', 'yes', 'y', '1')", "('false', 'f', 'no', 'n', '0')"


def chosen(asked: Condition | None, source: ClickFacts, saved: Shelf = nothing_saved) -> str:
    """`AND …`, which lets only the people through who meet `asked`; nothing where all are meant."""
    return "" if asked is None else f"AND person > 0 AND {meets(asked, source, saved)}"


def meets(asked: Condition, source: ClickFacts, saved: Shelf = nothing_saved, within=()) -> str:
    """The test. Raises QuestionError for a saved segment that is not there or stands on itself."""
    match asked:
        case Did():
            return _did(asked, source)
        case Sequence():
            return _sequence(asked, source)
        case Latest():
            return _latest(asked, source)
        case Saved(name=name):
            return meets(opened(name, saved, within), source, saved, (*within, name))
        case Not(item=item):
            return f"NOT ({meets(item, source, saved, within)})"
        case And(items=items) | Or(items=items):
            word, none = (" AND ", "1") if isinstance(asked, And) else (" OR ", "0")
            return "(" + (word.join(meets(item, source, saved, within) for item in items) or none) + ")"
    raise TypeError(f"no condition: {asked!r}")


def everybody(source: ClickFacts) -> str:
    """Whoever has any event, as a table of `person`."""
    return f"(SELECT DISTINCT person FROM {facts(source.first_day or 0, source.last_day or -1)})"


def _did(asked: Did, source: ClickFacts) -> str:
    """Nought times is no row: who may have done it that often are all but those who did it more."""
    relation = facts(*window(asked, source), events([asked.step]))
    times = f"SELECT person FROM {relation} WHERE {of_step(asked.step)}"
    if asked.at_least > 0:
        most = "" if asked.at_most is None else f"AND count() <= {asked.at_most}"
        return f"person IN ({times} GROUP BY person HAVING count() >= {asked.at_least} {most})"
    if asked.at_most is None:
        return "1"
    return f"NOT (person IN ({times} GROUP BY person HAVING count() > {asked.at_most}))"


def _sequence(asked: Sequence, source: ClickFacts) -> str:
    """Counts are all that is asked: `windowFunnel` has the same order of ties, and the window's end in it."""
    steps = ", ".join(of_step(step) for step in asked.steps)
    milliseconds = asked.within // timedelta(milliseconds=1)
    return (
        f"person IN (SELECT person FROM {facts(*window(asked, source), events(asked.steps))} GROUP BY person "
        f"HAVING windowFunnel({milliseconds})(toUInt64(ms), {steps}) = {len(asked.steps)})"
    )


def _latest(asked: Latest, source: ClickFacts) -> str:
    where = filters.parse(asked.where)
    names = sorted(filters.fields_of(where))
    known = {name: f"known{place}" for place, name in enumerate(names)}
    columns = ", ".join(_last(read(name), column) for name, column in known.items())
    everything = facts(source.first_day or 0, source.last_day or 0)
    return (
        f"person IN (SELECT person FROM (SELECT person, {columns} FROM {everything} GROUP BY person) "
        f"WHERE {condition(where, lambda name: _known(read(name), known[name]))})"
    )


def _last(found: Read, column: str) -> str:
    """Text and number of the last event that carries the property."""
    value = f"({found.text}, {found.number or 'CAST(NULL, ' + repr('Nullable(Float64)') + ')'})"
    return f"argMaxIf({value}, (ms, event), isNotNull({found.text})) AS {column}"


def _known(found: Read, column: str) -> Read:
    """A flag is read in the text, as DuckDB does of what is known of a person."""
    text = f"{column}.1"
    flag = f"multiIf(lower({text}) IN {_TRUE}, true, lower({text}) IN {_FALSE}, false, NULL)"
    return Read(text, f"{column}.2" if found.number else "", flag)
