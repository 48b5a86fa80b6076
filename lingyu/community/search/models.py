"""Rows of the search: one document for each thing that can be found.

Holds what results show and how they are narrowed; the words themselves lie in the database's own
full-text index (`index`), one entry a document.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Document(models.Model):
    """A published article or a member, as anybody may find it.

    `text` is plain, and of a closed article only its free part. `title_folded` is the title as
    comparisons see it.
    """

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=20)
    subject = models.UUIDField()
    title = models.CharField(max_length=200)
    title_folded = models.CharField(max_length=600)
    keywords = models.CharField(max_length=400, blank=True)
    text = models.TextField(blank=True)
    column = models.CharField(max_length=50, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("search document")
        verbose_name_plural = _("search documents")
        constraints = [models.UniqueConstraint(fields=["kind", "subject"], name="found_once")]
        indexes = [models.Index(fields=["kind", "-at"], name="document_newest")]

    def __str__(self):
        return self.title
