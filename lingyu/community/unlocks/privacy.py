"""What the unlocks hold about a member, for their export.

Nothing of it is erased: a purchase names ids and feathers, and a refund may still be owed for it.
"""

from lingyu.community.accounts.models import Member
from lingyu.community.accounts.privacy import contribution

from .models import Unlock


@contribution("unlocked_articles", zh="已解锁文章", en="Unlocked articles")
def unlocked_articles(member: Member):
    """Every article the member has bought."""
    for unlock in Unlock.objects.filter(member=member).order_by("at").iterator(1_000):
        yield {
            "article": unlock.article_id,
            "feathers": unlock.feathers,
            "at": unlock.at,
            "refunded_at": unlock.refunded_at,
        }
