"""Versions of the pact that were announced after the one that is shipped."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lingyu.community.accounts.models import Member


class PactVersionQuerySet(models.QuerySet):
    """Versions, as adjectives."""

    def in_force(self, at):
        """Those whose day had come at `at`, the latest first."""
        return self.filter(in_force_at__lte=at).order_by("-number")

    def announced(self, at):
        """Those that are known but not yet in force at `at`."""
        return self.filter(in_force_at__gt=at).order_by("number")


class PactVersion(models.Model):
    """One version of the whole text. Append-only: a slip is mended by the next version.

    `content` is the pact as JSON (`versions.as_data`). Number 1 is the one that is shipped, and no row.
    """

    number = models.PositiveIntegerField(primary_key=True)
    content = models.JSONField()
    announced_at = models.DateTimeField(_("announced"))
    in_force_at = models.DateTimeField(_("in force from"), db_index=True)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    note_zh = models.CharField(_("what changes, in a Chinese sentence"), max_length=300)
    note_en = models.CharField(_("what changes, in an English sentence"), max_length=300)

    objects = PactVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of the pact")
        verbose_name_plural = _("versions of the pact")

    def __str__(self):
        return str(self.number)
