"""Tiers of members, by the feathers they have earned in all; spending does not lower them.

Holds the declared tiers and which is whose. What operators put in their place are rows (`TierTable`).
"""

from dataclasses import dataclass

from lingyu.community.accounts.models import Member
from lingyu.community.ledger.reads import earned
from lingyu.kernel.text import Named

from .models import TierTable


@dataclass(frozen=True)
class Tier(Named):
    """One tier: from `least` feathers earned on."""

    level: int
    zh: str
    en: str
    least: int


DECLARED = (
    Tier(0, zh="初羽", en="Downy", least=0),
    Tier(1, zh="丰羽", en="Full feather", least=100),
    Tier(2, zh="翠翎", en="Kingfisher", least=500),
    Tier(3, zh="金翎", en="Golden plume", least=2_000),
)


def in_force() -> tuple[Tier, ...]:
    """The tiers now, lowest first."""
    table = TierTable.objects.order_by("-number").first()
    return tuple(Tier(**row) for row in table.data) if table else DECLARED


def tier(level: int) -> Tier:
    """The tier of a level; the highest where there are fewer."""
    tiers = in_force()
    return tiers[min(level, len(tiers) - 1)]


def tier_of(member: Member, tiers: tuple[Tier, ...] | None = None) -> tuple[Tier, int]:
    """A member's tier, and how many feathers they have earned in all."""
    number = earned(member.id)
    return max((t for t in tiers or in_force() if t.least <= number), key=lambda t: t.level), number
