"""Triggers that refuse to change or delete what the ledger, or a correction of it, has booked.

They refuse and do nothing else. A migration that rebuilds one of these tables on SQLite (Django
does so for most changes of a column) drops its triggers: let it end with `refuse` again.
"""

from django.db import migrations

TABLES = ("ecommerce_ledgerentry", "ecommerce_rebooking", "ecommerce_visitorcount")
_WORDS = "{table} is append-only: book a correction instead"
_POSTGRES = """
create or replace function ecommerce_append_only() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only: book a correction instead', tg_table_name using errcode = '23001';
end $$
"""


def refuse(apps, schema_editor):
    """Put the triggers on all three tables."""
    vendor = schema_editor.connection.vendor
    if vendor == "postgresql":
        # Without parameters, so that the % of the message is left as it is.
        schema_editor.execute(_POSTGRES, params=None)
    for table in TABLES:
        for verb in ("update", "delete"):
            name = f"{table}_no_{verb}"
            if vendor == "postgresql":
                schema_editor.execute(
                    f"create trigger {name} before {verb} on {table} "
                    "for each row execute function ecommerce_append_only()"
                )
            else:
                schema_editor.execute(
                    f"create trigger {name} before {verb} on {table} "
                    f"begin select raise(abort, '{_WORDS.format(table=table)}'); end"
                )


def allow(apps, schema_editor):
    """Take the triggers away again."""
    on_table = schema_editor.connection.vendor == "postgresql"
    for table in TABLES:
        for verb in ("update", "delete"):
            schema_editor.execute(f"drop trigger {table}_no_{verb}" + (f" on {table}" if on_table else ""))
    if on_table:
        schema_editor.execute("drop function ecommerce_append_only()")


class Migration(migrations.Migration):
    """Triggers only; no state changes."""

    dependencies = [("ecommerce", "0001_initial")]

    operations = [migrations.RunPython(refuse, allow)]
