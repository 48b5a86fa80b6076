"""What the shipped model is learnt from: our own texts, and two published sets that lie elsewhere.

Holds no learning. COLD (Deng et al. 2022, Apache-2.0) and SWSR (Jiang et al. 2022, MIT) are given as files.
"""

import csv
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

from ...clauses import examples, load
from ..classifier.examples import Example
from ..families import OK

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
# What one text of each source counts: published ones are many, and know of one category only. Our texts in
# order are few beside what they stand for, which is nearly all that is ever written.
GOLDEN, OURS, IN_ORDER, COLD, SWSR = 6.0, 2.0, 6.0, 1.0, 0.5
# Attacks on groups, which is what both sets hold.
GROUPS = "2.7"


class SourceRefused(ValueError):
    """A file is not of the form it should have; says which file, row and field."""


def corpus(folder: Path = CORPUS) -> Iterator[Example]:
    """The self-written texts of `corpus/*.tsv`: a label, a tab, a text."""
    codes = load().by_code
    for path in sorted(folder.glob("*.tsv")):
        for row, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            label, mark, text = line.partition("\t")
            if not line.strip() or (row == 1 and label == "label"):
                continue
            if not mark or not text.strip() or (label != OK and label not in codes):
                raise SourceRefused(f"{path.name}, row {row}: not a label of the pact, a tab and a text")
            group = f"{path.stem}:{row}"
            if label == OK:
                yield Example(text, frozenset(), group, IN_ORDER, clean=True)
            else:
                yield from _learnable(text, label, group, OURS)


def golden() -> Iterator[Example]:
    """The examples of the clauses that are texts by themselves: hits, and near misses as in order."""
    for code, both in examples().items():
        for sort, found in ((code, both.hits), (OK, both.misses)):
            for number, one in enumerate(found):
                if one.kind == "comment" and not one.before and not one.others:
                    yield from _learnable(one.text, sort, f"{code}:{sort}:{number}", GOLDEN)


def fingerprint(cold: Path | None = None, swsr: Path | None = None) -> dict[str, str]:
    """What a model would be learnt from: hashes of our own texts with their labels, and of each file."""
    own = repr([(one.text, sorted(one.labels)) for one in (*corpus(), *golden())]).encode()
    files = {name: path.read_bytes() for name, path in (("cold", cold), ("swsr", swsr)) if path}
    return {name: sha256(content).hexdigest()[:12] for name, content in {"own": own, **files}.items()}


def cold(path: Path) -> Iterator[Example]:
    """The train split of COLD: columns TEXT, and label with 1 for offensive."""
    yield from _published(path, "TEXT", "", COLD)


def swsr(path: Path) -> Iterator[Example]:
    """The comments of SWSR: columns text, group, and label with 1 for sexist."""
    yield from _published(path, "text", "group", SWSR)


def _learnable(text: str, label: str, group: str, weight: float) -> Iterable[Example]:
    """Nothing of clauses that no machine decides."""
    if label == OK:
        return [Example(text, frozenset(), group, weight)]
    if load().clause(label).strongest == "none":
        return []
    return [Example(text, frozenset({label}), group, weight)]


def _published(path: Path, text: str, group: str, weight: float) -> Iterator[Example]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        for row, cells in enumerate(csv.DictReader(lines), start=2):
            if not cells.get(text) or cells.get("label") not in ("0", "1"):
                raise SourceRefused(f"{path.name}, row {row}: no {text}, or label is neither 0 nor 1")
            labels = frozenset({GROUPS} if cells["label"] == "1" else ())
            yield Example(cells[text], labels, cells.get(group) or "", weight)
