"""Trials of a change over texts that were screened, and what it would have said otherwise."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lingyu.community.pact.models import Screening
from lingyu.kernel.ids import uuid7

from .changes import RuleChange


class Trial(models.Model):
    """A walk over screenings in the order of their time, in batches, that goes on where it stopped.

    `shadow` follows what is screened from the proposal on, `replay` goes over what was screened before,
    `watch` over what is screened while the change is live. `key` is the edition that it was tried beside.
    `golden` is what came of the clauses' examples (replay only): {"key", "checked", "regressions"}.
    """

    class Phase(models.TextChoices):
        SHADOW = "shadow", _("In shadow")
        REPLAY = "replay", _("Replay")
        WATCH = "watch", _("Live")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    change = models.ForeignKey(RuleChange, on_delete=models.PROTECT, related_name="trials")
    phase = models.CharField(max_length=8, choices=Phase.choices)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    cursor_at = models.DateTimeField()
    cursor_id = models.UUIDField(null=True)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    microseconds = models.BigIntegerField(default=0)
    golden = models.JSONField(null=True)
    moved_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("trial")
        verbose_name_plural = _("trials")
        constraints = [models.UniqueConstraint(fields=["change", "phase"], name="one_trial_a_phase")]

    def __str__(self):
        return f"{self.change_id}: {self.phase}"

    @property
    def each(self) -> float | None:
        """Milliseconds that a text took, by both sets; None before the first."""
        return self.microseconds / self.done / 1_000 if self.done else None


class DifferenceQuerySet(models.QuerySet):
    """Differences, as adjectives."""

    def stricter(self):
        """What the change found, or took more seriously."""
        return self.filter(kind__in=[Difference.Kind.NEW, Difference.Kind.FIRMER])

    def tried(self):
        """Of the trials before it went live."""
        return self.exclude(phase=Trial.Phase.WATCH)

    def watched(self):
        """Of the time in which it was live."""
        return self.filter(phase=Trial.Phase.WATCH)


class Difference(models.Model):
    """That the change says something else of one text under one clause.

    `before` and `after` are decisions on the text without and with the change; `stratum` is what it leads
    to: `block`, `review`, or `lost`. `spans` are [field, start, end, by] in the writer's characters; the
    text itself stays with the screening, and goes with it.
    """

    class Kind(models.TextChoices):
        NEW = "new", _("New hit")
        FIRMER = "firmer", _("Decided more strictly")
        LOST = "lost", _("Lost hit")
        MILDER = "milder", _("Decided more mildly")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    change = models.ForeignKey(RuleChange, on_delete=models.PROTECT, related_name="differences")
    phase = models.CharField(max_length=8, choices=Trial.Phase.choices)
    screening = models.ForeignKey(Screening, on_delete=models.PROTECT, related_name="+")
    clause = models.CharField(max_length=10)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    stratum = models.CharField(max_length=8)
    before = models.CharField(max_length=10)
    after = models.CharField(max_length=10)
    spans = models.JSONField(default=list)

    objects = DifferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("difference")
        verbose_name_plural = _("differences")
        constraints = [
            models.UniqueConstraint(
                fields=["change", "phase", "screening", "clause"], name="one_difference_a_text_and_clause"
            )
        ]
        indexes = [models.Index(fields=["change", "stratum"], name="differences_of_change")]

    def __str__(self):
        return f"{self.kind} {self.clause}"
