"""How a long command talks to whoever started it: lines, tables, a question, and how far it is.

Holds no words of its own but the question's answers. On a terminal a bar moves; elsewhere (a log,
a pipe) a plain line comes now and then.
"""

import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

from django.utils.translation import gettext as _
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

# Seconds between two lines of progress where no bar can be drawn.
INTERVAL = 5.0
WIDE = 160


class Terminal:
    """Standard output for what was done, standard error for what went wrong and how far it is."""

    def __init__(self):
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
        answer = input(f"{question} [{_('Y/n')}] ").strip().casefold()
        return answer in {"", "y", "yes", _("y"), _("yes")}

    @contextmanager
    def progress(self, label: str, total: int) -> Iterator[Callable[[int], None]]:
        """Show how much of `total` is done; the block is given a function that is told so."""
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
