"""What the order ledger, or a correction of it, has booked is never changed or deleted."""

from django.db import migrations

from lingyu.store.append_only import append_only


class Migration(migrations.Migration):
    """Triggers only; no state changes."""

    dependencies = [("ecommerce", "0001_initial")]

    operations = [
        append_only("ecommerce_ledgerentry", "ecommerce_rebooking", "ecommerce_visitorcount"),
    ]
