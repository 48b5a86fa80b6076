"""Triggers that refuse TRUNCATE, which passes by triggers of rows; PostgreSQL's affair alone.

SQLite's DELETE without a condition fires the triggers that are there, and its REPLACE does so because our
connections have `recursive_triggers` on. What no trigger can refuse is who may change the triggers
themselves: the tables' owner (ALTER TABLE … DISABLE TRIGGER, DROP) and, on PostgreSQL, a superuser with
`session_replication_role = replica`. Run the site as a role that owns nothing where that matters; what was
changed all the same, `lingyu verify-ledger` shows.
"""

from django.db import migrations

TABLES = ("feathers_ruleversion", "feathers_receipt")


def refuse(apps, schema_editor):
    """Put the triggers on every table."""
    if schema_editor.connection.vendor == "postgresql":
        for table in TABLES:
            schema_editor.execute(
                f"create trigger {table}_no_truncate before truncate on {table} "
                "for each statement execute function feathers_append_only()"
            )


def allow(apps, schema_editor):
    """Take the triggers away again."""
    if schema_editor.connection.vendor == "postgresql":
        for table in TABLES:
            schema_editor.execute(f"drop trigger {table}_no_truncate on {table}")


class Migration(migrations.Migration):
    """Triggers only; no state changes."""

    dependencies = [("feathers", "0002_append_only")]

    operations = [migrations.RunPython(refuse, allow)]
