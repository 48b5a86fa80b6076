"""Whether a message did anything: conversions of who got it beside those who were held out.

The interval of the difference of two shares is Newcombe's (1998, method 10: Wilson's score for each,
combined), which stays honest for small numbers and shares near 0. Holds no people.
"""

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist


@dataclass(frozen=True)
class Lift:
    """The difference of the shares of `sent` and `held`, in [-1, 1], with its interval."""

    sent: int
    sent_converted: int
    held: int
    held_converted: int
    difference: float | None
    low: float | None
    high: float | None

    @property
    def verdict(self) -> str:
        """`raised`, `lowered`, `none` (the interval has 0 in it), or `unknown` (a side is empty)."""
        if self.difference is None:
            return "unknown"
        return "raised" if self.low > 0 else "lowered" if self.high < 0 else "none"

    @property
    def sent_share(self) -> float | None:
        """Of who got it."""
        return self.sent_converted / self.sent if self.sent else None

    @property
    def held_share(self) -> float | None:
        """Of who was held out."""
        return self.held_converted / self.held if self.held else None


def lift(sent: int, sent_converted: int, held: int, held_converted: int, confidence: float = 0.95) -> Lift:
    """Compare. Raises ValueError where more converted than there are."""
    if not (0 <= sent_converted <= sent and 0 <= held_converted <= held):
        raise ValueError("more converted than there are")
    if not sent or not held:
        return Lift(sent, sent_converted, held, held_converted, None, None, None)
    one, other = sent_converted / sent, held_converted / held
    l1, u1 = wilson(sent_converted, sent, confidence)
    l2, u2 = wilson(held_converted, held, confidence)
    difference = one - other
    low = difference - sqrt((one - l1) ** 2 + (u2 - other) ** 2)
    high = difference + sqrt((u1 - one) ** 2 + (other - l2) ** 2)
    return Lift(sent, sent_converted, held, held_converted, difference, low, high)


def wilson(found: int, of: int, confidence: float = 0.95) -> tuple[float, float]:
    """Wilson's score interval of a share."""
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    share, square = found / of, z * z
    middle = (share + square / (2 * of)) / (1 + square / of)
    spread = z * sqrt(share * (1 - share) / of + square / (4 * of * of)) / (1 + square / of)
    return max(0.0, middle - spread), min(1.0, middle + spread)
