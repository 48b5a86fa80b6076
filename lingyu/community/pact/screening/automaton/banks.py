"""Reading word banks: one file a theme, one term a line, every complaint with file, row and field.

A bank has the columns term, clause, act, score, near, unless and note; a bank of allow-words, whose name
begins with `allow-`, has term and note. Holds no matching.
"""

import tomllib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from ..normalise.folding import plain

FOLDER = Path(__file__).parent.parent / "banks"
COLUMNS = ("term", "clause", "act", "score", "near", "unless", "note")
ALLOW_COLUMNS = ("term", "note")
ACTS = ("block", "review", "hint")
PLACES = frozenset({"comment", "article", "nickname", "title"})
LONGEST = 40
# Named lists of words, as `contexts.toml` has them.
Contexts = dict[str, tuple[str, ...]]


class BankError(ValueError):
    """A bank is not as it should be; says which file, row (the header is 1) and field, and what is wrong."""


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a bank, folded as text is.

    `score` is the share of its hits in everyday Chinese that are breaches; one of `near` must stand around
    it, none of `unless` may. It is looked for in `places`, or everywhere.
    """

    text: str
    clause: str
    act: str
    score: float
    near: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    note: str = ""
    bank: str = ""
    places: tuple[str, ...] = ()

    @property
    def by(self) -> str:
        """How findings name it."""
        return f"bank:{self.bank}/{self.text}"


def read_banks(
    folder: Path = FOLDER, clauses: Collection[str] = ()
) -> tuple[tuple[Term, ...], frozenset[str], str]:
    """All terms, all allow-words, and the hash of the files they came from.

    `clauses` are the codes that may be named; none given, any may. Of a term that two banks give to one
    clause the stronger act stands, then the higher score.

    Raises:
        BankError: A row is not as it should be.
    """
    terms: dict[tuple[str, str], Term] = {}
    allowed: dict[str, str] = {}
    scopes, contexts, digest = _scopes(folder), _contexts(folder), sha256()
    digest.update(repr(sorted([*scopes.items(), *contexts.items()])).encode())
    for path in sorted(folder.glob("*.tsv")):
        content = path.read_bytes()
        digest.update(path.name.encode() + b"\0" + content)
        if path.name.startswith("allow-"):
            allowed.update((word, where) for where, word in _allowed(path, content))
            continue
        for term in _terms(path, content, clauses, contexts, scopes.get(path.stem, ())):
            key = (term.text, term.clause)
            terms[key] = max(terms.get(key, term), term, key=lambda t: (-ACTS.index(t.act), t.score))
    for text, _clause in terms:
        if text in allowed:
            raise BankError(f"{allowed[text]}, term: {text} is a term of a bank itself")
    return tuple(terms.values()), frozenset(allowed), digest.hexdigest()[:12]


def folded(text: str) -> str:
    """A term as the views of a text show it; marks inside stay."""
    return "".join(map(plain().__getitem__, text)).strip()


def _table(path: Path) -> dict:
    """The table in a TOML file beside the banks; empty where there is none."""
    if not path.exists():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BankError(f"{path.name}: {error}") from error


def _contexts(folder: Path) -> Contexts:
    """Lists of words that many terms share, by name, from `contexts.toml`."""
    found = {}
    for name, words in _table(path := folder / "contexts.toml").items():
        if not isinstance(words, list) or not words or not all(isinstance(w, str) for w in words):
            raise BankError(f"{path.name}, {name}: a list of words")
        found[name] = tuple(folded(word) for word in words)
    return found


def _scopes(folder: Path) -> dict[str, tuple[str, ...]]:
    """Where the terms of a bank are looked for, by bank, from `scopes.toml`."""
    table = _table(path := folder / "scopes.toml")
    for bank, places in table.items():
        if not (folder / f"{bank}.tsv").exists():
            raise BankError(f"{path.name}, {bank}: there is no such bank")
        if not isinstance(places, list) or not places or not set(places) <= PLACES:
            raise BankError(f"{path.name}, {bank}: a list of {', '.join(sorted(PLACES))}")
    return {bank: tuple(places) for bank, places in table.items()}


def _rows(path: Path, content: bytes, columns: tuple[str, ...]) -> Iterator[tuple[str, dict[str, str]]]:
    try:
        lines = content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise BankError(f"{path.name}: is not UTF-8: {error}") from error
    if not lines or tuple(lines[0].split("\t")) != columns:
        raise BankError(f"{path.name}, row 1: the header is {' '.join(columns)}")
    for number, line in enumerate(lines[1:], 2):
        if not line.strip():
            continue
        cells = line.split("\t")
        if len(cells) > len(columns):
            raise BankError(f"{path.name}, row {number}: {len(cells)} fields, not {len(columns)}")
        cells += [""] * (len(columns) - len(cells))
        yield f"{path.name}, row {number}", dict(zip(columns, map(str.strip, cells), strict=True))


def _worded(where: str, typed: str) -> str:
    text = folded(typed)
    if not 2 <= len(text) <= LONGEST:
        raise BankError(f"{where}, term: {typed!r} has {len(text)} characters, not 2 to {LONGEST}")
    return text


def _allowed(path: Path, content: bytes) -> Iterator[tuple[str, str]]:
    for where, row in _rows(path, content, ALLOW_COLUMNS):
        yield where, _worded(where, row["term"])


def _terms(
    path: Path,
    content: bytes,
    clauses: Collection[str],
    contexts: Contexts,
    places: tuple[str, ...] = (),
) -> Iterator[Term]:
    seen: dict[tuple[str, str], str] = {}
    for where, row in _rows(path, content, COLUMNS):
        text = _worded(where, row["term"])
        if clauses and row["clause"] not in clauses:
            raise BankError(f"{where}, clause: the pact has no clause {row['clause']!r}")
        if row["act"] not in ACTS:
            raise BankError(f"{where}, act: {row['act']!r} is none of {', '.join(ACTS)}")
        if first := seen.get((text, row["clause"])):
            raise BankError(f"{where}, term: {text} stands in {first} already")
        seen[text, row["clause"]] = where
        near, unless = (_words(where, name, row[name], contexts) for name in ("near", "unless"))
        score = _score(where, row["score"])
        yield Term(text, row["clause"], row["act"], score, near, unless, row["note"], path.stem, places)


def _score(where: str, typed: str) -> float:
    try:
        score = float(typed)
    except ValueError:
        score = -1.0
    if not 0 < score <= 1:
        raise BankError(f"{where}, score: {typed!r} is no number above 0 and up to 1")
    return score


@lru_cache(maxsize=4096)
def _listed(typed: str) -> tuple[str, ...]:
    # Many terms of a bank are called off by the same words.
    return tuple(folded(word) for word in typed.split("|")) if typed else ()


def _words(where: str, name: str, typed: str, contexts: Contexts) -> tuple[str, ...]:
    """The words of a field; `@name` stands for a list of `contexts.toml`."""
    if not typed.startswith("@"):
        words = _listed(typed)
    elif (words := contexts.get(typed[1:])) is None:
        raise BankError(f"{where}, {name}: contexts.toml has no list {typed[1:]!r}")
    if not all(words):
        raise BankError(f"{where}, {name}: an empty word between the bars")
    return words
