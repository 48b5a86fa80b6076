"""The bridge: which factor moved the final KPI between two periods, to the last cent.

`of` = level₁ × level₂/level₁ × …: the factors telescope, so their Shapley contributions sum to
the change exactly. Values of a dimension for which the outermost level is unknown in either
period (a shop without visitor counts) stand apart, as one step of their own.
"""

from dataclasses import dataclass
from fractions import Fraction

from lingyu.kernel.metrics import Metric
from lingyu.kernel.operations import Drivers
from lingyu.kernel.trees import rounded_to_sum, shapley_of_product
from lingyu.store.query import ask_all

from .frame import Frame, quoted


@dataclass(frozen=True)
class Step:
    """One factor: its value before and after, and its part of the change in minor units.

    `metric` is None for what the factors do not cover.
    """

    metric: Metric | None
    before: Fraction | int | None
    after: Fraction | int | None
    part: int


@dataclass(frozen=True)
class Bridge:
    """From `before` to `after`; the parts of the steps sum to the difference."""

    of: Metric
    unit: str
    before: int
    after: int
    steps: tuple[Step, ...]
    covered: tuple[str, ...] = ()
    uncovered: tuple[str, ...] = ()


def build(drivers: tuple[Drivers, ...], frame: Frame) -> Bridge | None:
    """The bridge by the first drivers whose factors are known in both periods; None when none are."""
    if frame.compare is None:
        return None
    return next((b for d in drivers if (b := _by(d, frame))), None)


def _by(drivers: Drivers, frame: Frame) -> Bridge | None:
    total = ask_all([frame.query(drivers.of)])[0]
    known, unknown = _known(drivers, frame)
    if drivers.known_by and not known:
        return None
    extra = f"{drivers.known_by} in ({', '.join(map(quoted, known))})" if drivers.known_by else ""
    rows = [r.rows[0] for r in ask_all([frame.query(level, extra=extra) for level in drivers.levels])]
    after, before = _factors([r.value for r in rows]), _factors([r.before for r in rows])
    if after is None or before is None:
        return None
    change = int(total.rows[0].value) - int(total.rows[0].before or 0)
    covered = int(rows[-1].value) - int(rows[-1].before)
    parts = rounded_to_sum(shapley_of_product(before, after), covered)
    steps = [
        Step(metric, _shown(metric, b), _shown(metric, a), part)
        for metric, b, a, part in zip(drivers.factors, before, after, parts, strict=True)
    ]
    if change != covered or unknown:
        steps.append(
            Step(
                None,
                int(total.rows[0].before or 0) - int(rows[-1].before),
                int(total.rows[0].value) - int(rows[-1].value),
                change - covered,
            )
        )
    return Bridge(
        drivers.of,
        total.unit,
        int(total.rows[0].before or 0),
        int(total.rows[0].value),
        tuple(steps),
        tuple(known),
        tuple(unknown),
    )


def _known(drivers: Drivers, frame: Frame) -> tuple[list[str], list[str]]:
    """Values of `known_by` whose outermost level is positive in both periods, and the other ones."""
    if not drivers.known_by:
        return [], []
    outer, inner = ask_all(
        [
            frame.query(drivers.levels[0], by=(drivers.known_by,)),
            frame.query(drivers.of, by=(drivers.known_by,)),
        ]
    )
    known = sorted(str(r.dims[0]) for r in outer.rows if r.dims[0] is not None and r.value and r.before)
    return known, sorted(str(r.dims[0]) for r in inner.rows if str(r.dims[0]) not in known)


def _factors(levels: list) -> list[Fraction] | None:
    """level₁, level₂/level₁, …; None where a level is missing."""
    if not all(levels):
        return None
    return [Fraction(level, 1) / (levels[i - 1] if i else 1) for i, level in enumerate(levels)]


def _shown(metric: Metric, factor: Fraction) -> Fraction | int:
    return int(factor) if factor.denominator == 1 and metric.unit != "ratio" else factor
