"""Reading `text/*.toml`: one file a category, one `[[clause]]` a sub-item."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from .shapes import DETECTIONS, STRENGTHS, Category, Clause, Pact, PactError

VERSION = "1"
TEXT = Path(__file__).parent / "text"
_WORDS = ("code", "zh", "en", "words_zh", "words_en")
_FIELDS = {*_WORDS, "severity", "detection", "strongest", "minors", "illegal"}


@cache
def load() -> Pact:
    """The pact that this release ships, read once a process.

    Raises:
        PactError: A file is not TOML, an entry misses a field, has one that is unknown or of a wrong
            value, or a code stands twice.
    """
    return read(TEXT)


def read(folder: Path, version: str = VERSION) -> Pact:
    """The pact in `folder`, its files in the order of their names."""
    categories = tuple(_category(path) for path in sorted(folder.glob("*.toml")))
    by_code: dict[str, Clause] = {}
    for category in categories:
        for clause in category.clauses:
            if clause.code in by_code:
                raise PactError(f"{folder.name}: clause {clause.code} stands twice")
            by_code[clause.code] = clause
    return Pact(version=version, categories=categories, by_code=by_code)


def opened(path: Path) -> dict:
    """The table in a TOML file, or a `PactError` that names the file."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise PactError(f"{path.name}: {error}") from error


def _category(path: Path) -> Category:
    table = opened(path)
    for name in ("code", "zh", "en"):
        if not isinstance(table.get(name), str) or not table[name]:
            raise PactError(f"{path.name}: {name} is missing or empty")
    clauses = tuple(_clause(path, table["code"], entry) for entry in table.get("clause", []))
    return Category(table["code"], table["zh"], table["en"], clauses)


def _clause(path: Path, category: str, entry: Mapping) -> Clause:
    where = f"{path.name}, clause {entry.get('code', '?')}"
    if unknown := set(entry) - _FIELDS:
        raise PactError(f"{where}: unknown field {', '.join(sorted(unknown))}")
    for name in _WORDS:
        if not isinstance(entry.get(name), str) or not entry[name].strip():
            raise PactError(f"{where}: {name} is missing or empty")
    if entry["code"].rpartition(".")[0] != category:
        raise PactError(f"{where}: is not of category {category}")
    if entry.get("severity") not in range(1, 6) or isinstance(entry["severity"], bool):
        raise PactError(f"{where}: severity is a number from 1 to 5")
    if entry.get("detection") not in DETECTIONS:
        raise PactError(f"{where}: detection is one of {', '.join(DETECTIONS)}")
    if entry.get("strongest") not in STRENGTHS:
        raise PactError(f"{where}: strongest is one of {', '.join(STRENGTHS)}")
    for name in ("minors", "illegal"):
        if not isinstance(entry.get(name, False), bool):
            raise PactError(f"{where}: {name} is true or false")
    return Clause(**entry)
