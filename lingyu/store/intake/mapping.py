"""Which column holds which field: declared fields, a guess from names, and the guess confirmed.

Holds no parsing (`reader`) and no list of platforms (each operation's importers).
"""

import hashlib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lingyu.kernel.text import Named

from .errors import FileRefused
from .models import ColumnMapping


@dataclass(frozen=True)
class Field(Named):
    """One thing that a row may tell.

    `kind` is a key of `reader.KINDS`; `synonyms` are further column names, best first; `blanks`
    are texts that mean an empty cell; `signed` allows negatives; `rounding` allows amounts with
    more decimals than the currency has.
    """

    name: str
    zh: str
    en: str
    kind: str = "text"
    required: bool = False
    synonyms: tuple[str, ...] = ()
    blanks: tuple[str, ...] = ("-", "--")
    signed: bool = False
    rounding: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """Every column name by which this field is known, best first."""
        return (self.zh, self.en, self.name, *self.synonyms)


def plain(name: str) -> str:
    """A column name reduced to its letters and digits, so that case, width and punctuation do not matter."""
    return "".join(c for c in unicodedata.normalize("NFKC", name).casefold() if c.isalnum())


def known_names(fields: Iterable[Field]) -> frozenset[str]:
    """All names by which `fields` may be met; `open_table(known=…)` finds the header line with them."""
    return frozenset(name for field in fields for name in field.names)


def guess(columns: Sequence[str], fields: Iterable[Field]) -> dict[str, str]:
    """{field name: column} by name alone: literally equal first, then equal but for case and punctuation.

    A column serves one field, a field has one column; what is not sure is left out.
    """
    literal = {c: c for c in reversed(columns) if c}
    loose = {p: c for c in reversed(columns) if (p := plain(c))}
    found: dict[str, str] = {}
    for lookup, key in ((literal, str), (loose, plain)):
        for field in fields:
            if field.name in found:
                continue
            taken = set(found.values())
            candidates = (lookup.get(key(name)) for name in field.names)
            if column := next((c for c in candidates if c and c not in taken), None):
                found[field.name] = column
    return found


def check(mapping: Mapping[str, str], columns: Sequence[str], fields: Iterable[Field]) -> None:
    """Raise FileRefused `missing_columns` unless every required field has a column that is there."""
    language = get_language() or "en"
    missing = [f.label(language) for f in fields if f.required and mapping.get(f.name) not in columns]
    if missing:
        raise FileRefused(
            "missing_columns",
            _(
                "Columns are missing: %(missing)s. The file has: %(found)s. "
                "Choose the columns by hand, or export the file again with these columns."
            )
            % {"missing": ", ".join(missing), "found": ", ".join(filter(None, columns))},
            missing=missing,
        )


def signature(columns: Iterable[str]) -> str:
    """The same for the same set of column names, in whatever order and spelling."""
    names = sorted({plain(c) for c in columns} - {""})
    return hashlib.sha256("\x1f".join(names).encode()).hexdigest()[:32]


def recall(importer: str, columns: Sequence[str]) -> dict[str, str] | None:
    """The mapping that somebody confirmed for a file with these columns, or None."""
    row = ColumnMapping.objects.filter(importer=importer, signature=signature(columns)).first()
    if row is None:
        return None
    here = {plain(c): c for c in columns}
    return {field: here[plain(c)] for field, c in row.columns.items() if plain(c) in here}


def remember(
    *, actor: str, importer: str, columns: Sequence[str], mapping: Mapping[str, str]
) -> ColumnMapping:
    """Keep a confirmed `mapping` for the next file with these columns; `actor` is who confirmed it."""
    row, _created = ColumnMapping.objects.update_or_create(
        importer=importer,
        signature=signature(columns),
        defaults={"columns": dict(mapping), "remembered_by": actor, "remembered_at": timezone.now()},
    )
    return row
