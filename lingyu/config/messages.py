"""The words of the house: collects what is to be translated, compiles it, and checks that nothing is missing.

Each room keeps its own catalogue, `locale/zh_Hans/LC_MESSAGES/django.po`; texts of the kernel, which is no
Django app, are in that of `lingyu/config`. English is what the code says, so it needs no catalogue.
Plain Babel, no Django: the wheel's build runs this too.
"""

import io
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from lingyu.config import rooms

LOCALE = "zh_Hans"
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
}
JINJA = {
    "extensions": "jinja2.ext.do,jinja2.ext.loopcontrols",
    "trim_blocks": "true",
    "lstrip_blocks": "true",
    "newstyle_gettext": "true",
    "silent": "false",
}
METHODS = [
    ("**/tests/**.py", "ignore"),
    ("**/migrations/**.py", "ignore"),
    ("**.py", "python"),
    ("**/templates/**.html", "jinja2"),
    ("**/templates/**.txt", "jinja2"),
    ("**/templates/**.xml", "jinja2"),
]
OPTIONS = {pattern: JINJA for pattern, method in METHODS if method == "jinja2"}
PLACEHOLDER = re.compile(r"%\(\w+\)[sdif]|%[sd]|\{\w*\}")
# Babel stamps these with the hour of the run: every extraction would change every file.
RESTLESS = (
    "POT-Creation-Date",
    "PO-Revision-Date",
    "Last-Translator",
    "Generated-By",
    "Project-Id-Version",
    "Report-Msgid-Bugs-To",
    "Language-Team",
)


@dataclass(frozen=True)
class Book:
    """One catalogue: where it lies, and the folders whose texts it holds."""

    room: str
    folders: tuple[Path, ...]
    # Rooms inside the folders that keep a catalogue of their own.
    without: tuple[Path, ...] = ()

    @property
    def po(self) -> Path:
        """The translations as people edit them."""
        return self.folders[0] / "locale" / LOCALE / "LC_MESSAGES" / "django.po"

    def extracted(self) -> Catalog:
        """What the code says now, untranslated."""
        found = Catalog(locale=LOCALE, charset="utf-8")
        for folder in self.folders:
            for file, _, message, comments, context in extract_from_dir(
                folder,
                METHODS,
                OPTIONS,
                keywords=KEYWORDS,
                comment_tags=("Translators:",),
                strip_comment_tags=True,
            ):
                if any((folder / file).is_relative_to(other) for other in self.without):
                    continue
                place = (folder / file).relative_to(rooms.PACKAGE.parent).as_posix()
                found.add(message, locations=[(place, None)], auto_comments=comments, context=context)
        return found

    def kept(self) -> Catalog:
        """What has been translated; empty when there is no file yet."""
        if not self.po.exists():
            return Catalog(locale=LOCALE, charset="utf-8")
        with self.po.open("rb") as file:
            return read_po(file, locale=LOCALE)


def books() -> list[Book]:
    """Every catalogue of the house: one a room, and config's, with all that is in no room."""
    homes = {app: rooms.PACKAGE.parent.joinpath(*app.split(".")) for app in rooms.apps()}
    there = {app: home for app, home in homes.items() if home.is_dir()}
    rest = tuple(rooms.PACKAGE / name for name in ("config", "kernel", "community"))
    own = [Book(app, (home,)) for app, home in there.items()]
    return [*own, Book("lingyu.config", rest, tuple(there.values()))]


def extract_all() -> list[Path]:
    """Bring every catalogue up to what the code says: new texts empty, gone ones dropped."""
    changed = []
    for book in books():
        catalog, template = book.kept(), book.extracted()
        catalog.update(template, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        if not len(catalog):
            continue
        text = _as_text(catalog)
        if not book.po.exists() or book.po.read_text(encoding="utf-8") != text:
            book.po.parent.mkdir(parents=True, exist_ok=True)
            book.po.write_text(text, encoding="utf-8")
            changed.append(book.po)
    return changed


def compile_all() -> int:
    """Write the `.mo` beside every `.po`; returns how many."""
    sources = [book.po for book in books() if book.po.exists()]
    for po in sources:
        with po.open("rb") as file:
            catalog = read_po(file, locale=LOCALE)
        with po.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalog)
    return len(sources)


def faults() -> Iterator[str]:
    """Everything that keeps a reader from reading their language, one line each."""
    for book in books():
        template, kept = book.extracted(), book.kept()
        place = book.po.relative_to(rooms.PACKAGE.parent)
        wanted, there = _keys(template), _keys(kept)
        yield from (f"{place}: not collected yet: {key[1]!r}" for key in wanted.keys() - there.keys())
        yield from (f"{place}: no longer in the code: {key[1]!r}" for key in there.keys() - wanted.keys())
        for key in sorted(wanted.keys() & there.keys(), key=str):
            yield from (f"{place}: {fault}: {key[1]!r}" for fault in _faults_of(there[key]))


def _keys(catalog: Catalog) -> dict[tuple, Message]:
    return {(m.context, m.id): m for m in catalog if m.id}


def _faults_of(message: Message) -> Iterator[str]:
    strings = message.string if isinstance(message.string, (list, tuple)) else [message.string]
    source = message.id if isinstance(message.id, str) else message.id[-1]
    if message.fuzzy:
        yield "marked fuzzy"
    if not all(strings):
        yield "not translated"
    elif any(sorted(PLACEHOLDER.findall(s)) != sorted(PLACEHOLDER.findall(source)) for s in strings):
        yield "placeholders differ"


def _as_text(catalog: Catalog) -> str:
    """The catalogue as a file without hours and line numbers, in the order of its texts."""
    catalog.fuzzy, catalog.header_comment = False, ""
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=100, sort_output=True, include_lineno=False, ignore_obsolete=True)
    lines = buffer.getvalue().decode().splitlines()
    kept = [line for line in lines if not line.startswith(tuple(f'"{name}' for name in RESTLESS))]
    return "\n".join(kept).strip() + "\n"


def main(arguments: list[str]) -> int:
    """`python -m lingyu.config.messages extract|compile|check`; the exit code."""
    match arguments:
        case ["extract"]:
            for path in extract_all():
                print(path.relative_to(rooms.PACKAGE.parent))
        case ["compile"]:
            print(f"{compile_all()} catalogues compiled")
        case ["check"]:
            found = sorted(faults())
            print("\n".join(found) or "Every text is translated.")
            return bool(found)
        case _:
            print(main.__doc__, file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
