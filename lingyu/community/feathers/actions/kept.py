"""What a member has earned by a rule so far, as judging asks for it.

Holds reading only.
"""

from datetime import datetime

from lingyu.community.accounts.models import Member

from ..models import Receipt
from ..rules import Rule


class Kept:
    """A member's history with one rule, as receipts tell it; read under the lock of the wallet."""

    def __init__(self, member: Member, rule: Rule):
        self._rows = Receipt.objects.filter(member=member, cause=rule.code)

    def used(self, scope: str, value: str) -> int:
        """As `judging.History.used`."""
        where = {"day": {"day": value}, "subject": {"subject": value}, "life": {}}[scope]
        return self._rows.used(**where)

    def last(self) -> datetime | None:
        """As `judging.History.last`."""
        rewarded = self._rows.filter(outcome__in=["granted", "pending"]).order_by("-at")
        return rewarded.values_list("at", flat=True).first()
