"""Append-only tables: migrations' operations that make the database refuse, whoever asks.

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
            _drop(schema_editor, table, verb)

    return RunPython(refuse, allow)


def erasable(table: str, *columns: str) -> RunPython:
    """The operation: texts in these columns of an append-only table may be emptied, and nothing else.

    For words that a person wrote and that go when the person is erased; the row stays, and what was
    counted from it. On SQLite the columns are those of this moment: a migration that adds one to the table
    ends with this operation again.
    """

    def allow(apps, schema_editor):
        postgres = schema_editor.connection.vendor == "postgresql"
        _drop(schema_editor, table, "update")
        unless = _emptied(schema_editor, table, columns)
        schema_editor.execute(_trigger(table, "update", postgres, f"when (not ({unless}))"), params=None)

    def refuse(apps, schema_editor):
        _drop(schema_editor, table, "update")
        postgres = schema_editor.connection.vendor == "postgresql"
        schema_editor.execute(_trigger(table, "update", postgres), params=None)

    return RunPython(allow, refuse)


def _emptied(schema_editor, table: str, columns: tuple[str, ...]) -> str:
    """SQL over `old` and `new`: the same row, but for columns that are empty now."""
    connection = schema_editor.connection
    if connection.vendor == "postgresql":
        names = ", ".join(f"'{c}'" for c in columns)
        same = [f"to_jsonb(new) - array[{names}] = to_jsonb(old) - array[{names}]"]
        kept = "is not distinct from"
    else:
        with connection.cursor() as cursor:
            found = connection.introspection.get_table_description(cursor, table)
        same = [f"new.{c.name} is old.{c.name}" for c in found if c.name not in columns]
        kept = "is"
    return " and ".join([*same, *(f"(new.{c} = '' or new.{c} {kept} old.{c})" for c in columns)])


def _drop(schema_editor, table: str, verb: str) -> None:
    postgres = schema_editor.connection.vendor == "postgresql"
    schema_editor.execute(f"drop trigger {table}_no_{verb}" + (f" on {table}" if postgres else ""))


def _refusals(tables: tuple[str, ...], kept: tuple[str, ...], postgres: bool) -> Iterator[tuple[str, str]]:
    yield from ((table, verb) for table in tables for verb in ("update", "delete"))
    yield from ((table, "delete") for table in kept)
    if postgres:
        yield from ((table, "truncate") for table in (*tables, *kept))


def _trigger(table: str, verb: str, postgres: bool, when: str = "") -> str:
    if not postgres:
        words = _WORDS.format(table=table)
        head = f"create trigger {table}_no_{verb} before {verb} on {table} {when} "
        return head + f"begin select raise(abort, '{words}'); end"
    each = "statement" if verb == "truncate" else "row"
    return (
        f"create trigger {table}_no_{verb} before {verb} on {table} "
        f"for each {each} {when} execute function lingyu_append_only()"
    )
