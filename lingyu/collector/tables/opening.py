"""A file of events, whichever kind it is: its columns, which of them hold what, and its entries.

Holds the choice between tables and JSON lines. A mapping that somebody confirmed is remembered.
"""

import contextlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from lingyu.store.intake.files import Table, open_table
from lingyu.store.intake.mapping import guess, known_names, recall
from lingyu.store.intake.reader import Errors, Rules

from .columns import FIELDS
from .reading import Entry, is_lines, names_of, read_lines, read_table

# Under which name confirmed mappings are remembered.
IMPORTER = "events"


class EventFile:
    """One opened file; `columns` are its own names, `size` its bytes."""

    def __init__(self, path: Path, table: Table | None):
        self.path, self._table = path, table
        self.columns = tuple(c for c in (table.columns if table else names_of(path)) if c)
        self.size = table.size if table else path.stat().st_size

    def mapping(self, given: Mapping[str, str]) -> dict[str, str]:
        """{field: column}: as given, else as remembered, else by names; a field given nothing has none."""
        found = recall(IMPORTER, self.columns) or guess(self.columns, FIELDS)
        return {field: column for field, column in {**found, **given}.items() if column}

    def entries(
        self, mapping: Mapping[str, str], *, rules: Rules, errors: Errors, progress: Callable[[int], None]
    ) -> Iterator[Entry]:
        """Its events in order; what cannot be taken goes to `errors`. Raises FileRefused."""
        if self._table is None:
            return read_lines(self.path, mapping, rules=rules, errors=errors, progress=progress)
        return read_table(self._table, mapping, rules=rules, errors=errors, progress=progress)


@contextlib.contextmanager
def open_events(path: Path) -> Iterator[EventFile]:
    """Open a file of events. Raises FileRefused for what is none, OSError for what cannot be opened."""
    if is_lines(path):
        yield EventFile(path, None)
        return
    with open_table(path, known=known_names(FIELDS)) as table:
        yield EventFile(path, table)
