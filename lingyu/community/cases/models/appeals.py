"""Appeals against decisions, and how they ended."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lingyu.community.accounts.models import Member
from lingyu.kernel.ids import uuid7

from .decisions import Decision

WORDS_LIMIT = 2_000


class AppealQuerySet(models.QuerySet):
    """Appeals, as adjectives."""

    def waiting(self):
        """Not ruled on; what is due first stands first."""
        return self.filter(ruling__isnull=True).order_by("due_at", "id")

    def late(self, now):
        """Waiting beyond the day that was promised."""
        return self.waiting().filter(due_at__lte=now)


class Appeal(models.Model):
    """That somebody whom a decision concerns asks another person to decide again: its author, or a reporter.

    One a person and decision. Append-only but for nothing: how it ended is a row of its own.
    """

    class Side(models.TextChoices):
        AUTHOR = "author", _("Author")
        REPORTER = "reporter", _("Reporter")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="appeals")
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="appeals")
    side = models.CharField(max_length=10, choices=Side.choices)
    words = models.CharField(_("why it is wrong"), max_length=WORDS_LIMIT)
    at = models.DateTimeField()
    due_at = models.DateTimeField()

    objects = AppealQuerySet.as_manager()

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        constraints = [models.UniqueConstraint(fields=["decision", "by"], name="one_appeal_a_person")]

    def __str__(self):
        return f"? {self.decision_id}"


class Ruling(models.Model):
    """How an appeal ended: upheld, reduced or overturned, with reasons.

    Not by whoever decided: a trigger of the database refuses such a row. Append-only.
    """

    class Outcome(models.TextChoices):
        UPHELD = "upheld", _("Decision upheld")
        REDUCED = "reduced", _("Decision made milder")
        OVERTURNED = "overturned", _("Decision overturned")

    appeal = models.OneToOneField(Appeal, on_delete=models.PROTECT, primary_key=True, related_name="ruling")
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    severity = models.PositiveSmallIntegerField(null=True)
    words = models.CharField(_("reasons"), max_length=WORDS_LIMIT)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="rulings")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("ruling")
        verbose_name_plural = _("rulings")
        constraints = [
            models.CheckConstraint(condition=~models.Q(words=""), name="a_ruling_has_reasons"),
            models.CheckConstraint(
                condition=models.Q(outcome="reduced", severity__isnull=False)
                | ~models.Q(outcome="reduced") & models.Q(severity__isnull=True),
                name="a_reduced_ruling_has_a_severity",
            ),
        ]

    def __str__(self):
        return f"{self.appeal_id}: {self.outcome}"
