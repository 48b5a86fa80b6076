"""Facts about searching.

Holds declarations only; `actions` records them.
"""

from lingyu.kernel.events import Event, fact


@fact("search.asked", zh="站内搜索", en="Search asked")
class SearchAsked(Event):
    """Somebody looked for `query` and was shown how many things were `found`; nought is a gap to fill.
    Of what is found very often so many are counted as are compared (`index.base.NEWEST`).

    Nobody is named: what people look for is their own affair. One for a query, not for its further pages.
    """

    query: str
    found: int
