"""Tables of terms as people bring them: CSV, TSV, a workbook, or typed; complaints with file, row, field.

Holds reading and the checks of single rows. Whether terms go with what is in force is for `contents`.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO

from django.utils.translation import gettext as _

from lingyu.community.pact.screening.automaton import Term
from lingyu.community.pact.screening.automaton.banks import ACTS, LONGEST, folded
from lingyu.store.intake.errors import FileRefused
from lingyu.store.intake.files import open_table

from .limits import LIMITS

FIELDS = ("op", "term", "clause", "act", "score", "near", "unless", "note")


@dataclass(frozen=True)
class Name:
    """What a column or a value is called in files: the code by which it is known here, and names of it."""

    code: str
    zh: tuple[str, ...]
    en: tuple[str, ...]


COLUMNS = (
    Name("op", zh=("操作",), en=("op", "operation")),
    Name("term", zh=("词", "词语", "敏感词", "关键词"), en=("term", "word")),
    Name("clause", zh=("条款",), en=("clause",)),
    Name("act", zh=("处置",), en=("act", "action")),
    Name("score", zh=("把握",), en=("score", "probability")),
    Name("near", zh=("须邻近",), en=("near",)),
    Name("unless", zh=("除非",), en=("unless",)),
    Name("note", zh=("备注", "说明"), en=("note",)),
)
_OPS = (
    Name("add", zh=("新增", "修改"), en=("", "add", "change")),
    Name("withdraw", zh=("撤下", "删除"), en=("withdraw", "remove")),
    Name("allow", zh=("放行",), en=("allow",)),
    Name("disallow", zh=("取消放行",), en=("disallow",)),
)
NAMES = {name: column.code for column in COLUMNS for name in (*column.zh, *column.en)}
OPS = {name: op.code for op in _OPS for name in (*op.zh, *op.en)}
MOST_BYTES, MOST_WORDS, MOST_NOTE = 8 * 2**20, 200, 200


@dataclass(frozen=True)
class Complaint:
    """What is wrong with one field of one row (the header is row 1), in the reader's language."""

    file: str
    row: int
    field: str
    value: str
    message: str


@dataclass(frozen=True)
class Read:
    """What a table says: parts of a content, and all complaints. With any, nothing of it is proposed."""

    content: dict
    complaints: list[Complaint]
    rows: int


@dataclass(frozen=True)
class Defaults:
    """What holds where a row says nothing: lists from outside are often nothing but words."""

    clause: str = ""
    act: str = "review"
    score: float = 0.9
    bank: str = "site"


def from_file(data: bytes, name: str, clauses: Collection[str], defaults: Defaults) -> Read:
    """Read an uploaded file of any encoding and separator. Raises FileRefused for one that is no table."""
    bounds = {"max_rows": LIMITS.terms, "max_bytes": MOST_BYTES}
    with open_table(BytesIO(data), name=name, known=list(NAMES), **bounds) as table:
        named = [NAMES.get(column.strip().casefold()) for column in table.columns]
        columns = {field: n for n, field in enumerate(named) if field}
        if "term" not in columns:
            raise FileRefused("no_term", _("%(file)s: no column is called “term”.") % {"file": name})
        rows = (
            (number, {f: cells[n].strip() if n < len(cells) else "" for f, n in columns.items()})
            for number, cells in table.rows()
        )
        return from_rows(rows, name, clauses, defaults)


def from_rows(
    rows: Iterable[tuple[int, Mapping[str, str]]], file: str, clauses: Collection[str], defaults: Defaults
) -> Read:
    """Read (row, {field: text}); blank rows are passed over."""
    reading, count = _Reading(file, frozenset(clauses), defaults), 0
    for number, row in rows:
        if any(row.values()):
            count += 1
            reading.row(number, row)
    content = {
        "terms": list(reading.terms.values()),
        "withdrawn": [list(pair) for pair in reading.withdrawn],
        "allowed": list(reading.allowed),
        "disallowed": list(reading.disallowed),
    }
    return Read(content, reading.complaints, count)


class _Reading:
    """One table being read."""

    def __init__(self, file: str, clauses: frozenset[str], defaults: Defaults):
        self.file, self.clauses, self.defaults = file, clauses, defaults
        self.complaints: list[Complaint] = []
        self.terms: dict[tuple[str, str], dict] = {}
        self.withdrawn: dict[tuple[str, str], int] = {}
        self.allowed: dict[str, int] = {}
        self.disallowed: dict[str, int] = {}
        self.seen: dict[tuple, int] = {}

    def row(self, number: int, row: Mapping[str, str]) -> None:
        """Take one row, or complain of every field of it that is wrong."""
        before = len(self.complaints)
        op = OPS.get(row.get("op", "").casefold())
        if op is None:
            self._wrong(number, "op", row["op"], _("is none of add, change, withdraw, allow, disallow"))
        text = self._text(number, row.get("term", ""))
        clause = row.get("clause", "") or self.defaults.clause
        if op not in ("allow", "disallow") and clause not in self.clauses:
            self._wrong(number, "clause", clause, _("is no clause of the pact"))
        rest = self._rest(number, row) if op == "add" else {}
        key = (op in ("allow", "disallow"), text, clause)
        if text and (first := self.seen.setdefault(key, number)) != number:
            self._wrong(number, "term", row["term"], _("stands in row %(row)d already") % {"row": first})
        if len(self.complaints) == before:
            self._take(op, text, clause, rest, number)

    def _take(self, op: str, text: str, clause: str, rest: dict, number: int) -> None:
        if op == "add":
            about = {"text": text, "clause": clause, "bank": self.defaults.bank, "places": []}
            self.terms[text, clause] = about | rest
        elif op == "withdraw":
            self.withdrawn[text, clause] = number
        else:
            (self.allowed if op == "allow" else self.disallowed)[text] = number

    def _text(self, number: int, typed: str) -> str:
        text = folded(typed[: LONGEST * 4])
        if not 2 <= len(text) <= LONGEST:
            words = _("has %(count)d characters, not 2 to %(most)d") % {"count": len(typed), "most": LONGEST}
            self._wrong(number, "term", typed, words)
            return ""
        return text

    def _rest(self, number: int, row: Mapping[str, str]) -> dict:
        act = row.get("act", "") or self.defaults.act
        if act not in ACTS:
            self._wrong(number, "act", act, _("is none of %(acts)s") % {"acts": ", ".join(ACTS)})
        near, unless = (self._words(number, name, row.get(name, "")) for name in ("near", "unless"))
        score = self._score(number, row.get("score", ""))
        note = row.get("note", "")
        if len(note) > MOST_NOTE:
            self._wrong(number, "note", note, _("is longer than %(most)d characters") % {"most": MOST_NOTE})
        return {"act": act, "score": score, "near": near, "unless": unless, "note": note}

    def _score(self, number: int, typed: str) -> float:
        if not typed:
            return self.defaults.score
        try:
            score = float(typed)
        except ValueError:
            score = -1.0
        if not 0 < score <= 1:
            self._wrong(number, "score", typed, _("is no number above 0 and up to 1"))
        return score

    def _words(self, number: int, field: str, typed: str) -> list[str]:
        words = [folded(w[: LONGEST * 4]) for w in typed.split("|", MOST_WORDS + 1)] if typed else []
        if len(words) > MOST_WORDS:
            self._wrong(number, field, typed, _("has more than %(most)d words") % {"most": MOST_WORDS})
        if not all(0 < len(w) <= LONGEST for w in words):
            self._wrong(number, field, typed, _("holds an empty or a very long word between its bars"))
        return words

    def _wrong(self, number: int, field: str, value: str, message: str) -> None:
        self.complaints.append(Complaint(self.file, number, field, value[:60], message))


def as_term(row: Mapping) -> Term:
    """A row of a content as a term, for trying it."""
    lists = {name: tuple(row.get(name, ())) for name in ("near", "unless", "places")}
    return Term(**{**row, **lists})
