"""What both indexes are given and give.

Holds values only.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Tokens:
    """The tokens of one document by the weight of where they stand."""

    title: list[str] = field(default_factory=list)
    keywords: list[str] = field(default_factory=list)
    body: list[str] = field(default_factory=list)
    near: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Wanted:
    """How results are narrowed and in which order they come: `best` or `newest`."""

    kind: str
    column: str = ""
    order: str = "best"


# Where a word is in very many documents, only so many of the newest are weighed against one another: no
# reader turns so far, and weighing all takes time with every document there is.
NEWEST = 3_000


@dataclass(frozen=True)
class Found:
    """Ids of the documents of one page, in order, and how many there are, counted up to `NEWEST`."""

    ids: list[int]
    total: int


# How much a hit weighs in the title, the keywords, the body, and by sound or pair.
WEIGHTS = (10.0, 6.0, 1.0, 0.5)
