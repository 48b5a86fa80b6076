"""What the notifications hold about a member, for their export and their erasure."""

from lingyu.community.accounts.models import Erasure, Member
from lingyu.community.accounts.privacy import Delete, Overwrite, contribution, eraser

from .models import Digest, Notification, Preference, Rhythm


@contribution("notifications", zh="通知", en="Notifications")
def notifications(member: Member):
    """Everything the member was told."""
    for told in Notification.objects.filter(member=member).order_by("at").iterator(1_000):
        yield {
            "kind": told.kind,
            "article": told.article,
            "comment": told.comment,
            "feathers": told.feathers or None,
            "at": told.at,
            "read_at": told.read_at,
        }


@contribution("notification_preferences", zh="通知设置", en="Notification preferences")
def preferences(member: Member):
    """What the member chose to be told, and how often by mail."""
    rhythm = Rhythm.of(member)
    yield {"kind": "digest", "channel": "mail", "wanted": rhythm.period, "hour": rhythm.hour, "at": rhythm.at}
    for wish in Preference.objects.filter(member=member).order_by("kind", "channel"):
        yield {"kind": wish.kind, "channel": wish.channel, "wanted": wish.wanted, "at": wish.at}


@eraser("notifications", zh="通知与邮件设置", en="Notifications and preferences")
def forget_notifications(erasure: Erasure):
    """What the member was told, and in what others were told, by whom."""
    member = erasure.member
    yield Delete(Notification.objects.filter(member=member))
    yield Delete(Digest.objects.filter(member=member))
    yield Delete(Preference.objects.filter(member=member))
    yield Delete(Rhythm.objects.filter(member=member))
    yield Overwrite(Notification.objects.filter(by=member), {"by": None})
