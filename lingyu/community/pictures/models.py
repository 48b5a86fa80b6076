"""Rows of the pictures: who uploaded which, and when.

Holds state and its reading. Does not write: `actions` is the only writer. The files are on the `shelf`.
"""

from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lingyu.community.accounts.models import Member
from lingyu.kernel.ids import uuid7

from .addresses import PREFIX, Address, ours


class PictureQuerySet(models.QuerySet):
    """Pictures, as adjectives."""

    def by(self, member: Member):
        """Uploaded by `member`, the newest first."""
        return self.filter(member=member).order_by("-added_at", "-id")

    def withheld(self):
        """Taken out of sight."""
        return self.filter(withheld_at__isnull=False)

    def on_the_day_of(self, moment: datetime):
        """Uploaded on the calendar day of the site in which `moment` lies."""
        first = timezone.localtime(moment).replace(hour=0, minute=0, second=0, microsecond=0)
        # By the calendar, not by 24 hours: a day may have 23 or 25.
        following = timezone.make_aware(
            datetime.combine(first.date() + timedelta(days=1), datetime.min.time())
        )
        return self.filter(added_at__gte=first, added_at__lt=following)


class Picture(models.Model):
    """That a member uploaded a picture; two members may have uploaded the same file."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="pictures")
    name = models.CharField(_("file name"), max_length=64, db_index=True)
    alt = models.CharField(_("description"), max_length=200, blank=True)
    bytes = models.PositiveIntegerField()
    added_at = models.DateTimeField()
    # Taken out of sight for what it shows: its file lies apart, whoever uploaded the same.
    withheld_at = models.DateTimeField(null=True, editable=False)

    objects = PictureQuerySet.as_manager()

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        constraints = [models.UniqueConstraint(fields=["member", "name"], name="picture_once_a_member")]
        indexes = [models.Index(fields=["member", "-added_at"], name="picture_by_member")]

    def __str__(self):
        return self.name

    @property
    def address(self) -> Address:
        """Its address, which knows its sizes."""
        return ours(PREFIX + self.name)

    @property
    def markdown(self) -> str:
        """How an article names it."""
        alt = self.alt.replace("\\", "").replace("[", "(").replace("]", ")")
        return f"![{alt}]({PREFIX}{self.name})"
