"""What the engine answered, kept until facts come in.

Holds the one cache of numbers. A key begins with the version of the store, so a kept answer is
never older than the facts; nothing has to be told to forget.
"""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from lingyu.kernel.query import Result

from ..engines import engine
from ..engines.base import Found, PassageScan, Scan
from .plan import Resolved

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

    def result(self, resolved: Resolved) -> Result | None:
        """The whole answer to a question that was asked before under this version."""
        with _lock:
            return _kept.get(self._key(resolved))

    def keep_result(self, resolved: Resolved, result: Result) -> Result:
        """Keep a whole answer: putting many rows together costs more than finding them."""
        if len(result.rows) <= ROWS:
            self._put(self._key(resolved), result)
        return result

    def _keep(self, key, make: Callable):
        full = self._key(key)
        with _lock:
            if full in _kept:
                _kept.move_to_end(full)
                return _kept[full]
        made = make()
        if made is None or len(made) <= ROWS:
            self._put(full, made)
        return made

    def _key(self, asked) -> tuple:
        return self.engine, self.version, asked

    def _put(self, key: tuple, made) -> None:
        with _lock:
            _kept[key] = made
            while len(_kept) > KEPT:
                _kept.popitem(last=False)


_kept: OrderedDict[tuple, object] = OrderedDict()
_lock = Lock()
