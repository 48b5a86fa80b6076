"""Facts of the rings: found, and answered by a person.

Holds declarations only; `actions` records them.
"""

from uuid import UUID

from lingyu.kernel.events import Event, fact


@fact("rings.found", zh="发现协同账号群", en="Ring found")
class RingFound(Event):
    """A cluster of `size` accounts seems to act together; no person has looked yet."""

    ring: UUID
    size: int


@fact("rings.answered", zh="协同账号群核实", en="Ring answered")
class RingAnswered(Event):
    """`actor` said of a ring whether its accounts act together (`outcome` confirmed or dismissed)."""

    ring: UUID
    size: int
    outcome: str
