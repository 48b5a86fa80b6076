"""What sharing and inviting earn: never the share itself, only people who really came.

Holds declarations; `actions` judge by them.
"""

from datetime import timedelta
from uuid import UUID

from lingyu.community.accounts.models import Member
from lingyu.community.feathers.rules import rule
from lingyu.community.feathers.subjects import Subject, subject
from lingyu.kernel.text import N_

READER = rule(
    "share.reader",
    zh="分享带来的读者",
    en="Reader by your link",
    about=N_(
        "For somebody else who came by your link and really read the article. Sharing itself earns "
        "nothing, whether and where you share is up to you; each reader counts once."
    ),
    amount=5,
    per_subject=15,
    per_day=100,
    hold=timedelta(hours=24),
    facts=("others",),
)
FRIEND = rule(
    "invite.friend",
    zh="邀请的朋友参与",
    en="Friend who took part",
    about=N_(
        "For a friend who joined by your link, once they took part: a comment that passed review, a "
        "question answered rightly, or three articles read on two days. Joining alone earns nothing."
    ),
    amount=10,
    per_day=50,
    hold=timedelta(hours=24),
)


@subject("member")
def friends(ids: list[UUID]) -> dict[UUID, Subject]:
    """Who it was that came, for the receipts of who invited them."""
    return {m.id: Subject(m.display_name) for m in Member.objects.filter(id__in=ids)}
