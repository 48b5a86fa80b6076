"""A golden case knows the case that its text was taken from, so that it can go with its writer."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0004_erasable'),
    ]

    operations = [
        migrations.AddField(
            model_name='golden',
            name='source',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='golden', to='cases.case'),
        ),
    ]
