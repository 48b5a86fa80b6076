"""Samples of what differs, drawn by chance, and what people say of each text."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lingyu.community.accounts.models import Member
from lingyu.kernel.ids import uuid7

from .changes import RuleChange
from .trials import Difference


class Sample(models.Model):
    """One drawing: from so many of each stratum so many, with this seed. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    change = models.ForeignKey(RuleChange, on_delete=models.PROTECT, related_name="samples")
    seed = models.PositiveIntegerField()
    # {stratum: [drawn, of so many that had not been drawn before]}
    sizes = models.JSONField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("sample")
        verbose_name_plural = _("samples")

    def __str__(self):
        return f"{self.change_id} ⚂ {self.seed}"


class Specimen(models.Model):
    """One text of a sample. `breaks` is whether a person says that it breaks the clause; None before."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, related_name="specimens")
    difference = models.OneToOneField(Difference, on_delete=models.PROTECT, related_name="specimen")
    place = models.PositiveIntegerField()
    breaks = models.BooleanField(null=True)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("text of a sample")
        verbose_name_plural = _("texts of a sample")
        constraints = [models.UniqueConstraint(fields=["sample", "place"], name="one_text_a_place")]

    def __str__(self):
        return f"{self.sample_id}/{self.place}"

    @property
    def right(self) -> bool | None:
        """Whether the change is right about it: what it finds breaks the clause, what it lets go does not."""
        if self.breaks is None:
            return None
        return self.breaks is not (self.difference.stratum == "lost")
