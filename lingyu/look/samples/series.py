"""The made-up line that every sample is drawn from, and today."""

from datetime import date
from math import sin

from django.utils import timezone

DAYS = 30


def wave(phase: int, length: int = DAYS) -> list[float]:
    """A line that rises and sways; another `phase`, another line."""
    return [
        round(i / length * 0.9 + 0.35 * sin(i / 2.3 + phase) + 0.2 * sin(i * 1.7 + phase * 2), 3)
        for i in range(length)
    ]


def today() -> date:
    """The day it is in the site's zone."""
    return timezone.localdate()
