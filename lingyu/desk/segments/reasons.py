"""Why somebody is in a segment, for a page: each condition in words, whether met, and what shows it."""

from datetime import datetime
from typing import NamedTuple

from lingyu.kernel.questions import Condition
from lingyu.store.explore.sequences import Sequences
from lingyu.store.explore.why import Reason, why

from . import shelf, words


class Shown(NamedTuple):
    """One condition: in words, met or not, the evidence as moments (when, what), and its parts."""

    words: str
    met: bool
    times: int | None
    taken: tuple[int, int] | None
    moments: list[tuple[datetime | None, str]]
    parts: list["Shown"]


def reasons(number: int, condition: Condition, source: Sequences) -> Shown:
    """Why the person of this number meets a condition, or does not."""
    return _shown(why(number, condition, source, shelf.condition_of))


def _shown(reason: Reason) -> Shown:
    found = reason.evidence
    moments = [(_at(one["time"]), one["event"]) for one in found.get("latest", ())]
    moments += [(_at(one["time"]), one["step"]) for one in found.get("steps", ())]
    for name, value in found.get("values", {}).items():
        said = f"{name} = {value['value']}" if value else f"{name} = –"
        moments.append((_at(value["time"]) if value else None, said))
    taken = (found["taken"], found["of"]) if "taken" in found else None
    told = words.head(shelf.read(reason.condition))
    return Shown(told, reason.met, found.get("times"), taken, moments, [_shown(r) for r in reason.reasons])


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)
