"""One tally of an article's reads in place of two: ever, in a month, in seven days, counted from the readings."""

from datetime import timedelta

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Count, Max, Q
from django.utils import timezone


def count(apps, schema_editor):
    """One row for each article that was read."""
    Reading = apps.get_model("articles", "Reading")
    Readership = apps.get_model("articles", "Readership")
    today = timezone.localdate()
    month, week = today.replace(day=1), today - timedelta(days=7)
    found = Reading.objects.order_by().values("article").annotate(
        reads=Count("id"),
        recent=Count("id", filter=Q(day__gte=month)),
        last=Max("day"),
        week=Count("id", filter=Q(day__gte=week)),
    )
    Readership.objects.bulk_create(
        (
            Readership(
                article_id=row["article"],
                reads=row["reads"],
                month=month if row["recent"] else row["last"].replace(day=1),
                reads_in_month=row["recent"],
                reads_in_week=row["week"],
            )
            for row in found
        ),
        batch_size=1_000,
    )


class Migration(migrations.Migration):
    dependencies = [("articles", "0006_week_reads")]

    operations = [
        migrations.CreateModel(
            name="Readership",
            fields=[
                ("article", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name="readership", serialize=False, to="articles.article")),
                ("reads", models.PositiveIntegerField(default=0)),
                ("month", models.DateField()),
                ("reads_in_month", models.PositiveIntegerField(default=0)),
                ("reads_in_week", models.PositiveIntegerField(default=0)),
            ],
            options={
                "verbose_name": "readership",
                "verbose_name_plural": "readerships",
                "indexes": [
                    models.Index(fields=["month", "-reads_in_month"], name="read_most_in_month"),
                    models.Index(fields=["-reads_in_week"], name="read_most_in_week"),
                ],
            },
        ),
        migrations.RunPython(count, migrations.RunPython.noop),
        migrations.DeleteModel(name="WeekReads"),
    ]
