"""Whose clean comments are opened without waiting for a person.

Holds the rule, and its numbers. With `LINGYU_REVIEW=all` nobody's are: some sites have to look at every
comment first.
"""

from django.conf import settings

from lingyu.community.accounts.models import Member
from lingyu.community.comments.models import Comment
from lingyu.community.pact.standings import standing_of

# So many comments a person has approved.
APPROVED = 5


def trusted(member: Member) -> bool:
    """Whether a member has shown often enough how they write, and stands well."""
    if settings.LINGYU_REVIEW == "all" or standing_of(member).rung.level:
        return False
    passed = Comment.objects.approved().filter(author=member, approval__by__isnull=False)
    return passed[:APPROVED].count() >= APPROVED
