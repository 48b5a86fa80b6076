"""What is known of a member when something is attempted: the facts that conditions ask for everywhere.

Holds reading only.
"""

from datetime import datetime

from allauth.account.models import EmailAddress

from lingyu.community.accounts.models import Member
from lingyu.community.articles.models import Reading


def facts_of(member: Member, at: datetime) -> dict:
    """The facts of `conditions` that are the same for every rule, as whole numbers."""
    return {
        "account_days": max(0, (at - member.joined_at).days),
        "email_confirmed": int(EmailAddress.objects.filter(user=member, verified=True).exists()),
        "effective_reads": Reading.objects.filter(person=member.key).count(),
    }
