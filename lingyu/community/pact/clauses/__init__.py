"""The clauses of the pact as data: what each says, how grave it is, and who may find it.

Holds no Django, no decision on a text and no penalty: only what `text/*.toml` and `examples/*.toml` say,
checked as it is read. Each error names the file and the entry.
"""

from .examples import KINDS, Example, Examples, examples
from .reading import VERSION, load
from .shapes import DETECTIONS, STRENGTHS, Category, Clause, Pact, PactError

__all__ = [
    "DETECTIONS",
    "KINDS",
    "STRENGTHS",
    "VERSION",
    "Category",
    "Clause",
    "Example",
    "Examples",
    "Pact",
    "PactError",
    "examples",
    "load",
]
