"""Reading `examples/*.toml`: what must hit a clause, and what comes near it and must not."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .reading import opened
from .shapes import PactError

KINDS = ("comment", "title", "article", "nickname")
EXAMPLES = Path(__file__).parent / "examples"


@dataclass(frozen=True, slots=True)
class Example:
    """A post as it may be written; the fields are those of `screening.Post`."""

    text: str
    kind: str = "comment"
    title: str | None = None
    before: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Examples:
    """What must hit one clause, and near misses that must not."""

    hits: tuple[Example, ...] = ()
    misses: tuple[Example, ...] = ()


@cache
def examples() -> Mapping[str, Examples]:
    """Examples by the code of their clause, read once a process.

    Raises:
        PactError: A file is not TOML, an example is of no known form, or a clause stands twice.
    """
    return read_examples(EXAMPLES)


def read_examples(folder: Path) -> Mapping[str, Examples]:
    """The examples in `folder`, by clause."""
    found: dict[str, Examples] = {}
    for path in sorted(folder.glob("*.toml")):
        for code, entry in opened(path).items():
            if code in found:
                raise PactError(f"{path.name}: clause {code} has examples twice")
            if not isinstance(entry, Mapping) or set(entry) - {"hits", "misses"}:
                raise PactError(f"{path.name}, clause {code}: holds hits and misses, nothing else")
            sides = {side: _side(path, code, side, entry.get(side, [])) for side in ("hits", "misses")}
            found[code] = Examples(**sides)
    return found


def _side(path: Path, code: str, side: str, entries: object) -> tuple[Example, ...]:
    if not isinstance(entries, list):
        raise PactError(f"{path.name}, clause {code}: {side} is a list")
    return tuple(_example(f"{path.name}, clause {code}, {side} {n}", e) for n, e in enumerate(entries, 1))


def _example(where: str, entry: object) -> Example:
    if isinstance(entry, str):
        entry = {"text": entry}
    if not isinstance(entry, Mapping) or set(entry) - set(Example.__slots__):
        raise PactError(f"{where}: is neither a text nor a table of {', '.join(Example.__slots__)}")
    if not isinstance(entry.get("text"), str) or not entry["text"].strip():
        raise PactError(f"{where}: text is missing or empty")
    if entry.get("kind", "comment") not in KINDS:
        raise PactError(f"{where}: kind is one of {', '.join(KINDS)}")
    if not isinstance(entry.get("title", ""), str):
        raise PactError(f"{where}: title is a text")
    lists = {name: entry[name] for name in ("before", "others") if name in entry}
    if not all(isinstance(v, list) and all(isinstance(text, str) for text in v) for v in lists.values()):
        raise PactError(f"{where}: before and others are lists of texts")
    return Example(**{**entry, **{name: tuple(value) for name, value in lists.items()}})
