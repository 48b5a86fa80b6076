"""Who is in groups: participants, and each of their stays. Holds no messages."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lingyu.community.accounts.models import Member

from .groups import Group

# Who does not count: they are there for their work, or are none.
NOT_COUNTED = ("staff", "bot")


class Participant(models.Model):
    """Somebody as a source knows them; `member` where it is known which account of the site is theirs.

    The id follows from source and key, so that the same person is met again whatever file they come in.
    The name is the source's, for the operators of the group only; it stands in no fact.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    source = models.CharField(max_length=20)
    key = models.CharField(max_length=120)
    name = models.CharField(max_length=80, blank=True)
    member = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        constraints = [models.UniqueConstraint(fields=["source", "key"], name="participant_once")]

    def __str__(self):
        return self.name or self.key

    @property
    def person(self) -> str:
        """As facts name them: the member's key, or the participant's own."""
        return str(self.member_id or self.id)


class MembershipQuerySet(models.QuerySet):
    """Stays, as adjectives."""

    def counted(self):
        """Of members, without staff and bots."""
        return self.exclude(role__in=NOT_COUNTED)

    def there_at(self, moment: datetime):
        """Of those who were in the group when `moment` came."""
        return self.filter(joined_at__lt=moment).filter(Q(left_at__isnull=True) | Q(left_at__gte=moment))

    def present(self):
        """Not ended."""
        return self.filter(left_at__isnull=True)


class Membership(models.Model):
    """One stay of somebody in a group; coming back is another.

    `joined_known` is false where the first message is all that tells of it. `how` a stay ended: quit,
    removed, unknown; "" while it lasts.
    """

    class Role(models.TextChoices):
        """What somebody is in the group."""

        MEMBER = "member", _("Member")
        CORE = "core", _("Core user")
        MODERATOR = "moderator", _("Moderator")
        STAFF = "staff", _("Staff")
        BOT = "bot", _("Bot")

    class How(models.TextChoices):
        """How a stay ended."""

        QUIT = "quit", _("Quit")
        REMOVED = "removed", _("Removed")
        UNKNOWN = "unknown", _("Unknown")

    id = models.UUIDField(primary_key=True, editable=False)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="memberships")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices, default=Role.MEMBER)
    joined_at = models.DateTimeField()
    joined_known = models.BooleanField(default=True)
    left_at = models.DateTimeField(null=True, blank=True)
    how = models.CharField(max_length=20, choices=How.choices, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["group", "participant"],
                condition=models.Q(left_at__isnull=True),
                name="one_stay_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(left_at__isnull=True) | models.Q(left_at__gte=models.F("joined_at")),
                name="stay_ends_after_it_began",
            ),
        ]
        indexes = [models.Index(fields=["group", "joined_at"], name="stay_by_its_beginning")]

    def __str__(self):
        return f"{self.participant_id} in {self.group_id}"

    @property
    def counts(self) -> bool:
        """Whether they are a member of whom the KPIs tell."""
        return self.role not in NOT_COUNTED
