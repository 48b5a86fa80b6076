"""The log of facts from outside: compacted out of the inbox, kept by day, explored by `lingyu.store.explore`.

Holds files below `<store>/log` and what writes and reads them; ADR 19 says how. Does not know what a
question means, nor how a protocol is read (`lingyu.kernel.facts.read`). One process writes at a time
(`lease`), any number read.
"""

from .catalog import Catalog, Segment
from .compacting import Compactor
from .door import Log, log
from .reading import LogSequences, sequences

__all__ = ["Catalog", "Compactor", "Log", "LogSequences", "Segment", "log", "sequences"]
