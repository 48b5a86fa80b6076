"""The demo's notifications: what members were told before this week has been read.

What they are told follows from what the other rooms' demo data did; here nothing is told.
"""

from datetime import datetime, timedelta
from random import Random

from lingyu.community.accounts.models import Member
from lingyu.community.articles.models import Article
from lingyu.community.notifications import actions


def load(people: dict[str, Member], articles: list[Article], random: Random, now: datetime) -> None:
    """Let everybody have read what is older than a few days."""
    for member in people.values():
        actions.mark_all_read(actor=member, at=now - timedelta(days=random.randint(2, 6)))
