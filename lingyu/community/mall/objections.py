"""What stands against a member's having a good: one reason, or none. For the page, and for the purchase.

Holds reading only.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from lingyu.community.accounts.models import Member
from lingyu.community.feathers.explaining import REASONS

from . import purposes, tiers
from .models import Good, Order


@dataclass(frozen=True)
class Objection:
    """A reason (a code that receipts know) and the numbers in its words."""

    reason: str
    facts: dict = field(default_factory=dict)

    @property
    def words(self) -> str:
        """In the reader's language."""
        return _(REASONS[self.reason]) % self.facts

    @property
    def personal(self) -> bool:
        """Whether it is about who the member is: a good that is kept secret is not shown then."""
        return self.reason in (purposes.TOO_NEW, purposes.TIER, purposes.ROLE)


def objection(good: Good, member: Member | None, now: datetime) -> Objection | None:
    """The first thing against it: of the sale, of the member, of what they had, of the stock.

    `good` comes from `counted()`.
    """
    against = _sale(good, now)
    if member is not None:
        against = against or _person(good, member, now) or _had(good, member, now)
    if against is None and good.left == 0:
        return Objection(purposes.SOLD_OUT)
    return against


def _sale(good: Good, now: datetime) -> Objection | None:
    if not good.is_open:
        return Objection(purposes.CLOSED)
    if good.from_at and now < good.from_at:
        return Objection(purposes.NOT_YET)
    if good.until_at and now >= good.until_at:
        return Objection(purposes.OVER)
    return None


def _person(good: Good, member: Member, now: datetime) -> Objection | None:
    if (now - member.joined_at).days < good.least_days:
        return Objection(purposes.TOO_NEW, {"days": good.least_days})
    if good.role and good.role not in member.roles:
        return Objection(purposes.ROLE)
    if good.least_tier:
        mine, earned = tiers.tier_of(member)
        if mine.level < good.least_tier:
            least = tiers.tier(good.least_tier).least
            return Objection(purposes.TIER, {"earned": earned, "least": least})
    return None


def _had(good: Good, member: Member, now: datetime) -> Objection | None:
    kept = Order.objects.kept().filter(good=good, member=member)
    if good.per_life and kept.count() >= good.per_life:
        return Objection(purposes.LIMIT_LIFE, {"most": good.per_life})
    if good.per_days and good.days:
        lately = kept.filter(placed_at__gt=now - timedelta(days=good.days)).count()
        if lately >= good.per_days:
            return Objection(purposes.LIMIT_DAYS, {"most": good.per_days, "days": good.days})
    return None
