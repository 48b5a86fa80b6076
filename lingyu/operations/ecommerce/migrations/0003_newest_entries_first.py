# The index by which the orders page lists the newest entries.

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ecommerce', '0002_ledger_is_append_only'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='ledgerentry',
            index=models.Index(fields=['-occurred_at', '-id'], name='ledger_entry_newest'),
        ),
    ]
