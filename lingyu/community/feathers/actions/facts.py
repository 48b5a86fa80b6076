"""What is known when something is attempted: of the member, and of what the rule has given them before.

Holds reading only: all of it in one question, asked by hand, because every attempt waits for it.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from uuid import UUID

from django.db import connection

from lingyu.community.accounts.models import Member

from ..rules import Rule, Terms

_REWARDED = "(select id from feathers_receipt where key = %s and outcome in ('granted', 'pending') limit 1)"
_CONFIRMED = "(select count(*) from account_emailaddress where user_id = %s and verified)"
_READS = "(select count(*) from articles_reading where person = %s)"
_USED = "(select coalesce(sum(counts), 0) from feathers_receipt where member_id = %s and cause = %s{})"
_LAST = (
    "(select max(at) from feathers_receipt where member_id = %s and cause = %s "
    "and outcome in ('granted', 'pending'))"
)


@dataclass(frozen=True)
class Known:
    """What an attempt is judged by, read under the lock of the wallet; a `judging.History`."""

    rewarded: UUID | None
    facts: dict
    _used: dict[str, int] = field(default_factory=dict)
    _last: datetime | None = None

    def used(self, scope: str, value: str) -> int:
        """As `History.used`: the value is that of the attempt."""
        return self._used[scope]

    def last(self) -> datetime | None:
        """As `History.last`."""
        return self._last


def known_of(
    member: Member, rule: Rule, terms: Terms, *, key: str, subject: str, day: date, at: datetime
) -> Known:
    """What is known for an attempt of `member` under `terms`: only the caps that they have are summed up."""
    who = member.id if connection.features.has_native_uuid_field else member.id.hex
    asked = [(_REWARDED, [key]), (_CONFIRMED, [who]), (_READS, [member.key])]
    scopes = {
        "day": (terms.per_day, " and day = %s", [day]),
        "subject": (terms.per_subject, " and subject = %s", [subject]),
        "life": (terms.per_life, "", []),
    }
    capped = [scope for scope, (cap, _where, _value) in scopes.items() if cap is not None]
    asked += [(_USED.format(scopes[s][1]), [who, rule.code, *scopes[s][2]]) for s in capped]
    asked += [(_LAST, [who, rule.code])] if terms.cool_down else []
    with connection.cursor() as cursor:
        cursor.execute(
            f"select {', '.join(sql for sql, _ in asked)}",
            [value for _, values in asked for value in values],
        )
        before, confirmed, reads, *rest = cursor.fetchone()
    facts = {
        "account_days": max(0, (at - member.joined_at).days),
        "email_confirmed": int(confirmed > 0),
        "effective_reads": reads,
    }
    last = _moment(rest[-1]) if terms.cool_down else None
    return Known(UUID(str(before)) if before else None, facts, dict(zip(capped, rest, strict=False)), last)


def _moment(value) -> datetime | None:
    # What SQLite computes is text, in UTC.
    return datetime.fromisoformat(value).replace(tzinfo=UTC) if isinstance(value, str) else value
