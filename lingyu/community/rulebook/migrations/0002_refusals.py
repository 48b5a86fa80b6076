"""What was proposed, what became of it and which set was in force stays: the database refuses to change it."""

from django.db import migrations

from lingyu.store.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("rulebook", "0001_initial")]
    operations = [
        append_only(
            "rulebook_rulechange", "rulebook_move", "rulebook_edition", "rulebook_sample", kept=("rulebook_specimen",)
        )
    ]
