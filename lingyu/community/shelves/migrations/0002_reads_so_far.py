"""Counts the reads from before there was a readership: facts from now on add to it one by one."""

from django.db import migrations
from django.db.models import Count, Max, Q
from django.utils import timezone


def count(apps, schema_editor):
    """One row for each article that was read."""
    Reading = apps.get_model("articles", "Reading")
    Readership = apps.get_model("shelves", "Readership")
    month = timezone.localdate().replace(day=1)
    found = Reading.objects.values("article").annotate(
        reads=Count("id"), recent=Count("id", filter=Q(day__gte=month)), last=Max("day")
    )
    Readership.objects.bulk_create(
        (
            Readership(
                article_id=row["article"],
                reads=row["reads"],
                month=month if row["recent"] else row["last"].replace(day=1),
                reads_in_month=row["recent"],
            )
            for row in found
        ),
        batch_size=1_000,
    )


class Migration(migrations.Migration):
    dependencies = [("shelves", "0001_initial"), ("articles", "0002_features")]
    operations = [migrations.RunPython(count, migrations.RunPython.noop)]
