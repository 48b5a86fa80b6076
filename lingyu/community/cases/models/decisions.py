"""What was decided, and what was undone. Append-only, both."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lingyu.community.accounts.models import Member
from lingyu.kernel.ids import uuid7

from .cases import Case


class Decision(models.Model):
    """What was decided of a case: whether it breaks the pact, by which clause, and what was done.

    `lead` is the one lead ground, `also` further clauses. `restriction` is what became of the subject:
    `removed`, `none`. `words` is what the author reads. `by` is None for the house by itself (`automated`).
    """

    class Outcome(models.TextChoices):
        VIOLATION = "violation", _("Breaks the pact")
        CLEAR = "clear", _("Does not break the pact")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="decision")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    lead = models.CharField(max_length=10, blank=True)
    also = models.JSONField(default=list)
    restriction = models.CharField(max_length=20, blank=True)
    evidence = models.CharField(max_length=500, blank=True)
    words = models.CharField(max_length=2_000, blank=True)
    pact = models.PositiveIntegerField()
    detected_by_machine = models.BooleanField(default=False)
    # Of a deed on many cases at once: what one click takes back again.
    batch = models.UUIDField(null=True, db_index=True)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="decisions")
    at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome="clear", lead="")
                | ~models.Q(lead="") & models.Q(outcome="violation"),
                name="a_violation_has_a_lead_ground",
            )
        ]

    def __str__(self):
        return f"{self.case_id}: {self.outcome} {self.lead}"


class Reversal(models.Model):
    """That a decision was undone: by whom, and why. What follows is shown to be undone by `proofs`."""

    decision = models.OneToOneField(
        Decision, on_delete=models.PROTECT, primary_key=True, related_name="reversal"
    )
    by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    words = models.CharField(max_length=2_000)

    class Meta:
        verbose_name = _("reversal")
        verbose_name_plural = _("reversals")

    def __str__(self):
        return f"↺ {self.decision_id}"
