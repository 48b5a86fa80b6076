"""Rows of the notifications: what members are told, what they want to be told, and the mails about it.

Holds state and its reading. Does not write: `actions` is the only writer.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lingyu.community.accounts.models import Member
from lingyu.kernel.ids import uuid7


class NotificationQuerySet(models.QuerySet):
    """Notifications, as adjectives."""

    def of(self, member: Member):
        """Told to `member` in the centre."""
        return self.filter(member=member, here=True)

    def unread(self):
        """Not read yet."""
        return self.filter(read_at__isnull=True)

    def in_area(self, kinds):
        """Of one of these kinds."""
        return self.filter(kind__in=kinds)

    def for_mail(self, until):
        """Still to be told by mail, of what happened before `until`; what was read meanwhile is left out."""
        return self.filter(mail=True, digest__isnull=True, read_at__isnull=True, at__lt=until)


class Notification(models.Model):
    """That a member is told of one thing; its id follows from what it tells of, so it is told once."""

    id = models.UUIDField(primary_key=True, editable=False)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=40)
    # Those of one group are shown as one: “3 people replied …”.
    group = models.CharField(max_length=120)
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    # What it is about, by id: titles are read when it is shown, so an edit or a take-down is seen.
    article = models.UUIDField(null=True, blank=True)
    comment = models.UUIDField(null=True, blank=True)
    # Feathers, where it is about some: whole, and added up in a group.
    feathers = models.PositiveIntegerField(default=0)
    # Codes for its words; no text that somebody typed.
    details = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    here = models.BooleanField(default=True)
    mail = models.BooleanField(default=False)
    digest = models.ForeignKey(
        "Digest", on_delete=models.SET_NULL, null=True, blank=True, related_name="notifications"
    )

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        indexes = [
            models.Index(fields=["member", "-at"], name="notification_newest"),
            models.Index(
                fields=["member", "group"],
                name="notification_unread",
                condition=models.Q(read_at__isnull=True, here=True),
            ),
            models.Index(
                fields=["at", "member"],
                name="notification_for_mail",
                condition=models.Q(mail=True, digest__isnull=True, read_at__isnull=True),
            ),
        ]

    def __str__(self):
        return f"{self.kind} → {self.member_id}"


class AnnouncementQuerySet(models.QuerySet):
    """Announcements by what is still to be done with them."""

    def under_way(self):
        """Not told to everybody yet, the oldest first."""
        return self.filter(ended_at__isnull=True).order_by("at", "id")


class Announcement(models.Model):
    """One thing that every member is told who was there `at` that time, a slice at a time.

    Members are gone through by their ids; those up to `reached` have been told.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=80)
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    details = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField()
    reached = models.UUIDField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="one_announcement_of_a_thing")]

    def __str__(self):
        return f"{self.kind} {self.key}"


class Preference(models.Model):
    """That a member wants, or does not want, one kind by one channel; without a row the kind's own choice."""

    class Channel(models.TextChoices):
        """By which ways a notification comes."""

        HERE = "here", _("On the site")
        MAIL = "mail", _("By e-mail")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="notification_preferences")
    kind = models.CharField(max_length=40)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    wanted = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("notification preference")
        verbose_name_plural = _("notification preferences")
        constraints = [
            models.UniqueConstraint(fields=["member", "kind", "channel"], name="one_wish_a_kind_and_channel")
        ]

    def __str__(self):
        return f"{self.member_id} {self.kind} {self.channel}"


class Rhythm(models.Model):
    """How often a member is sent a digest, and at which hour of the site's zone; else the default."""

    class Period(models.TextChoices):
        """How often."""

        OFF = "off", _("Never")
        DAILY = "daily", _("Every day")
        WEEKLY = "weekly", _("Every Monday")

    DEFAULT = Period.DAILY
    DEFAULT_HOUR = 9

    member = models.OneToOneField(Member, on_delete=models.CASCADE, primary_key=True, related_name="rhythm")
    period = models.CharField(max_length=10, choices=Period.choices, default=DEFAULT)
    hour = models.PositiveSmallIntegerField(default=DEFAULT_HOUR)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("digest rhythm")
        verbose_name_plural = _("digest rhythms")
        constraints = [models.CheckConstraint(condition=models.Q(hour__lt=24), name="hour_of_a_day")]

    def __str__(self):
        return f"{self.member_id} {self.period} {self.hour}"

    @classmethod
    def of(cls, member: Member) -> "Rhythm":
        """The member's own, or the default, unsaved."""
        return cls.objects.filter(member=member).first() or cls(
            member=member, period=cls.DEFAULT, hour=cls.DEFAULT_HOUR
        )


class DigestQuerySet(models.QuerySet):
    """Digests by what is still to be done with them."""

    def due(self, now):
        """Neither sent nor given up, and their next attempt has come."""
        waiting = self.filter(sent_at__isnull=True, given_up_at__isnull=True)
        return waiting.filter(next_at__lte=now).order_by("next_at", "id")


class Digest(models.Model):
    """One mail to one member for one period: claimed before it is written, so there is never a second."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="digests")
    period = models.CharField(max_length=20)
    until = models.DateTimeField()
    claimed_at = models.DateTimeField()
    next_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    given_up_at = models.DateTimeField(null=True, blank=True)
    # A code or the kind of an error; never an address.
    outcome = models.CharField(max_length=100, blank=True)

    objects = DigestQuerySet.as_manager()

    class Meta:
        verbose_name = _("digest")
        verbose_name_plural = _("digests")
        constraints = [models.UniqueConstraint(fields=["member", "period"], name="one_digest_a_period")]
        indexes = [
            models.Index(
                fields=["next_at"],
                name="digest_due",
                condition=models.Q(sent_at__isnull=True, given_up_at__isnull=True),
            )
        ]

    def __str__(self):
        return f"{self.member_id} {self.period}"

    @property
    def message_id(self) -> str:
        """The mail's own name: the same at every attempt, so that a mailbox keeps one of them."""
        return f"<digest.{self.id}@{settings.LINGYU_URL.split('://')[-1].split('/')[0].split(':')[0]}>"
