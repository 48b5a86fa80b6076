"""Versions of goods, steps of orders, attempts and reveals are never changed or deleted."""

from django.db import migrations

from lingyu.store.append_only import append_only


class Migration(migrations.Migration):
    """Triggers only; no state changes."""

    dependencies = [("mall", "0001_initial")]

    operations = [
        append_only(
            "mall_version", "mall_tiertable", "mall_step", "mall_attempt", "mall_reveal", "mall_reopening"
        ),
    ]
