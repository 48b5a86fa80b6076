"""Append-only tables: a migration's operation that makes the database refuse, whoever asks.

Holds the triggers of both databases; they refuse and do nothing else. What no trigger can refuse is who
may change the triggers themselves: the tables' owner and, on PostgreSQL, a superuser with
`session_replication_role = replica`. Run the site as a role that owns nothing where that matters.
"""

from collections.abc import Iterator

from django.db.migrations import RunPython

_WORDS = "{table} is append-only: write a correction instead"
_FUNCTION = """
create or replace function lingyu_append_only() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only: write a correction instead', tg_table_name using errcode = '23001';
end $$
"""


def append_only(*tables: str, kept: tuple[str, ...] = ()) -> RunPython:
    """The operation: rows of `tables` are never changed or deleted, those of `kept` never deleted.

    TRUNCATE, which passes by triggers of rows, is refused on PostgreSQL; on SQLite, DELETE without a
    condition and REPLACE fire the same triggers, since our connections have `recursive_triggers` on. A
    migration that rebuilds one of the tables on SQLite (Django does so for most changes of a column) drops
    its triggers: let it end with this operation again.
    """

    def refuse(apps, schema_editor):
        postgres = schema_editor.connection.vendor == "postgresql"
        if postgres:
            # Without parameters, so that the % of the message is left as it is.
            schema_editor.execute(_FUNCTION, params=None)
        for table, verb in _refusals(tables, kept, postgres):
            schema_editor.execute(_trigger(table, verb, postgres), params=None)

    def allow(apps, schema_editor):
        postgres = schema_editor.connection.vendor == "postgresql"
        for table, verb in _refusals(tables, kept, postgres):
            schema_editor.execute(f"drop trigger {table}_no_{verb}" + (f" on {table}" if postgres else ""))

    return RunPython(refuse, allow)


def _refusals(tables: tuple[str, ...], kept: tuple[str, ...], postgres: bool) -> Iterator[tuple[str, str]]:
    yield from ((table, verb) for table in tables for verb in ("update", "delete"))
    yield from ((table, "delete") for table in kept)
    if postgres:
        yield from ((table, "truncate") for table in (*tables, *kept))


def _trigger(table: str, verb: str, postgres: bool) -> str:
    if not postgres:
        words = _WORDS.format(table=table)
        head = f"create trigger {table}_no_{verb} before {verb} on {table} "
        return head + f"begin select raise(abort, '{words}'); end"
    each = "statement" if verb == "truncate" else "row"
    return (
        f"create trigger {table}_no_{verb} before {verb} on {table} "
        f"for each {each} execute function lingyu_append_only()"
    )
