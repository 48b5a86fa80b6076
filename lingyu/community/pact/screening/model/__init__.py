"""The model that comes with Lingyu: its weights, its notice, and how it is made anew.

Holds weights only. The texts that they were learnt from are ours (`corpus`, the clauses' examples) or
published under free licences, and are not here: see NOTICE.
"""

from functools import cache
from pathlib import Path

from ..classifier import Model, read

FILE = Path(__file__).parent / "shipped.bin"


@cache
def shipped() -> Model | None:
    """The shipped model; nothing where this checkout has none."""
    return read(FILE) if FILE.exists() else None
