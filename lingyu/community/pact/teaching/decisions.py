"""What reviewers decided, as labelled texts: from whoever keeps the decisions, if anybody has said so.

Holds no table. The room with the cases registers its source when it starts.
"""

from collections.abc import Callable, Iterable, Iterator

from .files import Labelled

Source = Callable[[], Iterable[Labelled]]
_SOURCES: list[Source] = []


def source(read: Source) -> Source:
    """Register (as a decorator) a function that gives every settled decision: text, clause or `ok`, case."""
    if read not in _SOURCES:
        _SOURCES.append(read)
    return read


def is_kept() -> bool:
    """Whether anybody keeps decisions."""
    return bool(_SOURCES)


def decided() -> Iterator[Labelled]:
    """Every decision of every source."""
    for read in _SOURCES:
        yield from read()
