"""The readership is kept where readings are, in the room of the articles."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("shelves", "0002_reads_so_far"), ("articles", "0007_readership")]

    operations = [migrations.DeleteModel(name="Readership")]
