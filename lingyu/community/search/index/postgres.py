"""The index in PostgreSQL: a `tsvector` beside each document, under a GIN index.

Holds its SQL. The vectors are written token by token, not parsed by PostgreSQL, so that both
databases hold the same tokens. Title, keywords, body and near are the weights A, B, C and D.
"""

from django.db import connection

from ..asking import Asked, Term
from . import base
from .base import WEIGHTS, Found, Tokens, Wanted

CREATE = (
    "ALTER TABLE search_document ADD COLUMN words tsvector",
    "CREATE INDEX search_document_words ON search_document USING gin (words)",
)
# What a tsvector can hold: positions, and how many bytes altogether.
POSITIONS = 16_383
LETTERS = 300_000
PLACES = {"text": "ABC", "near": "D"}


def put(id: int, tokens: Tokens) -> None:
    """Enter or replace the words of document `id`."""
    parts = zip("ABCD", (tokens.title, tokens.keywords, tokens.body, tokens.near), strict=True)
    vector = " ".join(_lexemes(label, listed) for label, listed in parts)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE search_document SET words = %s::tsvector WHERE id = %s", [vector, id])


def drop(id: int) -> None:
    """Nothing to forget: the words go with their document."""


def find(asked: Asked, wanted: Wanted, limit: int, offset: int) -> Found:
    """The documents that meet every chunk, the newest `NEWEST` of them."""
    met = "FROM search_document WHERE words @@ %s::tsquery AND kind = %s AND (%s = '' OR \"column\" = %s)"
    query = expression(asked)
    given = [query, wanted.kind, wanted.column, wanted.column]
    # ts_rank takes the weights of D, C, B and A, each at most 1.
    weights = "{" + ",".join(str(w / WEIGHTS[0]) for w in reversed(WEIGHTS)) + "}"
    best = "position(%s in title_folded) = 0, ts_rank(%s::float4[], words, %s::tsquery, 1) DESC, "
    order, ordered_by = (best, [asked.folded, weights, query]) if wanted.order == "best" else ("", [])
    with connection.cursor() as cursor:
        counted = f"SELECT count(*) FROM (SELECT 1 {met} LIMIT {base.NEWEST}) met"  # noqa: S608 - our SQL
        cursor.execute(counted, given)
        total = cursor.fetchone()[0]
        cursor.execute(
            f"SELECT id FROM (SELECT * {met} ORDER BY id DESC LIMIT {base.NEWEST}) met "  # noqa: S608 - our SQL
            f"ORDER BY {order} at DESC, id DESC LIMIT %s OFFSET %s",
            [*given, *ordered_by, limit, offset],
        )
        return Found([row[0] for row in cursor.fetchall()], total)


def expression(asked: Asked) -> str:
    """The query in PostgreSQL's language."""
    chunks = [
        " | ".join("(" + " & ".join(_term(t) for t in way) + ")" for way in chunk.ways)
        for chunk in asked.chunks
    ]
    return " & ".join(f"({chunk})" for chunk in chunks)


def _term(term: Term) -> str:
    return f"{_quoted(term.token)}:{'*' if term.prefix else ''}{PLACES[term.place]}"


def _lexemes(label: str, tokens: list[str]) -> str:
    written, room = [], LETTERS
    for position, token in enumerate(tokens, start=1):
        room -= len(token.encode())
        if room < 0:
            break
        written.append(f"{_quoted(token)}:{min(position, POSITIONS)}{label}")
    return " ".join(written)


def _quoted(token: str) -> str:
    doubled = token.replace("\\", "\\\\").replace("'", "''")
    return f"'{doubled}'"
