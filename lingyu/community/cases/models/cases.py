"""Cases, the reports that made them, and who is looking at which."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lingyu.community.accounts.models import Member
from lingyu.kernel.ids import uuid7


class CaseQuerySet(models.QuerySet):
    """Cases, as adjectives."""

    def open(self):
        """Not decided."""
        return self.filter(closed_at__isnull=True)

    def about(self, subject):
        """About one subject (“comment:<id>”), the latest first."""
        return self.filter(subject=subject).order_by("-opened_at", "-id")

    def ranked(self):
        """The most pressing first: minors, then by what is due first within the weight."""
        return self.order_by("-minors", "-weight", "due_at", "id")

    def free(self, now):
        """Nobody is looking at them at `now`."""
        return self.filter(models.Q(lease__isnull=True) | models.Q(lease__until__lte=now))


class Case(models.Model):
    """One subject that a person has to look at. Of one subject at most one is open at a time.

    `origin` is how it began (screening, report, appeal-free look of a moderator, coordination).
    `weight` is the priority in points, and `why` what made it, as a list of [code, points]; both are
    brought up to date as reports come in. `hidden_at`: taken out of sight before the decision.
    """

    class Origin(models.TextChoices):
        SCREENING = "screening", _("Screening")
        REPORT = "report", _("Report")
        MODERATOR = "moderator", _("Moderator")
        COORDINATION = "coordination", _("Coordination")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject = models.CharField(max_length=80, db_index=True)
    kind = models.CharField(max_length=20)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="cases")
    origin = models.CharField(max_length=20, choices=Origin.choices)
    screening = models.UUIDField(null=True)
    # As the reviewer sees it: what was said when the case began, whatever its writer makes of it later.
    title = models.TextField(blank=True)
    text = models.TextField(blank=True)
    acted_at = models.DateTimeField()
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    suspected = models.CharField(max_length=10, blank=True)
    minors = models.BooleanField(default=False)
    weight = models.PositiveIntegerField(default=0)
    why = models.JSONField(default=list)
    hidden_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        constraints = [
            models.UniqueConstraint(
                fields=["subject"], condition=models.Q(closed_at__isnull=True), name="one_open_case_a_subject"
            )
        ]
        indexes = [models.Index(fields=["closed_at", "-minors", "-weight", "due_at"], name="queue_of_cases")]

    def __str__(self):
        return self.subject


class ReportQuerySet(models.QuerySet):
    """Reports, as adjectives."""

    def waiting(self):
        """Of cases that are not decided."""
        return self.filter(case__closed_at__isnull=True)


class Report(models.Model):
    """That a member said that a subject breaks the pact. One a member and case, however often they press.

    `credibility` is what their word weighed when they gave it (0…1). `outcome` is what came of it:
    upheld, not upheld, or nothing yet.
    """

    class Outcome(models.TextChoices):
        UPHELD = "upheld", _("Upheld")
        DISMISSED = "dismissed", _("Not upheld")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reports")
    reporter = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="reports")
    clause = models.CharField(max_length=10)
    words = models.CharField(_("in your own words"), max_length=500, blank=True)
    credibility = models.FloatField()
    at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [models.UniqueConstraint(fields=["case", "reporter"], name="one_report_a_member")]

    def __str__(self):
        return f"{self.clause} · {self.case_id}"


class Lease(models.Model):
    """That a moderator is looking at a case until `until`.

    `token` grows with every lease of the case: a decision names the one it was made under, and is
    refused when another has been given since (a fencing token).
    """

    case = models.OneToOneField(Case, on_delete=models.CASCADE, primary_key=True, related_name="lease")
    holder = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    token = models.PositiveIntegerField()
    since = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        verbose_name = _("lease")
        verbose_name_plural = _("leases")

    def __str__(self):
        return f"{self.case_id} → {self.holder_id}"
