"""What sharing does as time passes: friends who have taken part come to count, signals are forgotten.

Holds jobs only. Held rewards are posted by the feathers themselves.
"""

from datetime import datetime, timedelta

from lingyu.kernel.jobs import job

from . import actions
from .models import Invitation

BATCH = 200


@job("sharing.first_actions", every=timedelta(minutes=10), zh="受邀会员计入", en="Count invited members")
def count_friends(now: datetime) -> int:
    """Count those who took part before their address was confirmed; how many they were."""
    acted = Invitation.objects.waiting().filter(acted_at__isnull=False).order_by("-acted_at")
    found = acted.select_related("inviter", "invitee")[:BATCH]
    return sum(actions.settle_invitation(invitation=i, at=now) for i in list(found))


@job("sharing.forget", every=timedelta(hours=6), zh="清理分享识别信息", en="Forget signals of sharing")
def forget(now: datetime) -> int:
    """Let go of hashes whose time is over."""
    return actions.forget_signals(now=now)
