from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("articles", "0004_first_revisions"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="reading",
            index=models.Index(fields=["person"], name="reading_by_person"),
        ),
    ]
