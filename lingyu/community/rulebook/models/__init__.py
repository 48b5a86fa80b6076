"""Rows of the rulebook: changes and what became of them, editions, trials, what differed, samples.

Holds state and its reading. Does not write: `actions` is the only writer.
"""

from .changes import Edition, Move, RuleChange
from .samples import Sample, Specimen
from .trials import Difference, Trial

__all__ = ["Difference", "Edition", "Move", "RuleChange", "Sample", "Specimen", "Trial"]
