"""A text with every place marked that the screening points at; and whether it is shown at once.

Holds pure computing: spans to segments. Pages escape and draw.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from lingyu.community.pact.clauses import Clause
from lingyu.community.pictures.addresses import PREFIX

# Sexual and gory matter, which nobody has to see unasked; besides what concerns minors.
SHADED = "4"
# Of one text: what a person can look at, and what a hostile text cannot exceed.
MARKS = 200
PICTURES = 12
# None from elsewhere: to look at a text must not tell others that somebody does.
_PICTURE = re.compile(rf"!\[[^\]\n]{{0,300}}\]\(({PREFIX}[\w.-]{{1,120}})")


@dataclass(frozen=True)
class Segment:
    """A stretch of text; `clauses` are those that are found in it, none for the rest."""

    text: str
    clauses: tuple[str, ...]


def segments(text: str, findings: Iterable[Mapping], field: str = "text") -> list[Segment]:
    """`text` cut where findings of `field` begin and end; overlapping ones share segments.

    Spans are half-open, in characters, as the screening gives them; those outside of the text are cut off.
    """
    spans = []
    for found in list(findings)[:MARKS]:
        start, end = (min(max(int(edge), 0), len(text)) for edge in found["span"])
        if found.get("field", "text") == field and start < end:
            spans.append((start, end, found["clause"]))
    edges = sorted({0, len(text), *(s for s, _e, _c in spans), *(e for _s, e, _c in spans)})
    cut = []
    for start, end in pairwise(edges):
        clauses = sorted({c for s, e, c in spans if s <= start and end <= e})
        cut.append(Segment(text[start:end], tuple(clauses)))
    return cut


def pictures(text: str) -> list[str]:
    """The addresses of the house's own pictures in Markdown, each once, the first few."""
    return list(dict.fromkeys(_PICTURE.findall(text)))[:PICTURES]


def shaded(clauses: Iterable[Clause | None]) -> bool:
    """Whether a text suspected under one of these is shown only when the reviewer asks for it."""
    return any(c is not None and (c.minors or c.code.partition(".")[0] == SHADED) for c in clauses)
