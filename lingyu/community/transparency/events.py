"""Facts of transparency: a month's numbers were published.

Holds declarations only; `actions` records them.
"""

from datetime import date

from lingyu.kernel.events import Event, fact


@fact("transparency.published", zh="治理数据公布", en="Numbers published")
class NumbersPublished(Event):
    """The house published the numbers of `month` (its first day); `digest` seals them and all before."""

    month: date
    digest: str
