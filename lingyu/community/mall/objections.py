"""What stands against a member's having a good: one reason, or none. For the page, and for the purchase.

Holds reading only.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from uuid import UUID

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


class Known:
    """What is known of a member, read once for all goods (or for one) that are asked about."""

    def __init__(self, member: Member, good: Good | None = None):
        self.member, self._good = member, good

    @cached_property
    def tier(self) -> tuple[tiers.Tier, int]:
        """Their tier, and what they have earned in all."""
        return tiers.tier_of(self.member)

    @cached_property
    def had(self) -> dict[UUID, list[datetime]]:
        """When they ordered what they have kept, by good."""
        rows = Order.objects.kept().filter(member=self.member)
        if self._good:
            rows = rows.filter(good=self._good)
        found = defaultdict(list)
        for good, at in rows.values_list("good", "placed_at"):
            found[good].append(at)
        return found


def objection(
    good: Good, member: Member | None, now: datetime, known: Known | None = None
) -> Objection | None:
    """The first thing against it: of the sale, of the member, of what they had, of the stock.

    `good` comes from `counted()`; `known` is for who asks about many goods.
    """
    against = _sale(good, now)
    if member is not None:
        known = known or Known(member, good)
        against = against or _person(good, known, now) or _had(good, known, now)
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


def _person(good: Good, known: Known, now: datetime) -> Objection | None:
    if (now - known.member.joined_at).days < good.least_days:
        return Objection(purposes.TOO_NEW, {"days": good.least_days})
    if good.role and good.role not in known.member.roles:
        return Objection(purposes.ROLE)
    if good.least_tier:
        mine, earned = known.tier
        if mine.level < good.least_tier:
            least = tiers.tier(good.least_tier).least
            return Objection(purposes.TIER, {"earned": earned, "least": least})
    return None


def _had(good: Good, known: Known, now: datetime) -> Objection | None:
    if good.per_life and len(known.had[good.id]) >= good.per_life:
        return Objection(purposes.LIMIT_LIFE, {"most": good.per_life})
    if good.per_days and good.days:
        since = now - timedelta(days=good.days)
        if sum(at > since for at in known.had[good.id]) >= good.per_days:
            return Objection(purposes.LIMIT_DAYS, {"most": good.per_days, "days": good.days})
    return None
