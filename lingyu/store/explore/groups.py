"""Breaking down: which values of a property are told apart, and which group an event is in.

Values are told apart by how many people have them; equal ones by the value. All further values are one group,
and so are events without the property. Holds no counting of what is asked.
"""

from typing import NamedTuple

import numpy as np
from pyroaring import BitMap

from lingyu.kernel.questions import Step

from .bitmaps import numbers_of
from .expressions import as_text, columns_of, of_step
from .framing import OTHERS
from .sequences import Sequences


class Groups(NamedTuple):
    """The groups of a property: `labels` by number, None for events without it, OTHERS last if there are
    more.
    """

    by: str
    labels: list[str | None]

    def table(self) -> dict[str, np.ndarray]:
        """The values with their numbers, for a query to join."""
        told = [label for label in self.labels if label != OTHERS]
        values = np.array([label or "" for label in told], object)
        missing = np.array([label is None for label in told], bool)
        return {"value": values, "missing": missing, "number": np.arange(len(told), dtype=np.int32)}

    def join(self, source: Sequences) -> str:
        """The join that gives a fact its `grouping.number`; NULL for the others."""
        value = as_text(source, self.by)
        return (
            f"LEFT JOIN grouping ON grouping.missing = ({value} IS NULL) "
            f"AND grouping.value = coalesce({value}, '')"
        )

    def number(self) -> str:
        """The group's number as SQL, after that join; nought where there are no groups at all."""
        return f"coalesce(grouping.number, {max(len(self.labels) - 1, 0)})::INTEGER"

    def column(self, source: Sequences) -> str:
        """The relation's column that it reads."""
        return source.property(self.by).column


def groups(
    source: Sequences, by: str, step: Step, first: int, last: int, top: int, among: BitMap | None = None
) -> Groups:
    """The groups of the property `by` among the events of `step` in these days."""
    needed = {"event", "person", "day", source.property(by).column} | columns_of(source, step.where)
    chosen, tables = members(among)
    rows = source.ask(
        f"SELECT {as_text(source, by)} AS value, count(DISTINCT person) AS people "
        f"FROM {source.relation(needed, first, last)} AS facts WHERE {of_step(source, step)} {chosen} "
        f"GROUP BY value ORDER BY people DESC, value NULLS FIRST LIMIT {top + 1}",
        **tables,
    )
    labels = [value for value, _people in rows[:top]]
    return Groups(by, [*labels, OTHERS] if len(rows) > top else labels)


def members(among: BitMap | None) -> tuple[str, dict[str, dict[str, np.ndarray]]]:
    """The condition that a query's people are among these, and the table that it needs."""
    if among is None:
        return "", {}
    return (
        "AND person IN (SELECT member FROM members)",
        {"members": {"member": numbers_of(among)}},
    )
