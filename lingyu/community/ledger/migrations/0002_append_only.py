"""What the ledger has booked is never changed or deleted; balances change, but no account or lot goes."""

from django.db import migrations

from lingyu.store.append_only import append_only


class Migration(migrations.Migration):
    """Triggers only; no state changes."""

    dependencies = [("ledger", "0001_initial")]

    operations = [
        append_only(
            "ledger_transfer",
            "ledger_entry",
            "ledger_anchor",
            "ledger_drift",
            kept=("ledger_account", "ledger_lot"),
        ),
    ]
