"""Messages to an audience: what is written, to whom it goes, who is held out, and what became of each."""

import hashlib
from datetime import datetime
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from lingyu.community.accounts.models import Member
from lingyu.kernel.ids import uuid7


class PostQuerySet(models.QuerySet):
    """Posts by what is to be done with them."""

    def under_way(self):
        """Started, neither stopped nor done, the oldest first."""
        return self.filter(started_at__isnull=False, stopped_at__isnull=True, ended_at__isnull=True).order_by(
            "started_at", "id"
        )

    def newest(self):
        """As a list shows them."""
        return self.select_related("written_by", "group").order_by("-written_at", "-id")


class Post(models.Model):
    """One message to many: its words, its audience, and what it should bring about within `goal_days`.

    The audience is a condition on people (`lingyu.kernel.questions.people`, as JSON), a group's members, or
    the early-warning list; it is drawn once, when the post is started. `held_out` per cent of it are told
    nothing.
    """

    class Channel(models.TextChoices):
        """By which way."""

        HERE = "here", _("On the site")
        MAIL = "mail", _("By e-mail")

    class Audience(models.TextChoices):
        """Who is meant."""

        WARNED = "warned", _("The early-warning list")
        GROUP = "group", _("Members of a group")
        CONDITION = "condition", _("A condition on people")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    title = models.CharField(max_length=80)
    words = models.TextField(max_length=2_000, blank=True)
    path = models.CharField(max_length=200, blank=True)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    audience = models.CharField(max_length=20, choices=Audience.choices)
    group = models.ForeignKey("Group", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    condition = models.JSONField(null=True, blank=True)
    goal = models.CharField(max_length=80)
    goal_days = models.PositiveSmallIntegerField(default=7)
    held_out = models.PositiveSmallIntegerField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    started_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("message to an audience")
        verbose_name_plural = _("messages to an audience")
        constraints = [
            models.CheckConstraint(condition=models.Q(held_out__lte=50), name="most_of_an_audience_is_told")
        ]

    def __str__(self):
        return self.title

    @property
    def state(self) -> str:
        """draft, running, stopped or ended."""
        if self.started_at is None:
            return "draft"
        return "stopped" if self.stopped_at else "ended" if self.ended_at else "running"

    def holds_out(self, member: UUID) -> bool:
        """Whether a member is told nothing: by a hash of both, so it can be checked and never changes."""
        digest = hashlib.sha256(f"{self.id}:{member}".encode()).digest()
        return int.from_bytes(digest[:8]) % 10_000 < self.held_out * 100


class RecipientQuerySet(models.QuerySet):
    """Recipients by what is to be done with them."""

    def waiting(self):
        """To be told, and nothing has become of it yet."""
        return self.filter(held=False, outcome="")

    def due(self, now: datetime):
        """Waiting, and their next attempt has come."""
        return self.waiting().filter(next_at__lte=now).order_by("next_at", "id")


class Recipient(models.Model):
    """One member of a post's audience: held out, or told, and how that went.

    `outcome`: sent; unsubscribed, unreachable, gone (no longer a member), no_room (the budget stayed used
    up), failed; "" while it waits. The row with its unique key is what makes a message go out once.
    """

    id = models.BigAutoField(primary_key=True)
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="recipients")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    held = models.BooleanField()
    outcome = models.CharField(max_length=20, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = RecipientQuerySet.as_manager()

    class Meta:
        verbose_name = _("recipient")
        verbose_name_plural = _("recipients")
        constraints = [models.UniqueConstraint(fields=["post", "member"], name="one_message_a_member")]
        indexes = [
            models.Index(fields=["next_at"], name="recipient_due", condition=models.Q(held=False, outcome=""))
        ]

    def __str__(self):
        return f"{self.post_id} → {self.member_id}"
