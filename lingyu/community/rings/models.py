"""Rows of the rings: clusters as they were found, who belongs, and what a person said.

Holds state and its reading. Does not write: `actions` is the only writer.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lingyu.community.accounts.models import Member
from lingyu.kernel.ids import uuid7


class RingQuerySet(models.QuerySet):
    """Rings, as adjectives."""

    def waiting(self):
        """Nobody has said anything of them, the surest first."""
        return self.filter(answered_at__isnull=True).order_by("-score", "id")

    def answered(self):
        """Confirmed or dismissed, the last one first."""
        return self.filter(answered_at__isnull=False).order_by("-answered_at", "id")


class Ring(models.Model):
    """A cluster of accounts. `key` names its members, so that the same cluster is found once.

    `edges` is a list of {one, other, score, signs: [{code, fullness, values}]}: why, as it was seen then.
    """

    class Answer(models.TextChoices):
        CONFIRMED = "confirmed", _("They act together")
        DISMISSED = "dismissed", _("They do not")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.CharField(max_length=64, unique=True)
    score = models.FloatField()
    size = models.PositiveIntegerField()
    edges = models.JSONField(default=list)
    found_at = models.DateTimeField()
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    words = models.CharField(max_length=500, blank=True)
    answered_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    objects = RingQuerySet.as_manager()

    class Meta:
        verbose_name = _("ring")
        verbose_name_plural = _("rings")

    def __str__(self):
        return f"{self.size} · {self.score:.2f}"


class Belonging(models.Model):
    """That a member belongs to a ring."""

    ring = models.ForeignKey(Ring, on_delete=models.CASCADE, related_name="belongings")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="rings")

    class Meta:
        verbose_name = _("member of a ring")
        verbose_name_plural = _("members of rings")
        constraints = [models.UniqueConstraint(fields=["ring", "member"], name="belongs_once")]

    def __str__(self):
        return f"{self.member_id} ∈ {self.ring_id}"
