"""What the engine answered, kept until facts come in.

Holds the one cache of numbers. A key begins with the version of the store, so a kept answer is
never older than the facts; nothing has to be told to forget.
"""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from ..engines import engine
from ..engines.base import Found, PassageScan, Scan

# Answers kept in a process; the small ones of desks, some kilobytes each.
KEPT = 512
# An answer with more rows than this is not kept.
ROWS = 20_000


class Answers:
    """The engine's answers under one version of the store, as one set of questions needs them."""

    def __init__(self):
        self.engine = engine()
        self.version = self.engine.version()

    def changed(self) -> bool:
        """Whether facts have come in since: then these answers may not fit each other."""
        return self.engine.version() != self.version

    def scan(self, scan: Scan) -> list[Found]:
        """See Engine.scan."""
        return self._keep(scan, lambda: self.engine.scan(scan))

    def passage(self, scan: PassageScan) -> list[Found]:
        """See Engine.passage."""
        return self._keep(scan, lambda: self.engine.passage(scan))

    def extent(self, names: tuple[str, ...], at: str):
        """See Engine.extent."""
        return self._keep(("extent", names, at), lambda: self.engine.extent(names, at))

    def values(self, field: str, names: tuple[str, ...]) -> list:
        """See Engine.values."""
        return self._keep(("values", names, field), lambda: self.engine.values(field, names))

    def _keep(self, key, make: Callable):
        full = (id(self.engine), self.version, key)
        with _lock:
            if full in _kept:
                _kept.move_to_end(full)
                return _kept[full]
        made = make()
        if made is None or len(made) <= ROWS:
            with _lock:
                _kept[full] = made
                while len(_kept) > KEPT:
                    _kept.popitem(last=False)
        return made


_kept: OrderedDict[tuple, object] = OrderedDict()
_lock = Lock()
