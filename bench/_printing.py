"""Taking times, and printing them beside their peer."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes by the clock."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def best(work: Callable[[], object], times: int = 5) -> float:
    """The shortest of several calls."""
    return min(seconds(work) for _ in range(times))


@dataclass
class Table:
    """Lines of rates, each with the ratio to its peer's."""

    title: str
    unit: str
    lines: list[tuple[str, float, float | None]] = field(default_factory=list)

    def add(self, name: str, count: int, taken: float, peer: float | None = None) -> float:
        """`count` things took `taken` seconds; returns the rate, for others to be compared with."""
        self.lines.append((name, count / taken, peer))
        return count / taken

    def show(self) -> None:
        """Print all lines."""
        print(f"\n{self.title}\n{'':52}{self.unit:>12}{'peer':>12}{'ratio':>8}")
        for name, rate, peer in self.lines:
            beside = f"{peer:12,.0f}{rate / peer:8.2f}" if peer else ""
            print(f"{name:52}{rate:12,.0f}{beside}")
