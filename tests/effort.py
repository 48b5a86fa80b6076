"""How the effort grows with what is given: a claim about time that holds on a busy machine too."""

import time
from collections.abc import Callable

LINEAR = 3.0


def growth(do: Callable[[int], object], *, size: int, times: int = 8) -> float:
    """How many times more processor `do(times * size)` needs than `times` calls of `do(size)`; best of three.

    One means linear, `times` quadratic, near nought bounded. Below `LINEAR` it is not quadratic.
    """
    return min(_spent(do, times * size) / (times * _spent(do, size)) for _ in range(3))


def _spent(do: Callable[[int], object], size: int) -> float:
    began = time.process_time()
    do(size)
    # A clock has its grain, and what takes less than it is nothing to compare with.
    return max(time.process_time() - began, 0.001)
