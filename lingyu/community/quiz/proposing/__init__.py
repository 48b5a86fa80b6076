"""Proposing: gaps in an article's own sentences, with options that could stand there.

Holds pure functions of text: the same article gives the same proposals, the best first, and none
rather than a poor one. A person approves, edits or drops them; nothing proposed is asked by itself.

A gap is worth a question when only who has read knows what stood there: a number (`quantities`), or
a term on which the article turns (`terms`), in a sentence that claims something (`sentences`).
"""

from random import Random

from .making import GAP, Proposal, made
from .quantities import about_quantities
from .sentences import sentences_of
from .terms import about_terms

__all__ = ["GAP", "Proposal", "proposals"]


def proposals(html: str, seed: str) -> list[Proposal]:
    """Questions about an article, the best first, one for a sentence at most."""
    sentences = sentences_of(html)
    gaps = [*about_quantities(sentences), *about_terms(sentences)]
    random, used, found = Random(seed), set(), []  # noqa: S311 - the same text gives the same proposals
    for gap in sorted(gaps, key=lambda g: (-g.worth, g.sentence.place)):
        if gap.sentence.place not in used:
            used.add(gap.sentence.place)
            found.append(made(gap, random))
    return found
