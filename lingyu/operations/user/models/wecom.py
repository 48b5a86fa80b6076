"""What WeCom told of the groups of one owner on one day. Holds no members: WeCom tells none of them here."""

from django.db import models
from django.utils.translation import gettext_lazy as _

# Our column by what WeCom calls it.
FIGURES = {
    "chat_total": "groups",
    "new_chat_cnt": "new_groups",
    "chat_has_msg": "talking_groups",
    "member_total": "members",
    "new_member_cnt": "new_members",
    "member_has_msg": "talking_members",
    "msg_total": "messages",
}


class Snapshot(models.Model):
    """A day of an owner's groups, as WeCom counted it; written once, for after 180 days it can't be asked
    again.
    """

    id = models.BigAutoField(primary_key=True)
    day = models.DateField()
    owner = models.CharField(max_length=64)
    groups = models.PositiveIntegerField(default=0)
    new_groups = models.PositiveIntegerField(default=0)
    talking_groups = models.PositiveIntegerField(default=0)
    members = models.PositiveIntegerField(default=0)
    new_members = models.PositiveIntegerField(default=0)
    talking_members = models.PositiveIntegerField(default=0)
    messages = models.PositiveIntegerField(default=0)
    taken_at = models.DateTimeField()

    class Meta:
        verbose_name = _("WeCom snapshot")
        verbose_name_plural = _("WeCom snapshots")
        constraints = [models.UniqueConstraint(fields=["owner", "day"], name="one_snapshot_a_day")]

    def __str__(self):
        return f"{self.owner} {self.day}"
