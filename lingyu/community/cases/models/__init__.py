"""Rows of the cases. Hold state and its reading; `actions` is the only writer."""

from .appeals import Appeal, Ruling
from .cases import Case, Lease, Report
from .decisions import Decision, Reversal
from .pictures import PictureLook
from .quality import Double, Golden, GoldenAnswer

__all__ = [
    "Appeal",
    "Case",
    "Decision",
    "Double",
    "Golden",
    "GoldenAnswer",
    "Lease",
    "PictureLook",
    "Report",
    "Reversal",
    "Ruling",
]
