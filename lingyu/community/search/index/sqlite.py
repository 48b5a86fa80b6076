"""The index in SQLite: one FTS5 table whose rows have the documents' ids.

Holds its SQL. Tokens are made by us, so its tokenizer only has to split at spaces. Ranked by BM25.
"""

from django.db import connection

from ..asking import Asked, Term
from . import base
from .base import WEIGHTS, Found, Tokens, Wanted

TABLE = "search_words"
CREATE = (
    f"CREATE VIRTUAL TABLE {TABLE} USING fts5("
    "title, keywords, body, near, tokenize = \"unicode61 remove_diacritics 0\", prefix='2')"
)
PLACES = {"text": "{title keywords body}", "near": "{near}"}


def put(id: int, tokens: Tokens) -> None:
    """Enter or replace the words of document `id`."""
    columns = [" ".join(c) for c in (tokens.title, tokens.keywords, tokens.body, tokens.near)]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM search_words WHERE rowid = %s", [id])
        cursor.execute(
            "INSERT INTO search_words (rowid, title, keywords, body, near) VALUES (%s, %s, %s, %s, %s)",
            [id, *columns],
        )


def drop(id: int) -> None:
    """Forget the words of document `id`."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM search_words WHERE rowid = %s", [id])


def find(asked: Asked, wanted: Wanted, limit: int, offset: int) -> Found:
    """The documents that meet every chunk, the newest `NEWEST` of them."""
    # CROSS JOIN keeps the words as the outer loop: the planner would rather try every document of a kind.
    met = (
        "FROM search_words CROSS JOIN search_document d ON d.id = search_words.rowid "
        "WHERE search_words MATCH %s AND d.kind = %s AND (%s = '' OR d.\"column\" = %s)"
    )
    given = [expression(asked), wanted.kind, wanted.column, wanted.column]
    best = "instr(d.title_folded, %s) = 0, bm25(search_words, %s, %s, %s, %s)"
    order, ordered_by = (best, [asked.folded, *WEIGHTS]) if wanted.order == "best" else ("0, 0", [])
    # Ordered and counted in one walk over what meets a word, the newest first; of a common one it ends early.
    # bm25 may stand only where the words are matched; with a LIMIT of its own a subquery stays one.
    newest = f"ORDER BY search_words.rowid DESC LIMIT {base.NEWEST}"
    page = (
        f"WITH met (far, rank, at, id) AS (SELECT {order}, d.at, d.id {met} {newest}) "  # noqa: S608 - our SQL
        "SELECT id, count(*) OVER () FROM met ORDER BY far, rank, at DESC, id DESC LIMIT %s OFFSET %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(page, [*ordered_by, *given, limit, offset])
        if rows := cursor.fetchall():
            return Found([row[0] for row in rows], rows[0][1])
        if not offset:
            return Found([], 0)
        # Past the last page no row tells how many there are.
        cursor.execute(f"SELECT count(*) FROM (SELECT 1 {met} {newest})", given)  # noqa: S608 - our SQL
        return Found([], cursor.fetchone()[0])


def expression(asked: Asked) -> str:
    """The query in FTS5's language; tokens are letters and digits only, quoted all the same."""
    chunks = [
        " OR ".join("(" + " AND ".join(_term(t) for t in way) + ")" for way in chunk.ways)
        for chunk in asked.chunks
    ]
    return " AND ".join(f"({chunk})" for chunk in chunks)


def _term(term: Term) -> str:
    quoted = term.token.replace('"', '""')
    return f'{PLACES[term.place]} : "{quoted}"{"*" if term.prefix else ""}'
