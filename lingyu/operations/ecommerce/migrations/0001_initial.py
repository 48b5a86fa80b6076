# The tables of the ledger and its imports.

import django.db.models.deletion
import lingyu.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='ImportRun',
            fields=[
                ('id', models.UUIDField(default=lingyu.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('importer', models.CharField(max_length=30)),
                ('format', models.CharField(max_length=30)),
                ('file', models.CharField(max_length=255)),
                ('sha256', models.CharField(max_length=64)),
                ('imported_by', models.CharField(max_length=100)),
                ('started_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField()),
                ('new', models.PositiveIntegerField(default=0)),
                ('unchanged', models.PositiveIntegerField(default=0)),
                ('conflicting', models.PositiveIntegerField(default=0)),
                ('refused', models.PositiveIntegerField(default=0)),
                ('skipped', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='Shop',
            fields=[
                ('id', models.UUIDField(default=lingyu.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=80, unique=True)),
                ('platform', models.CharField(choices=[('taobao', 'Taobao'), ('tmall', 'Tmall'), ('jd', 'JD'), ('pdd', 'Pinduoduo'), ('douyin', 'Douyin'), ('own', 'Own shop'), ('generic', 'Other')], max_length=10)),
                ('currency', models.CharField(max_length=3)),
                ('zone', models.CharField(max_length=60)),
                ('opened_by', models.CharField(max_length=100)),
                ('opened_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='LedgerEntry',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('order_number', models.CharField(max_length=80)),
                ('line', models.CharField(max_length=220)),
                ('kind', models.CharField(choices=[('paid', 'Paid'), ('refund', 'Refund')], max_length=6)),
                ('occurred_at', models.DateTimeField()),
                ('paid_at', models.DateTimeField(null=True)),
                ('quantity', models.BigIntegerField()),
                ('amount', models.BigIntegerField()),
                ('currency', models.CharField(max_length=3)),
                ('product', models.CharField(max_length=200, null=True)),
                ('buyer', models.CharField(max_length=200, null=True)),
                ('country', models.CharField(max_length=80, null=True)),
                ('run', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='ecommerce.importrun')),
                ('shop', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='ecommerce.shop')),
            ],
        ),
        migrations.CreateModel(
            name='Rebooking',
            fields=[
                ('id', models.UUIDField(default=lingyu.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('paid_at', models.DateTimeField()),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='rebooking', to='ecommerce.ledgerentry')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rebookings', to='ecommerce.importrun')),
            ],
        ),
        migrations.AddField(
            model_name='importrun',
            name='shop',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='imports', to='ecommerce.shop'),
        ),
        migrations.CreateModel(
            name='VisitorCount',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('day', models.DateField()),
                ('turn', models.PositiveIntegerField()),
                ('change', models.IntegerField()),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='visitor_counts', to='ecommerce.importrun')),
                ('shop', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='visitor_counts', to='ecommerce.shop')),
            ],
        ),
        migrations.CreateModel(
            name='Product',
            fields=[
                ('id', models.UUIDField(default=lingyu.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('sku', models.CharField(max_length=200)),
                ('title', models.CharField(max_length=300)),
                ('titled_at', models.DateTimeField()),
                ('shop', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='products', to='ecommerce.shop')),
            ],
            options={
                'indexes': [models.Index(fields=['sku'], name='ecommerce_p_sku_35a263_idx')],
                'constraints': [models.UniqueConstraint(fields=('shop', 'sku'), name='product_once')],
            },
        ),
        migrations.AddConstraint(
            model_name='ledgerentry',
            constraint=models.UniqueConstraint(fields=('shop', 'order_number', 'line', 'kind'), name='ledger_entry_once'),
        ),
        migrations.AddConstraint(
            model_name='ledgerentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('amount__gte', 0), ('kind', 'paid'), ('quantity__gte', 0)), models.Q(('amount__lte', 0), ('kind', 'refund'), ('quantity__lte', 0)), _connector='OR'), name='ledger_entry_signed'),
        ),
        migrations.AddConstraint(
            model_name='visitorcount',
            constraint=models.UniqueConstraint(fields=('shop', 'day', 'turn'), name='visitor_count_once'),
        ),
    ]
