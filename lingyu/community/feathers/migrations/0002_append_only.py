"""Versions of rules, and receipts, are never changed or deleted."""

from django.db import migrations

from lingyu.store.append_only import append_only


class Migration(migrations.Migration):
    """Triggers only; no state changes."""

    dependencies = [("feathers", "0001_initial")]

    operations = [
        append_only("feathers_ruleversion", "feathers_receipt"),
    ]
