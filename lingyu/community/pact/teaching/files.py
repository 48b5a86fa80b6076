"""Labelled texts in files: CSV, TSV, workbooks, JSON lines and JSON lists, columns found by their names.

Holds no meaning of a label. Every refusal names the file, the row and the field.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from lingyu.store.intake.errors import FileRefused
from lingyu.store.intake.files import open_table

from .errors import TeachingRefused

TEXTS = [
    "text",
    "content",
    "comment",
    "body",
    "post",
    "message",
    "sentence",
    "文本",
    "内容",
    "正文",
    "评论",
    "评论内容",
    "原文",
    "句子",
]
LABELS = [
    "label",
    "labels",
    "clause",
    "clauses",
    "class",
    "category",
    "target",
    "y",
    "标签",
    "类别",
    "分类",
    "条款",
    "标注",
]
JSON_KINDS = {".jsonl", ".ndjson", ".json"}
MOST_ROWS, MOST_BYTES, LONGEST_LINE = 400_000, 2**30, 2**20


@dataclass(frozen=True, slots=True)
class Labelled:
    """One text as a file or a reviewer labels it; `where` says from which file and row."""

    text: str
    label: str
    group: str
    where: str


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns are asked for by name; empty ones are found by the usual names."""

    text: str = ""
    label: str = ""
    group: str = ""


def labelled(path: Path, asked: Columns) -> Iterator[Labelled]:
    """Every labelled text of one file.

    Raises:
        TeachingRefused: The file can't be read, lacks a column, or a row lacks its text or label.
    """
    try:
        rows = _json(path) if path.suffix.lower() in JSON_KINDS else _table(path, asked)
        columns: Columns | None = None
        for row, cells in rows:
            columns = columns or _columns(path, list(cells), asked)
            yield _one(path, row, cells, columns)
    except FileRefused as error:
        raise TeachingRefused(f"{path.name}: {error.message}") from None
    except OSError as error:
        raise TeachingRefused(f"{path}: {error.strerror}") from None


def _one(path: Path, row: int, cells: Mapping[str, object], columns: Columns) -> Labelled:
    where = _("%(file)s, row %(row)d") % {"file": path.name, "row": row}
    text, label = cells.get(columns.text), cells.get(columns.label)
    if isinstance(label, list):
        label = "|".join(map(str, label))
    if isinstance(label, bool):
        label = int(label)
    if not isinstance(text, str) or not text.strip():
        raise TeachingRefused(
            _("%(where)s, field “%(field)s”: there is no text") % {"where": where, "field": columns.text}
        )
    if label is None or not str(label).strip():
        raise TeachingRefused(
            _("%(where)s, field “%(field)s”: there is no label") % {"where": where, "field": columns.label}
        )
    group = str(cells.get(columns.group) or "") if columns.group else ""
    return Labelled(text, str(label).strip(), group, where)


def _columns(path: Path, there: Sequence[str], asked: Columns) -> Columns:
    return Columns(
        text=_column(path, there, asked.text, TEXTS, "--text"),
        label=_column(path, there, asked.label, LABELS, "--label"),
        group=_column(path, there, asked.group, (), "--group") if asked.group else "",
    )


def _column(path: Path, there: Sequence[str], asked: str, usual: Sequence[str], option: str) -> str:
    plain = {name.strip().casefold(): name for name in reversed(there)}
    for name in [asked] if asked else usual:
        if name.casefold() in plain:
            return plain[name.casefold()]
    raise TeachingRefused(
        _("%(file)s: no column (%(columns)s) is called %(names)s. Name the right one: %(option)s COLUMN")
        % {
            "file": path.name,
            "columns": ", ".join(name or "—" for name in there[:20]),
            "names": asked or ", ".join(usual[:6]),
            "option": option,
        }
    )


def _table(path: Path, asked: Columns) -> Iterator[tuple[int, dict[str, object]]]:
    known = [*TEXTS, *LABELS, *filter(None, (asked.text, asked.label, asked.group))]
    with open_table(path, known=known, max_rows=MOST_ROWS, max_bytes=MOST_BYTES) as table:
        for row, cells in table.rows():
            yield row, dict(zip(table.columns, cells, strict=False))


def _json(path: Path) -> Iterator[tuple[int, dict[str, object]]]:
    if path.stat().st_size > MOST_BYTES:
        raise TeachingRefused(_("%(file)s: larger than 1 GB") % {"file": path.name})
    with path.open(encoding="utf-8-sig", errors="strict") as lines:
        try:
            start = lines.read(64).lstrip()
            lines.seek(0)
            if path.suffix.lower() == ".json" and start.startswith("["):
                yield from _listed(path, json.load(lines))
                return
            row = 0
            while line := lines.readline(LONGEST_LINE + 1):
                row += 1
                if line.strip():
                    yield row, _object(path, row, line)
        except UnicodeDecodeError:
            raise TeachingRefused(_("%(file)s: not UTF-8, as JSON has to be") % {"file": path.name}) from None
        except (json.JSONDecodeError, RecursionError):
            raise TeachingRefused(_("%(file)s: not a JSON list") % {"file": path.name}) from None


def _object(path: Path, row: int, line: str) -> dict[str, object]:
    try:
        found = json.loads(line) if len(line) <= LONGEST_LINE else None
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise TeachingRefused(
            _("%(file)s, row %(row)d: not a JSON object such as %(example)s")
            % {"file": path.name, "row": row, "example": '{"text": "…", "label": "2.6"}'}
        )
    return found


def _listed(path: Path, found: object) -> Iterator[tuple[int, dict[str, object]]]:
    for row, one in enumerate(found if isinstance(found, list) else [], start=1):
        if not isinstance(one, dict):
            raise TeachingRefused(
                _("%(file)s, row %(row)d: not a JSON object such as %(example)s")
                % {"file": path.name, "row": row, "example": '{"text": "…", "label": "2.6"}'}
            )
        yield row, one
