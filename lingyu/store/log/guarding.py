"""What may be asked in SQL: one SELECT over the tables that there are, with functions that read nothing else.

The statement is read as DuckDB's own parser reads it. This is the first of two locks; the second is a
connection that can open no other file and change no setting (`sandbox`).
"""

import json
import re
from collections.abc import Iterator
from typing import Any

import duckdb

from lingyu.kernel.query import QueryError
from lingyu.kernel.text import N_

# Table functions that make rows out of their arguments alone.
PURE = {"range", "generate_series", "unnest", "generate_subscripts", "json_each", "json_tree"}
# Scalar functions that tell of the machine, or leave something behind.
CLOSED = re.compile(
    r"getenv|current_setting|getvariable|write_log|nextval|currval|setseed|.*_secret.*|"
    r"(?:duckdb|pragma|pg|parquet|read|write|sniff|glob).*|query|query_table|sql_auto_complete"
)
LONGEST = 20_000
_PLACE = re.compile(r"\n+LINE (\d+):(.*)\n( *)\^", re.DOTALL)


class SqlError(QueryError):
    """The statement is refused or wrong; `line` and `column` from 1 where the place is known."""

    def __init__(self, message: str, line: int | None = None, column: int | None = None, **params):
        self.line, self.column = line, column
        super().__init__(message, **params)


def checked(db: duckdb.DuckDBPyConnection, text: str, tables: set[str]) -> set[str]:
    """Which of `tables` the statement reads. Raises SqlError for what may not be asked."""
    if len(text) > LONGEST:
        raise SqlError(N_("The statement is longer than %(limit)s characters."), limit=LONGEST)
    statements = _parsed(db, text)
    if len(statements) != 1:
        raise SqlError(N_("Write exactly one statement; these are %(number)s."), number=len(statements))
    [(written,)] = db.execute("SELECT json_serialize_sql(?::VARCHAR)", [text]).fetchall()
    tree = json.loads(written)
    if statements[0].type != duckdb.StatementType.SELECT or tree["error"]:
        raise SqlError(N_("Only SELECT is allowed: nothing can be changed, loaded or written from here."))
    return _read(tree["statements"], tables, text)


def _parsed(db, text: str) -> list:
    try:
        return db.extract_statements(text)
    except duckdb.Error as error:
        raise worded(error) from None


def _read(tree: Any, tables: set[str], text: str) -> set[str]:
    nodes = list(_nodes(tree))
    named = {entry["key"].lower() for n in nodes for entry in n.get("cte_map", {}).get("map", ())}
    read = set()
    for node in nodes:
        kind = node.get("type")
        if kind == "BASE_TABLE":
            name = node["table_name"].lower()
            plain = len(node["qualified_name"]["path"]) == 1
            if not plain or name not in tables | named:
                raise _refused(N_("There is no table “%(name)s”; there are %(tables)s."), node, text, tables)
            read |= {name} & tables
        elif kind == "TABLE_FUNCTION":
            if node["function"]["function_name"].lower() not in PURE:
                raise _refused(N_("“%(name)s” reads what is not asked about here."), node, text, tables)
        elif kind == "SHOW_REF" and node.get("query") is None:
            raise SqlError(N_("Only SELECT is allowed: nothing can be changed, loaded or written from here."))
        elif node.get("class") == "FUNCTION" and CLOSED.fullmatch(node["function_name"].lower()):
            raise _refused(N_("The function “%(name)s” is closed here."), node, text, tables)
    return read


def _nodes(tree: Any) -> Iterator[dict]:
    waiting = [tree]
    while waiting:
        found = waiting.pop()
        if isinstance(found, dict):
            yield found
            waiting += found.values()
        elif isinstance(found, list):
            waiting += found


def _refused(message: str, node: dict, text: str, tables: set[str]) -> SqlError:
    inner = node.get("function", node)
    name = inner.get("function_name") or inner.get("table_name") or ""
    place = node.get("query_location", len(text))
    line = column = None
    before = text.encode()[:place].decode("utf-8", "ignore") if place < len(text.encode()) else None
    if before is not None:
        line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
    return SqlError(message, line, column, name=name, tables=", ".join(sorted(tables)))


def worded(error: Exception) -> SqlError:
    """DuckDB's error with its place as numbers: what it says before it, and no file's name."""
    said = str(error)
    line = column = None
    if match := _PLACE.search(said):
        line = int(match[1])
        column = max(1, len(match[3]) - len(f"LINE {line}: ") + 1)
        said = said[: match.start()]
    plain = re.sub(r"['\"]?/[^\s'\"]+['\"]?", "…", said).strip()
    return SqlError(N_("%(reason)s"), line, column, reason=plain)
