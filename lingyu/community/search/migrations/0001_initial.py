"""The documents, and the full-text index of whichever database this is."""

from django.db import migrations, models


def create(apps, schema):
    from lingyu.community.search.index import postgres, sqlite

    if schema.connection.vendor == "postgresql":
        for statement in postgres.CREATE:
            schema.execute(statement)
    else:
        schema.execute(sqlite.CREATE)


def remove(apps, schema):
    if schema.connection.vendor == "postgresql":
        schema.execute("ALTER TABLE search_document DROP COLUMN words")
    else:
        schema.execute("DROP TABLE search_words")


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=20)),
                ("subject", models.UUIDField()),
                ("title", models.CharField(max_length=200)),
                ("title_folded", models.CharField(max_length=600)),
                ("keywords", models.CharField(blank=True, max_length=400)),
                ("text", models.TextField(blank=True)),
                ("column", models.CharField(blank=True, max_length=50)),
                ("at", models.DateTimeField()),
            ],
            options={"verbose_name": "search document", "verbose_name_plural": "search documents"},
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.UniqueConstraint(fields=("kind", "subject"), name="found_once"),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(fields=["kind", "-at"], name="document_newest"),
        ),
        migrations.RunPython(create, remove),
    ]
