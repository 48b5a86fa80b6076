"""A second person may also not confirm; who decided may do neither: the database refuses it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from lingyu.store.append_only import append_only
from lingyu.store.refusing import refuse_insert


class Migration(migrations.Migration):

    dependencies = [
        ('pact', '0002_refusals'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Refusal',
            fields=[
                ('finding', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='refusal', serialize=False, to='pact.finding')),
                ('at', models.DateTimeField()),
                ('words', models.CharField(max_length=2000)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'refused second confirmation',
                'verbose_name_plural': 'refused second confirmations',
                'constraints': [models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='a_refusal_has_reasons')],
            },
        ),
        append_only("pact_refusal"),
        refuse_insert(
            "pact_refusal",
            "pact_refusal_by_another",
            when="exists (select 1 from pact_finding f where f.id = new.finding_id "
            "and (f.decided_by_id = new.by_id or f.member_id = new.by_id))",
            words="a finding is refused by another than who decided it or whom it is about",
        ),
    ]
