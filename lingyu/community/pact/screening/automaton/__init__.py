"""Word banks and allow-words in one automaton a view, read with care for what stands around a hit.

Holds no word: those are in `banks/*.tsv`. `banks` reads them, `variants` adds how they are disguised,
`lexicon` matches, `context` looks around, `finding` turns hits into signals.
"""

from .banks import BankError, Term, read_banks
from .finding import Banks
from .lexicon import Lexicon

__all__ = ["BankError", "Banks", "Lexicon", "Term", "read_banks"]
