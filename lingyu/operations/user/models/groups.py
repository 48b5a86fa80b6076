"""Groups and what is aimed at in each. Holds no members and no messages."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from lingyu.community.accounts.models import Member
from lingyu.kernel.ids import uuid7


class GroupQuerySet(models.QuerySet):
    """Groups, as adjectives."""

    def standing(self):
        """Not closed, by name."""
        return self.filter(closed_at__isnull=True).order_by("name")

    def fed_by(self, column: str):
        """Forum sections that a column of the site feeds (its slug)."""
        return self.standing().filter(kind=Group.Kind.FORUM, column=column)


class Group(models.Model):
    """A place where members talk: what it is, who looks after it, and where its facts come from.

    `key` is what the source calls it. A forum section is fed by the comments below the articles of `column`.
    `goal` names the metric whose facts members should come to bring about, within `goal_days`; "" while
    nobody has said so.
    """

    class Kind(models.TextChoices):
        """What sort of place."""

        FORUM = "forum", _("Forum section")
        WECOM = "wecom", _("WeCom group")
        WECHAT = "wechat", _("WeChat group")
        CORE = "core", _("Core-user group")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(_("group name"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    key = models.CharField(max_length=120, blank=True)
    column = models.CharField(max_length=50, blank=True)
    owner = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    moderators = models.ManyToManyField(Member, related_name="+", blank=True)
    goal = models.CharField(max_length=80, blank=True)
    goal_days = models.PositiveSmallIntegerField(default=7)
    # Whether words of a sample may be kept to be labelled: who said so, and when.
    sampled_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    sampled_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = GroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key"], condition=~models.Q(key=""), name="group_of_a_source_once"
            )
        ]

    def __str__(self):
        return self.name


class Target(models.Model):
    """What a group should reach from `at` on: a share of 0 to 1; a new row each time, the last counts."""

    class Kpi(models.TextChoices):
        """Which of the three."""

        ACTIVITY = "activity", _("Activity rate")
        CONVERSION = "conversion", _("Conversion rate")
        CHURN = "churn", _("Churn rate")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="targets")
    kpi = models.CharField(max_length=20, choices=Kpi.choices)
    value = models.DecimalField(max_digits=5, decimal_places=4)
    at = models.DateTimeField()
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(value__gte=0) & models.Q(value__lte=1), name="target_is_a_share"
            )
        ]

    def __str__(self):
        return f"{self.group_id} {self.kpi} {self.value}"

    @classmethod
    def standing(cls, groups: list[UUID], at: datetime | None = None) -> dict[tuple[UUID, str], Decimal]:
        """The targets in force, by (group, KPI)."""
        rows = cls.objects.filter(group__in=groups)
        rows = rows.filter(at__lte=at) if at else rows
        return {(group, kpi): value for group, kpi, value in rows.values_list("group", "kpi", "value")}
