"""Rows that the database refuses, whoever asks: a migration's operation for a rule between two tables.

Holds the triggers of both databases; they refuse and do nothing else. A rule within one row is a
CheckConstraint, which Django writes itself.
"""

from django.db.migrations import RunPython


def refuse_insert(table: str, name: str, *, when: str, words: str) -> RunPython:
    """The operation: a row is not inserted into `table` when `when` (SQL over `new.column`) is true.

    `words` is what the error says (no quotation marks). The trigger is called `name`, unique in the
    database. As with `append_only`, a later migration that rebuilds the table on SQLite has to end with
    this operation again.
    """

    def refuse(apps, schema_editor):
        for statement in _statements(schema_editor.connection.vendor, table, name, when, words):
            schema_editor.execute(statement, params=None)

    def allow(apps, schema_editor):
        postgres = schema_editor.connection.vendor == "postgresql"
        schema_editor.execute(f"drop trigger {name}" + (f" on {table}" if postgres else ""))
        if postgres:
            schema_editor.execute(f"drop function {name}()")

    return RunPython(refuse, allow)


def _statements(vendor: str, table: str, name: str, when: str, words: str) -> list[str]:
    if vendor != "postgresql":
        head = f"create trigger {name} before insert on {table} when {when} "
        return [head + f"begin select raise(abort, '{words}'); end"]
    body = f"begin if {when} then raise exception '{words}' using errcode = '23514'; end if; return new; end"
    return [
        f"create or replace function {name}() returns trigger language plpgsql as $$ {body} $$",
        f"create trigger {name} before insert on {table} for each row execute function {name}()",
    ]
