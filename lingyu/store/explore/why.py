"""Why somebody is in a segment, or is not: every condition of it with what it was decided by.

Reads one person's events. Holds no counting of people.
"""

from datetime import timedelta
from typing import Any

import msgspec

from lingyu.kernel import filters
from lingyu.kernel.questions import And, Condition, Did, Latest, Not, Or, Saved, Sequence

from .expressions import as_text, columns_of, of_step
from .framing import local
from .segments import Shelf, nothing_saved, opened, people, window
from .sequences import Sequences

EXAMPLES = 5


class Reason(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A condition, whether the person meets it, what shows that, and the reasons that it is composed of."""

    condition: dict[str, Any]
    met: bool
    evidence: dict[str, Any] = {}
    reasons: list["Reason"] = []


def why(
    person: int, asked: Condition, source: Sequences, saved: Shelf = nothing_saved, within: tuple = ()
) -> Reason:
    """Why `person` meets `asked`, or does not; the same verdict as `segments.people` for each part of it."""
    evidence: dict[str, Any] = {}
    reasons: list[Reason] = []
    match asked:
        case Did():
            evidence = _times(person, asked, source)
        case Sequence():
            evidence = _farthest(person, asked, source)
        case Latest():
            evidence = _values(person, asked, source)
        case Saved(name=name):
            reasons = [why(person, opened(name, saved, within), source, saved, (*within, name))]
        case Not(item=item):
            reasons = [why(person, item, source, saved, within)]
        case And(items=items) | Or(items=items):
            reasons = [why(person, item, source, saved, within) for item in items]
    met = _met(person, asked, reasons, source, saved)
    return Reason(condition=msgspec.to_builtins(asked), met=met, evidence=evidence, reasons=reasons)


def _met(person: int, asked: Condition, reasons: list[Reason], source: Sequences, saved: Shelf) -> bool:
    match asked:
        case Not():
            return not reasons[0].met
        case And():
            return all(reason.met for reason in reasons)
        case Or():
            return any(reason.met for reason in reasons)
        case Saved():
            return reasons[0].met
    return person in people(asked, source, saved)


def _rows(person: int, steps, source: Sequences, first: int, last: int) -> list[tuple]:
    """The person's events that are any of `steps`: milliseconds, the event, and which steps as bits."""
    bits = " | ".join(f"CASE WHEN {of_step(source, s)} THEN {1 << k} ELSE 0 END" for k, s in enumerate(steps))
    needed = {"event", "person", "time", "day"}.union(*(columns_of(source, s.where) for s in steps))
    return source.ask(
        f"SELECT epoch_ms(time) AS ms, event, {bits} AS mask FROM {source.relation(needed, first, last)} "
        f"WHERE person = {person:d} AND mask > 0 ORDER BY ms, mask, event"
    )


def _times(person: int, asked: Did, source: Sequences) -> dict[str, Any]:
    rows = _rows(person, [asked.step], source, *window(asked, source))
    return {
        "times": len(rows),
        "latest": [{"time": local(ms, source), "event": event} for ms, event, _mask in rows[-EXAMPLES:]],
    }


def _farthest(person: int, asked: Sequence, source: Sequences) -> dict[str, Any]:
    """The first time that the most steps were taken in time: each with its moment."""
    rows = _rows(person, asked.steps, source, *window(asked, source))
    within = asked.within // timedelta(milliseconds=1)
    chains: list[list[int]] = [[] for _ in asked.steps]
    best: list[int] = []
    moments: dict[int, int] = {}
    for ms, _event, mask in rows:
        moments[ms] = moments.get(ms, 0) | mask
    for ms, mask in moments.items():
        for k in range(len(asked.steps)):
            before = chains[k - 1] if k else []
            if mask >> k & 1 and (k == 0 or (before and ms - before[0] <= within)):
                chains[k] = [*before, ms]
                best = chains[k] if k + 1 > len(best) else best
    steps = [{"step": s.name, "time": local(ms, source)} for s, ms in zip(asked.steps, best, strict=False)]
    return {"taken": len(best), "of": len(asked.steps), "steps": steps}


def _values(person: int, asked: Latest, source: Sequences) -> dict[str, Any]:
    found = {}
    for field in sorted(filters.fields_of(filters.parse(asked.where))):
        value, needed = as_text(source, field), {"event", "person", "time", source.property(field).column}
        facts = source.relation(needed, source.first_day or 0, source.last_day or 0)
        rows = source.ask(
            f"SELECT {value} AS value, epoch_ms(time) AS ms, event FROM {facts} "
            f"WHERE person = {person:d} AND value IS NOT NULL ORDER BY time DESC, event DESC LIMIT 1"
        )
        found[field] = (
            {"value": rows[0][0], "time": local(rows[0][1], source), "event": rows[0][2]} if rows else None
        )
    return {"values": found}
