"""What was said: that it was, by whom and when, how long, and whether it counts. Never the words.

Words are kept of a small sample only, where the group's setting allows it, until they are labelled and no
longer than SAMPLE_DAYS: they are what the precision of the rules is checked on.
"""

from datetime import date, datetime
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from lingyu.community.accounts.models import Member

from .groups import Group
from .people import Participant

SAMPLE_DAYS = 30


class MessageQuerySet(models.QuerySet):
    """Messages, as adjectives."""

    def valid(self):
        """Those that count."""
        return self.filter(why="")

    def within(self, start: date, end: date):
        """Said from `start` to `end`, days of the site's zone, both included."""
        return self.filter(day__gte=start, day__lte=end)

    def person_days(self) -> list[tuple[UUID, UUID, date, int]]:
        """(group, participant, day, how many), ordered: the days on which each took part."""
        rows = self.order_by("group", "participant", "day").values_list("group", "participant", "day")
        return list(rows.annotate(said=models.Count("id")))


class Message(models.Model):
    """One message. `why` is the code of the rule that made it invalid, or ""; `rule` the version that judged.

    The id follows from the group and what the source calls the message, so that it counts once.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="messages")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="messages")
    at = models.DateTimeField()
    day = models.DateField()
    kind = models.CharField(max_length=20)
    length = models.PositiveIntegerField()
    why = models.CharField(max_length=20, blank=True)
    rule = models.PositiveIntegerField()

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        indexes = [
            models.Index(fields=["group", "day", "participant"], name="message_by_day"),
            models.Index(fields=["participant", "day"], name="message_by_person"),
        ]

    def __str__(self):
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"


class Sample(models.Model):
    """The words of one message, kept to be labelled; `label` is valid or invalid as a person judges."""

    class Label(models.TextChoices):
        """What a person says of it."""

        VALID = "valid", _("Says something")
        INVALID = "invalid", _("Says nothing")

    message = models.OneToOneField(Message, on_delete=models.CASCADE, primary_key=True, related_name="sample")
    words = models.CharField(max_length=500, blank=True)
    kept_at = models.DateTimeField()
    label = models.CharField(max_length=20, choices=Label.choices, blank=True)
    labelled_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")
    labelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("labelled sample")
        verbose_name_plural = _("labelled samples")

    def __str__(self):
        return f"{self.message_id} {self.label}"

    @classmethod
    def outdated(cls, before: datetime) -> models.QuerySet:
        """Samples whose words have been kept for long enough."""
        return cls.objects.filter(kept_at__lt=before).exclude(words="")
