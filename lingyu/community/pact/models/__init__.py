"""Rows of the pact: its versions, what was screened, what was confirmed and what became of that.

Holds state and its reading. Does not write: `actions` is the only writer.
"""

from .findings import Correction, Finding, Refusal, Relief, Second
from .screenings import Screening
from .versions import PactVersion

__all__ = ["Correction", "Finding", "PactVersion", "Refusal", "Relief", "Screening", "Second"]
