"""Rows of the outbox: envelopes of facts, and what still has to follow from them.

Holds state only; `outbox` writes envelopes, `ship` and `deliver` work them off.
"""

from django.db import models

from lingyu.kernel.ids import uuid7

from .intake.models import ColumnMapping  # noqa: F401 - Django finds an app's tables here


class EnvelopeQuerySet(models.QuerySet):
    """Envelopes by what is still to be done with them."""

    def waiting(self):
        """Recorded, and not yet in the event store; oldest first."""
        return self.filter(shipped_at__isnull=True).order_by("id")

    def unlogged(self):
        """Recorded, and not yet in the log; oldest first."""
        return self.filter(logged_at__isnull=True).order_by("id")

    def shipped(self):
        """In the event store."""
        return self.filter(shipped_at__isnull=False)


class Envelope(models.Model):
    """Facts of one kind recorded together: one row a transaction, however many facts it holds.

    `body` is one JSON object a line (UTF-8), each an event of kind `event`; `size` counts them.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    event = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    body = models.BinaryField()
    recorded_at = models.DateTimeField()
    shipped_at = models.DateTimeField(null=True)
    logged_at = models.DateTimeField(null=True)

    objects = EnvelopeQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["id"], name="envelope_waiting", condition=models.Q(shipped_at__isnull=True)),
            models.Index(fields=["id"], name="envelope_unlogged", condition=models.Q(logged_at__isnull=True)),
        ]

    def __str__(self):
        return f"{self.size} × {self.event}"


class DeliveryQuerySet(models.QuerySet):
    """Deliveries by what is still to be done with them."""

    def due(self, now):
        """Open, and their next attempt has come."""
        return self.filter(done_at__isnull=True, next_at__lte=now).order_by("id")


class Delivery(models.Model):
    """One envelope on its way to one reaction: this table is the reactions' queue."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    envelope = models.ForeignKey(Envelope, on_delete=models.PROTECT)
    reaction = models.CharField(max_length=200)
    next_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    last_error = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["next_at"], name="delivery_open", condition=models.Q(done_at__isnull=True))
        ]

    def __str__(self):
        return f"{self.reaction} ← {self.envelope_id}"


class Handled(models.Model):
    """That one reaction has followed one event; committed with the effect, so it happens once."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reaction = models.CharField(max_length=200)
    event_id = models.UUIDField()
    handled_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reaction", "event_id"], name="handled_once")]

    def __str__(self):
        return f"{self.reaction} ✓ {self.event_id}"


class JobRunQuerySet(models.QuerySet):
    """Jobs by whether their time has come."""

    def due(self, now):
        """Their time has come, and no living worker is at them."""
        free = models.Q(leased_until__isnull=True) | models.Q(leased_until__lte=now)
        return self.filter(free, next_at__lte=now).order_by("next_at", "code")


class JobRun(models.Model):
    """When one job (`lingyu.kernel.jobs`) ran last, what came of it, and when it runs next."""

    code = models.CharField(max_length=100, primary_key=True)
    next_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    did = models.PositiveIntegerField(default=0)
    last_error = models.TextField(blank=True)

    objects = JobRunQuerySet.as_manager()

    def __str__(self):
        return self.code
