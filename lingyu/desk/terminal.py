"""How a long command talks to whoever started it: lines, tables, a question, and how far it is.

Holds no words of its own but the question's answers. On a terminal a bar moves; elsewhere (a log,
a pipe) a plain line comes now and then. Programs read the same from a file (`--json`).
"""

import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from django.utils.translation import gettext as _
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from .uploads.outcome import Doing, Outcome, Told

# Seconds between two lines of progress where no bar can be drawn.
INTERVAL = 5.0
# Seconds between two states in the file for programs.
SOON = 0.3
WIDE = 160


class Terminal:
    """Standard output for what was done, standard error for what went wrong and how far it is."""

    def __init__(self, json: Path | None = None):
        self.told, self._json = Told(), json
        # A pipe has no width of its own; rich would cut tables at 80.
        width = None if sys.stdout.isatty() else WIDE
        self.out = Console(soft_wrap=True, highlight=False, width=width)
        self.err = Console(stderr=True, soft_wrap=True, highlight=False)

    @property
    def interactive(self) -> bool:
        """Whether a person sits there who can be asked."""
        return self.out.is_terminal and sys.stdin is not None and sys.stdin.isatty()

    def say(self, text: str) -> None:
        """A line of what was done."""
        self.out.print(escape(text))

    def fail(self, text: str) -> None:
        """A line of what went wrong."""
        self.told.failures.append(text)
        self.err.print(escape(text), style="red")

    def table(self, columns: Sequence[tuple[str, bool]], rows: Iterable[Sequence[str]]) -> None:
        """A table; each column is (heading, whether it holds numbers)."""
        table = Table(box=None, header_style="bold", pad_edge=False)
        for heading, numbers in columns:
            table.add_column(escape(heading), justify="right" if numbers else "left", overflow="fold")
        for row in rows:
            table.add_row(*map(escape, row))
        self.out.print(table)

    def confirm(self, question: str) -> bool:
        """Ask, and return whether the answer was yes; an empty answer is."""
        answer = input(f"{question} [" + _("Y/n") + "] ").strip().casefold()
        return answer in {"", "y", "yes", _("y"), _("yes")}

    def result(self, outcome: Outcome) -> None:
        """What became of a file, for programs: people are told by `say` and `table`."""
        self.told.files.append(outcome)
        self._write()

    def end(self, code: int) -> None:
        """The exit code, for programs."""
        self.told.code = code
        self._write()

    def _write(self) -> None:
        if self._json:
            self.told.write(self._json)

    @contextmanager
    def progress(self, label: str, total: int) -> Iterator[Callable[[int], None]]:
        """Show how much of `total` is done; the block is given a function that is told so."""
        if self._json:
            yield self._states(label, total)
            return
        if not self.err.is_terminal:
            yield self._lines(label, total)
            return
        columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
        with Progress(*columns, console=self.err, transient=True) as bar:
            task = bar.add_task(escape(label), total=max(total, 1))
            yield lambda done: bar.update(task, completed=done)

    def _lines(self, label: str, total: int) -> Callable[[int], None]:
        last = time.monotonic()

        def tell(done: int) -> None:
            nonlocal last
            if time.monotonic() - last >= INTERVAL:
                last = time.monotonic()
                self.err.print(escape(f"{label}  {100 * done // max(total, 1)} %"))

        return tell

    def _states(self, label: str, total: int) -> Callable[[int], None]:
        last = float("-inf")

        def tell(done: int) -> None:
            nonlocal last
            if time.monotonic() - last >= SOON:
                last = time.monotonic()
                self.told.doing = Doing(label, done, max(total, 1))
                self._write()

        tell(0)
        return tell
