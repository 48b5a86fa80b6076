"""What was published stays as it was published: the database refuses changes."""

from django.db import migrations

from lingyu.store.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("transparency", "0001_initial")]
    operations = [append_only("transparency_publication")]
