"""How well reviewing is done: golden cases picked by hand, blind second looks."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lingyu.community.accounts.models import Member
from lingyu.kernel.ids import uuid7

from .cases import Case


class Golden(models.Model):
    """A text whose right answer is known, picked and explained by hand; shown among real cases, unmarked.

    `clause` is the right lead ground, empty for a text that breaks nothing. `source` is the case that it
    was taken from, if any: when whoever wrote it is erased, it has no text any more and is not shown.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    clause = models.CharField(max_length=10, blank=True)
    source = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="golden")
    because = models.CharField(_("why this is right"), max_length=500)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("golden case")
        verbose_name_plural = _("golden cases")

    def __str__(self):
        return self.text[:40]


class GoldenAnswer(models.Model):
    """What a moderator said of a golden case, once. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    golden = models.ForeignKey(Golden, on_delete=models.PROTECT, related_name="answers")
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    clause = models.CharField(max_length=10, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("answer to a golden case")
        verbose_name_plural = _("answers to golden cases")
        constraints = [models.UniqueConstraint(fields=["golden", "by"], name="one_answer_a_golden")]

    def __str__(self):
        return f"{self.golden_id}: {self.clause or '–'}"


class Double(models.Model):
    """A second, blind look at a decided case: what another moderator says without knowing the decision.

    `clause` is empty for “breaks nothing”. It changes nothing but the measure of agreement. Append-only.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="doubles")
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    clause = models.CharField(max_length=10, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("blind second look")
        verbose_name_plural = _("blind second looks")
        constraints = [models.UniqueConstraint(fields=["case", "by"], name="one_second_look_a_moderator")]

    def __str__(self):
        return f"{self.case_id}: {self.clause or '–'}"
