"""The evidence of a finding is its writer's words: it may be emptied when they are erased."""

from django.db import migrations

from lingyu.store.append_only import erasable


class Migration(migrations.Migration):
    dependencies = [("pact", "0003_refusal")]
    operations = [erasable("pact_finding", "evidence")]
