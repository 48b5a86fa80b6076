"""Filter expressions: `country = 'France' and amount > 0`, read into a small tree.

Grammar (lowest binding first): `or`, `and`, `not`, then a comparison
`field (= | != | < | <= | > | >=) literal`, `field [not] in (literal, …)`,
`field [not] contains 'text'`, `field is [not] null`, or a group in parentheses. A field is a
word, which may have dots inside and a $ in front; any other is written in "double quotes".
Literals are 'text' (a quote is doubled), whole or decimal numbers, true, false.
Holds no SQL: each engine writes its own.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from .text import N_

Literal = str | int | Decimal | bool


class FilterError(ValueError):
    """The expression cannot be read; `message` is a msgid and `params` fill it."""

    def __init__(self, message: str, **params):
        self.message, self.params = message, params
        super().__init__(message % params)


@dataclass(frozen=True)
class Compare:
    """`field op value`, where op is one of = != < <= > >= contains."""

    field: str
    op: str
    value: Literal


@dataclass(frozen=True)
class In:
    """`field in (values)`."""

    field: str
    values: tuple[Literal, ...]


@dataclass(frozen=True)
class IsNull:
    """`field is null`."""

    field: str


@dataclass(frozen=True)
class Not:
    """The opposite of `item`."""

    item: "Expr"


@dataclass(frozen=True)
class All:
    """Every one of `items`."""

    items: tuple["Expr", ...]


@dataclass(frozen=True)
class Any:
    """At least one of `items`."""

    items: tuple["Expr", ...]


Expr = Compare | In | IsNull | Not | All | Any

_TOKEN = re.compile(
    r"\s*(?:(?P<text>'(?:[^']|'')*')|(?P<number>-?\d+(?:\.\d+)?)|(?P<op><=|>=|!=|<>|=|<|>)"
    r"|(?P<punct>[(),])|\"(?P<name>[^\"]+)\"|(?P<word>\$?\w+(?:\.\w+)*))"
)
_KEYWORDS = {"and", "or", "not", "in", "is", "null", "contains", "true", "false"}


@lru_cache(maxsize=1024)
def parse(text: str) -> Expr | None:
    """The tree of `text`, or None when it is blank. Raises FilterError with the place of the fault."""
    if not text.strip():
        return None
    reader = _Reader(text)
    expr = reader.disjunction()
    reader.end()
    return expr


def both(*exprs: Expr | None) -> Expr | None:
    """The conjunction of those that are there."""
    there = tuple(e for e in exprs if e is not None)
    return there[0] if len(there) == 1 else All(there) if there else None


def fields_of(expr: Expr | None) -> set[str]:
    """The names of the fields that an expression reads."""
    match expr:
        case None:
            return set()
        case Not(item):
            return fields_of(item)
        case All(items) | Any(items):
            return set().union(*map(fields_of, items))
        case _:
            return {expr.field}


class _Reader:
    """A recursive-descent reader over the tokens of one expression."""

    def __init__(self, text: str):
        self.text, self.place, self.tokens = text, 0, []
        at = 0
        while text[at:].strip():
            match = _TOKEN.match(text, at)
            if not match:
                raise FilterError(
                    N_("Filter: cannot read “%(rest)s”. Write text in single quotes."),
                    rest=text[at:].strip()[:30],
                )
            kind = match.lastgroup
            value = match[kind]
            if kind == "word" and value.lower() in _KEYWORDS:
                kind, value = "keyword", value.lower()
            kind = "word" if kind == "name" else kind
            self.tokens.append((kind, value))
            at = match.end()

    def disjunction(self) -> Expr:
        items = [self.conjunction()]
        while self.accept("keyword", "or"):
            items.append(self.conjunction())
        return items[0] if len(items) == 1 else Any(tuple(items))

    def conjunction(self) -> Expr:
        items = [self.negation()]
        while self.accept("keyword", "and"):
            items.append(self.negation())
        return items[0] if len(items) == 1 else All(tuple(items))

    def negation(self) -> Expr:
        if self.accept("keyword", "not"):
            return Not(self.negation())
        if self.accept("punct", "("):
            inner = self.disjunction()
            self.expect("punct", ")")
            return inner
        return self.comparison()

    def comparison(self) -> Expr:
        field = self.expect("word")
        if self.accept("keyword", "is"):
            negated = self.accept("keyword", "not")
            self.expect("keyword", "null")
            return Not(IsNull(field)) if negated else IsNull(field)
        negated = bool(self.accept("keyword", "not"))
        if self.accept("keyword", "in"):
            expr: Expr = In(field, self.literals())
        elif self.accept("keyword", "contains"):
            expr = Compare(field, "contains", self.literal())
        elif negated:
            raise self.fault("in")
        else:
            expr = Compare(field, self.expect("op").replace("<>", "!="), self.literal())
        return Not(expr) if negated else expr

    def literals(self) -> tuple[Literal, ...]:
        self.expect("punct", "(")
        values = [self.literal()]
        while self.accept("punct", ","):
            values.append(self.literal())
        self.expect("punct", ")")
        return tuple(values)

    def literal(self) -> Literal:
        kind, value = self.peek()
        if kind == "text":
            literal: Literal = value[1:-1].replace("''", "'")
        elif kind == "number":
            literal = Decimal(value) if "." in value else int(value)
        elif kind == "keyword" and value in {"true", "false"}:
            literal = value == "true"
        else:
            raise self.fault("'text'")
        self.place += 1
        return literal

    def peek(self) -> tuple[str, str]:
        return self.tokens[self.place] if self.place < len(self.tokens) else ("end", "")

    def accept(self, kind: str, value: str | None = None) -> str | None:
        found_kind, found = self.peek()
        if found_kind != kind or value not in (None, found):
            return None
        self.place += 1
        return found

    def expect(self, kind: str, value: str | None = None) -> str:
        found = self.accept(kind, value)
        if found is None:
            raise self.fault(value or {"word": "field", "op": "="}.get(kind, kind))
        return found

    def end(self) -> None:
        if self.place < len(self.tokens):
            raise self.fault("and")

    def fault(self, wanted: str) -> FilterError:
        return FilterError(
            N_("Filter: expected “%(wanted)s” but found “%(found)s” in “%(text)s”."),
            wanted=wanted,
            found=self.peek()[1] or "…",
            text=self.text.strip(),
        )
