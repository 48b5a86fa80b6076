"""Numbers of names as numbers of people, within DuckDB: the joins as a table, remade when they change.

Holds no rule of who is joined (`people`).
"""

import threading

import numpy as np

from .people import Joins


class Canon:
    """The joins of one log in one DuckDB; `use` it while holding the connection."""

    def __init__(self):
        self._lock = threading.Lock()
        self._made: tuple[int, object] | None = None

    def use(self, db, joins: Joins) -> str:
        """SQL for the person of a fact's `person`, for facts named `f` joined with what `join` says."""
        with self._lock:
            if self._made != (id(db), joins.version):
                flat = joins.flat()
                numbers = {
                    "child": np.fromiter(flat.keys(), dtype=np.uint32, count=len(flat)),
                    "root": np.fromiter(flat.values(), dtype=np.uint32, count=len(flat)),
                }
                db.register("joins_now", numbers)
                db.execute("CREATE OR REPLACE TEMP TABLE canon AS SELECT child, root FROM joins_now")
                db.unregister("joins_now")
                self._made = (id(db), joins.version)
        return "coalesce(c.root, f.person)"


# What a relation of facts `f` is joined with for that.
JOIN = "LEFT JOIN canon c ON c.child = f.person"
