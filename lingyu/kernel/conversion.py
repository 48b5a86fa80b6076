"""The conversion: which share of the people who did one thing then did another.

Beside the other kinds of metrics because it follows people from fact to fact, while those add up
rows; an engine computes it as a `Passage`.
"""

from dataclasses import dataclass
from datetime import timedelta

from .aggregates import Passage, Value
from .events import Event, own_fields
from .filters import parse
from .metrics import Metric, Unit


@dataclass(frozen=True, kw_only=True)
class Conversion(Metric):
    """Of the people who did `start` in a bucket, the share who did `finish` within the window after it.

    A person counts once in each bucket; `finish` at the very moment of `start` counts. People
    are `person`; facts without one are left out.
    """

    start: type[Event]
    finish: type[Event]
    within: timedelta
    start_where: str = ""
    finish_where: str = ""
    unit: Unit = "ratio"
    empty: Value = None
    additive = False

    def passage(self) -> Passage:
        """What an engine has to compute for it."""
        return Passage(
            self.start.name, self.finish.name, self.within, parse(self.start_where), parse(self.finish_where)
        )

    def dimensions(self) -> tuple[str, ...]:
        """Fields of the starting event: a person is counted under what they started with."""
        return tuple(sorted({*own_fields(self.start), "actor"}))

    def formula(self) -> str:
        return (
            f"people with {self.start.name}{_where(self.start_where)} then {self.finish.name}"
            f"{_where(self.finish_where)} within {self.within} ÷ people with the former"
        )


def _where(text: str) -> str:
    return f" where {text}" if text else ""
