"""Rows of the contacts: terms in versions, and each message that was claimed.

Holds state and its reading. Does not write: `actions` is the only writer.
"""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lingyu.community.accounts.models import Member
from lingyu.kernel.ids import uuid7

WEEK = timedelta(days=7)


class Terms(models.Model):
    """How often and when members may be written to; a change is a new row, the newest counts.

    Nobody is written to from `quiet_from` to `quiet_to`, hours of the site's zone; equal hours are no quiet
    time. `held_out`: the percentage of an audience that is told nothing, so that what a message does can be
    seen.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    per_week = models.PositiveSmallIntegerField(default=2)
    quiet_from = models.PositiveSmallIntegerField(default=21)
    quiet_to = models.PositiveSmallIntegerField(default=9)
    held_out = models.PositiveSmallIntegerField(default=10)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("terms of contact")
        verbose_name_plural = _("terms of contact")
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(quiet_from__lt=24, quiet_to__lt=24, held_out__lte=50),
                name="terms_make_sense",
            )
        ]

    def __str__(self):
        return f"{self.per_week} / 7 d"

    @classmethod
    def standing(cls) -> "Terms":
        """The terms in force; those that Lingyu comes with, unsaved, before anybody set others."""
        return cls.objects.first() or cls()

    def quiet_until(self, now: datetime) -> datetime | None:
        """When the quiet time ends in which `now` lies; None outside of it."""
        zone = ZoneInfo(settings.TIME_ZONE)
        local = now.astimezone(zone)
        start, end = self.quiet_from, self.quiet_to
        inside = start <= local.hour < end if start < end else local.hour >= start or local.hour < end
        if start == end or not inside:
            return None
        day = local.date() + timedelta(days=1 if local.hour >= end else 0)
        return datetime.combine(day, time(end), zone)


class ContactQuerySet(models.QuerySet):
    """Contacts, as adjectives."""

    def lately(self, now: datetime):
        """Within the seven days up to now, the oldest first."""
        return self.filter(at__gt=now - WEEK, at__lte=now).order_by("at")


class Contact(models.Model):
    """One message that a desk sent, or is about to; `key` makes it one however often it is tried."""

    id = models.UUIDField(primary_key=True, editable=False)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="contacts")
    channel = models.CharField(max_length=10)
    purpose = models.CharField(max_length=40)
    at = models.DateTimeField()

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        indexes = [models.Index(fields=["member", "at"], name="contact_of_a_member")]

    def __str__(self):
        return f"{self.member_id} {self.purpose}"
