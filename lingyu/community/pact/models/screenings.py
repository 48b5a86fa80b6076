"""What was screened, and what the screening said: the log that rule changes are replayed over."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lingyu.community.accounts.models import Member
from lingyu.kernel.ids import uuid7


class ScreeningQuerySet(models.QuerySet):
    """Screenings, as adjectives."""

    def of(self, subject):
        """Of one subject (“comment:<id>”), the latest first."""
        return self.filter(subject=subject).order_by("-at", "-id")

    def held(self):
        """Texts that wait for a person to let them pass, oldest first."""
        return self.filter(resume__isnull=False, settled_at__isnull=True).order_by("at", "id")


class Screening(models.Model):
    """One look at one text. `findings` as `lingyu screen` prints them; `versions` of everything that judged.

    `resume` is how the text goes on when a person lets it pass, as [code, values]; None where the room
    keeps it waiting itself. Texts are kept for `KEPT` and then forgotten; what was decided stays.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="screenings")
    kind = models.CharField(max_length=20)
    subject = models.CharField(max_length=80, db_index=True)
    title = models.TextField(blank=True)
    text = models.TextField(blank=True)
    decision = models.CharField(max_length=10)
    lead = models.CharField(max_length=10, blank=True)
    findings = models.JSONField(default=list)
    versions = models.JSONField(default=dict)
    # The writer said that the refusal was a mistake, and asked for a person.
    contested = models.BooleanField(default=False)
    resume = models.JSONField(null=True)
    at = models.DateTimeField(db_index=True)
    settled_at = models.DateTimeField(null=True)

    objects = ScreeningQuerySet.as_manager()

    class Meta:
        verbose_name = _("screening")
        verbose_name_plural = _("screenings")
        indexes = [models.Index(fields=["member", "-at"], name="screenings_of_member")]

    def __str__(self):
        return f"{self.subject} → {self.decision}"
