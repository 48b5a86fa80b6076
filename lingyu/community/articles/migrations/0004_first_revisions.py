"""What articles said before there were revisions becomes their first one; their length is counted."""

import re

from django.db import migrations
from django.db.models import Exists, OuterRef

from lingyu.community.articles.prose import length_of
from lingyu.kernel.ids import uuid7

BATCH = 500


def first_revisions(apps, schema_editor):
    """Batch by batch; an article that has a revision is left as it is."""
    Article, Revision = apps.get_model("articles", "Article"), apps.get_model("articles", "Revision")
    without = Article.objects.filter(~Exists(Revision.objects.filter(article=OuterRef("pk")))).order_by("pk")
    while batch := list(without.prefetch_related("keywords")[:BATCH]):
        for article in batch:
            article.length = length_of(re.sub("<[^>]+>", " ", article.html))
        Article.objects.bulk_update(batch, ["length"])
        Revision.objects.bulk_create(
            Revision(
                id=uuid7(),
                article=a,
                number=1,
                by_id=a.author_id,
                at=a.edited_at,
                title=a.title,
                summary=a.summary,
                body=a.body,
                column_id=a.column_id,
                keywords=", ".join(k.word for k in a.keywords.all()),
            )
            for a in batch
        )


class Migration(migrations.Migration):
    dependencies = [("articles", "0003_writing")]

    operations = [migrations.RunPython(first_revisions, migrations.RunPython.noop, elidable=True)]
