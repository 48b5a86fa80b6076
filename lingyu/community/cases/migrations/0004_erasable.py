"""What members wrote in appeals, and what is quoted of theirs, may be emptied when they are erased."""

from django.db import migrations

from lingyu.store.append_only import erasable


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_pictures")]
    operations = [erasable("cases_decision", "evidence"), erasable("cases_appeal", "words")]
