"""Triggers that refuse to change or delete versions of goods, steps of orders, attempts and reveals, whoever asks.

They refuse and do nothing else. A migration that rebuilds one of these tables on SQLite (Django
does so for most changes of a column) drops its triggers: let it end with `refuse` again.
"""

from django.db import migrations

TABLES = ("mall_version", "mall_tiertable", "mall_step", "mall_attempt", "mall_reveal", "mall_reopening")
_WORDS = "{table} is append-only: write a new one instead"
_POSTGRES = """
create or replace function mall_append_only() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only: write a new one instead', tg_table_name using errcode = '23001';
end $$
"""


def _refusals():
    yield from ((table, verb) for table in TABLES for verb in ("update", "delete"))


def refuse(apps, schema_editor):
    """Put the triggers on every table."""
    vendor = schema_editor.connection.vendor
    if vendor == "postgresql":
        # Without parameters, so that the % of the message is left as it is.
        schema_editor.execute(_POSTGRES, params=None)
    for table, verb in _refusals():
        name = f"{table}_no_{verb}"
        if vendor == "postgresql":
            schema_editor.execute(
                f"create trigger {name} before {verb} on {table} "
                "for each row execute function mall_append_only()"
            )
        else:
            schema_editor.execute(
                f"create trigger {name} before {verb} on {table} "
                f"begin select raise(abort, '{_WORDS.format(table=table)}'); end"
            )


def allow(apps, schema_editor):
    """Take the triggers away again."""
    on_table = schema_editor.connection.vendor == "postgresql"
    for table, verb in _refusals():
        schema_editor.execute(f"drop trigger {table}_no_{verb}" + (f" on {table}" if on_table else ""))
    if on_table:
        schema_editor.execute("drop function mall_append_only()")


class Migration(migrations.Migration):
    """Triggers only; no state changes."""

    dependencies = [("mall", "0001_initial")]

    operations = [migrations.RunPython(refuse, allow)]
