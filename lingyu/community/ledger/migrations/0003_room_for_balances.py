"""Balances change all the time: room is left in their pages, so that a changed row stays in its page.

PostgreSQL's affair alone (heap-only tuples): without it every change is a new entry in every index.
"""

from django.db import migrations


def leave_room(apps, schema_editor):
    """Half of every page is kept for new versions of the rows in it."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("alter table ledger_account set (fillfactor = 50)")


def take_it_back(apps, schema_editor):
    """As it was."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("alter table ledger_account reset (fillfactor)")


class Migration(migrations.Migration):
    """Storage only; no state changes."""

    dependencies = [("ledger", "0002_append_only")]

    operations = [migrations.RunPython(leave_room, take_it_back)]
