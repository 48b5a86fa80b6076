"""The door to DuckDB: one in-memory database a process, one question or batch at a time.

A DuckDB file that one process writes cannot even be read by another, so none is kept on disk.
Holds no SQL but the session's settings.
"""

import contextlib
import os
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import duckdb
import numpy as np

from ..base import EngineError

# A question that runs longer is interrupted; less than `manifest.GRACE_SECONDS`.
QUERY_SECONDS = 120

# Tables of a question that are arrays, by the names under which it reads them.
Tables = Mapping[str, Mapping[str, Any]]


class Gate:
    """One DuckDB in memory for this process, used by one question or one batch at a time.

    Two heavy questions at once would share the memory limit and the cores anyway.
    """

    def __init__(self, spill: Path, memory: str):
        self.spill, self.memory = spill, memory
        self._lock, self._pid = threading.Lock(), None

    def ask(
        self, text: str, prepare: Callable = lambda db: None, tables: Tables = MappingProxyType({})
    ) -> list[tuple]:
        """The rows of one question. Raises EngineError when it takes too long or lacks memory."""
        with self._timed(prepare, tables) as db:
            return db.execute(text).fetchall()

    def arrays(
        self, text: str, prepare: Callable = lambda db: None, tables: Tables = MappingProxyType({})
    ) -> dict[str, Any]:
        """The columns of one question as arrays, objects where something is null. Raises as `ask` does."""
        with self._timed(prepare, tables) as db:
            found = db.execute(text).fetchnumpy()
        return {name: _whole(values) for name, values in found.items()}

    @contextlib.contextmanager
    def _timed(self, prepare: Callable, tables: Tables) -> Iterator:
        """The connection for one question, after `prepare` has had it, with `tables` of arrays."""
        with self.connection() as db:
            prepare(db)
            for name, columns in tables.items():
                db.register(name, dict(columns))
            timer = threading.Timer(QUERY_SECONDS, db.interrupt)
            timer.start()
            try:
                yield db
            except duckdb.InterruptException:
                raise EngineError(
                    f"the question took over {QUERY_SECONDS} s and was stopped: ask for a shorter period"
                ) from None
            except duckdb.OutOfMemoryException as error:
                raise EngineError(
                    f"the question needs more memory than LINGYU_QUERY_MEMORY={self.memory}: {error}"
                ) from error
            finally:
                timer.cancel()
                for name in tables:
                    db.unregister(name)

    @contextlib.contextmanager
    def connection(self) -> Iterator:
        """The connection, opened on first use and again after a fork."""
        with self._lock:
            if self._pid != os.getpid():
                self._open()
            yield self._duck

    def _open(self) -> None:
        spill = self.spill
        try:
            spill.mkdir(parents=True, exist_ok=True)
        except OSError:
            # A store that can only be read is answered from all the same.
            spill = Path(tempfile.gettempdir()) / f"lingyu-spill-{os.getpid()}"
        self._duck = duckdb.connect(config={"memory_limit": self.memory, "temp_directory": str(spill)})
        self._duck.execute("SET TimeZone = 'UTC'")
        self._duck.execute("SET parquet_metadata_cache = true")
        self._pid = os.getpid()


def _whole(values: Any) -> np.ndarray:
    """An array without a mask: None stands where there is nothing."""
    if not isinstance(values, np.ma.MaskedArray):
        return values
    if not np.ma.is_masked(values):
        return values.data
    found = values.data.astype(object)
    found[values.mask] = None
    return found
