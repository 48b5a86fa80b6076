"""The inbox: requests from outside, durable before they are acknowledged, until they have been compacted.

Holds the files and what writes and reads them. Does not understand a request: `lingyu.kernel.facts.read`
does, by what the collector registered. ADR 18 says why requests are kept as they came.
"""

from .files import Damaged, Row
from .inbox import Inbox, Position
from .writing import Full, Unavailable, Writer

__all__ = ["Damaged", "Full", "Inbox", "Position", "Row", "Unavailable", "Writer"]
