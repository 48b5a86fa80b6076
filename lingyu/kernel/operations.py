"""The manifest of an operation: what its desk shows and what its people may do.

Holds the values that an `operation.py` declares, and the registry. Draws nothing: the desk
(`lingyu.desk`) knows operations by their manifest only.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from .access import OPEN_DESK, PULL_LEVER
from .events import DeclarationError
from .metrics import Metric
from .text import Named


@dataclass(frozen=True, kw_only=True)
class Lever(Named):
    """Something an operator may do, and the metric it should move.

    `form` makes a form from posted data or None; its cleaned fields are what the rest is called with.
    `guard(**fields)` answers why it may not be pulled now, as a msgid, or None; it is asked without
    fields before anything is chosen. `pulls(actor=, at=, **fields)` acts, and returns the subject it
    was pulled on as facts name it, if there is one; `undoes(actor=, at=, subject=)` takes that back
    and tells whether there was still something to take back. `by` is the dimension of the metric
    whose values are subjects; `names` turns subjects into what people call them.
    """

    code: str
    zh: str
    en: str
    about: str
    moves: Metric
    pulls: Callable[..., str | None]
    icon: str = "sliders-horizontal"
    form: Callable[..., Any] | None = None
    guard: Callable[..., str | None] | None = None
    undoes: Callable[..., bool] | None = None
    by: str | None = None
    names: Callable[[list], dict] | None = None
    permission: str = PULL_LEVER

    def __post_init__(self):
        if self.by and self.by not in self.moves.dimensions():
            raise DeclarationError(
                f"lever {self.code!r} moves {self.moves.name!r}, which has no dimension {self.by!r}"
            )


@dataclass(frozen=True, kw_only=True)
class Drivers:
    """The factors whose product is the final KPI: `of` = visitors × conversion × value.

    `factors` are chained ratios: each metric named multiplies with the next to give `of`.
    `levels` are the plain metrics between them, outermost first and ending in `of`: factor i is
    levels[i] ÷ levels[i-1], so the product telescopes to `of` exactly.
    """

    of: Metric
    levels: tuple[Metric, ...]
    factors: tuple[Metric, ...]
    known_by: str | None = None

    def __post_init__(self):
        if len(self.levels) != len(self.factors) or self.levels[-1] != self.of:
            raise DeclarationError(
                f"drivers of {self.of.name!r}: one level a factor, the last being the metric itself"
            )


@dataclass(frozen=True, kw_only=True)
class Panel(Named):
    """One card of a desk: a trend, a breakdown by one dimension, or the bridge of the drivers."""

    code: str
    zh: str
    en: str
    kind: Literal["trend", "breakdown", "bridge"]
    metrics: tuple[Metric, ...]
    by: str | None = None
    names: Callable[[list], dict] | None = None
    levers: tuple[Lever, ...] = ()
    wide: bool = False


@dataclass(frozen=True, kw_only=True)
class Filter(Named):
    """A dimension offered above the panels; `names` turns its values into what people call them."""

    field: str
    zh: str
    en: str
    names: Callable[[list], dict] | None = None


@dataclass(frozen=True, kw_only=True)
class Page(Named):
    """A page of the operation's own under its desk; `view` takes (request, operation, rest)."""

    code: str
    zh: str
    en: str
    icon: str
    view: Callable[..., Any]
    permission: str = OPEN_DESK


@dataclass(frozen=True, kw_only=True)
class Importer(Named):
    """A kind of outside file the operation reads: `lingyu import CODE FILE…`.

    `command` is the dotted path of a class with `add_arguments(parser)` and
    `run(options, ui) -> int` (the exit code); loaded only when asked for.
    """

    code: str
    zh: str
    en: str
    command: str


@dataclass(frozen=True, kw_only=True)
class Operation(Named):
    """One kind of operations work: its final KPI, what drives it, and its desk.

    `begin` tells, as long as there are no facts, how they come in.
    """

    code: str
    zh: str
    en: str
    order: int
    icon: str
    about: str
    begin: str
    final: Metric
    tiles: tuple[Metric, ...]
    panels: tuple[Panel, ...]
    drivers: tuple[Drivers, ...] = ()
    filters: tuple[Filter, ...] = ()
    pages: tuple[Page, ...] = ()
    levers: tuple[Lever, ...] = ()
    importers: tuple[Importer, ...] = ()

    def __post_init__(self):
        loose = [lever.code for p in self.panels for lever in p.levers if lever not in self.levers]
        if loose:
            raise DeclarationError(
                f"operation {self.code!r}: a panel shows {', '.join(loose)}, missing among its levers"
            )

    def lever(self, code: str) -> Lever | None:
        """The lever called `code`."""
        return next((lever for lever in self.levers if lever.code == code), None)

    def panel(self, code: str) -> Panel | None:
        """The panel called `code`."""
        return next((p for p in self.panels if p.code == code), None)


OPERATIONS: dict[str, Operation] = {}


def operation(**manifest) -> Operation:
    """Declare an operation and enter it into the registry."""
    made = Operation(**manifest)
    OPERATIONS[made.code] = made
    return made


def in_order() -> list[Operation]:
    """All operations as the sidebar lists them."""
    return sorted(OPERATIONS.values(), key=lambda o: (o.order, o.code))
