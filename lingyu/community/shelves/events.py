"""Facts about shelves: a column was described.

Holds declarations only; `actions` records them. `column` is the column's address.
"""

from lingyu.kernel.events import Event, fact


@fact("shelves.described", zh="专栏简介修改", en="Column described")
class ColumnDescribed(Event):
    """`actor` wrote what a column is about, or changed it."""

    column: str
