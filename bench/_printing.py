"""Taking times, and printing them beside their peer.

By the clock and by the processor: on a machine that others use, only the second is steady.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, order=True)
class Spent:
    """Seconds of processor time, all threads together, and seconds by the clock."""

    cpu: float
    wall: float


def spent(work: Callable[[], object]) -> Spent:
    """What one call costs."""
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    return Spent(time.process_time() - cpu, time.perf_counter() - wall)


def best(work: Callable[[], object], times: int = 5) -> Spent:
    """The least of several calls, each figure for itself."""
    found = [spent(work) for _ in range(times)]
    return Spent(min(s.cpu for s in found), min(s.wall for s in found))


@dataclass
class Table:
    """Lines of what each costs, with the ratio to its peer's."""

    title: str
    lines: list[tuple[str, int, Spent, Spent | None]] = field(default_factory=list)

    def add(
        self, name: str, count: int, taken: Spent, peer: tuple[int, Spent] | None = None
    ) -> tuple[int, Spent]:
        """`count` things cost `taken`; returns both, for others to be compared with."""
        beside = Spent(peer[1].cpu * count / peer[0], peer[1].wall * count / peer[0]) if peer else None
        self.lines.append((name, count, taken, beside))
        return count, taken

    def show(self) -> None:
        """Print all lines: how many a second, microseconds of processor each, and × the peer's."""
        print(f"\n{self.title}\n{'':52}{'a second':>11}{'× peer':>8}{'cpu µs':>9}{'× peer':>8}")
        for name, count, taken, peer in self.lines:
            faster = f"{peer.wall / taken.wall:8.2f}" if peer else " " * 8
            dearer = f"{taken.cpu / peer.cpu:8.2f}" if peer else ""
            print(f"{name:52}{count / taken.wall:11,.0f}{faster}{taken.cpu / count * 1e6:9.2f}{dearer}")
