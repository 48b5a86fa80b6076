"""Rows of the intake: column mappings that somebody has confirmed.

Holds state only; `mapping` reads and writes it.
"""

from django.db import models

from lingyu.kernel.ids import uuid7


class ColumnMapping(models.Model):
    """What the columns of one importer's files mean, by the signature of their header.

    `columns` is {field name: column name}; `remembered_by` is the actor who confirmed it last.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    importer = models.CharField(max_length=100)
    signature = models.CharField(max_length=32)
    columns = models.JSONField()
    remembered_by = models.CharField(max_length=100)
    remembered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["importer", "signature"], name="one_mapping_per_header")
        ]

    def __str__(self):
        return f"{self.importer}: {len(self.columns)}"
