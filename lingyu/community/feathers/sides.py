"""One member under one set of terms: what was earned before a replay, and what each attempt would earn.

Holds what a replay keeps of a member, and the reading of what came before; `judging` judges.
"""

from collections import defaultdict
from datetime import datetime
from uuid import UUID

from django.db.models import Max, QuerySet, Sum

from .judging import Attempt, Memory, judge
from .rules import Terms


class Side:
    """One member under one set of terms."""

    def __init__(self, terms: Terms):
        self.terms = terms
        self.history = Memory()
        self.earned: dict[str, int] = {}
        self.broken: dict[str, int] = {}

    def begin(self, prior: list[dict], last: datetime | None) -> None:
        """What counted before the first day of the replay."""
        for row in prior:
            self.history.count("subject", row.get("subject", ""), row["all"])
            self.history.count("life", "", row["all"])
        self.history.note(last)

    def judge(self, row: dict, attempt: Attempt, foreign: bool) -> tuple[int, str]:
        """Feathers and reason; a key that earned is not judged again, a refusal by a room stands."""
        if row["key"] in self.earned:
            return 0, "again"
        if foreign:
            return 0, row["reason"]
        verdict = judge(self.terms, attempt, self.history)
        if verdict.amount:
            self.history.add(attempt, verdict.amount)
            self.earned[row["key"]] = verdict.amount
        return verdict.amount, verdict.reason

    def decline(self, row: dict) -> int:
        """A review broke the promise: what it had earned, which gives its room under the caps back."""
        amount = self.earned.get(row["key"], 0)
        self.earned[row["key"]], self.broken[row["key"]] = 0, amount
        self._move(row, -amount)
        return -amount

    def restore(self, row: dict) -> int:
        """The promise was kept after all: what it had earned."""
        amount = self.broken.pop(row["key"], 0)
        self.earned[row["key"]] = amount
        self._move(row, amount)
        return amount

    def _move(self, row: dict, amount: int) -> None:
        for scope, value in (("day", row["day"].isoformat()), ("subject", row["subject"]), ("life", "")):
            self.history.count(scope, value, amount)


class Before:
    """What members had earned by the rule before the replay, under both terms."""

    def __init__(self, rows: QuerySet, *terms: Terms):
        self._rows, self._terms = rows, terms
        self._sums: dict[UUID, list[dict]] = defaultdict(list)
        self._last: dict[UUID, datetime] = {}

    def read(self, ids: list[UUID]) -> None:
        """Of these members, what the terms need: limits of a day need nothing from before the first."""
        rows = self._rows.filter(member__in=ids).order_by()
        by_subject = any(terms.per_subject for terms in self._terms)
        if by_subject or any(terms.per_life for terms in self._terms):
            by = ("member_id", "subject") if by_subject else ("member_id",)
            for row in rows.values(*by).annotate(all=Sum("counts")):
                if row["all"]:
                    self._sums[row["member_id"]].append(row)
        if any(terms.cool_down for terms in self._terms):
            earned = rows.filter(outcome__in=("granted", "pending"))
            self._last = dict(earned.values_list("member").annotate(last=Max("at")))

    def sides(self, member: UUID) -> list[Side]:
        """The member as the first day begins, under each of the terms."""
        made = [Side(terms) for terms in self._terms]
        for side in made:
            side.begin(self._sums.get(member, []), self._last.get(member))
        return made
