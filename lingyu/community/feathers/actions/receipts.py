"""Writing receipts: one row for what came of an attempt, never changed afterwards.

Holds the making of rows; called within the transaction of what they tell.
"""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection
from django.utils import timezone

from lingyu.community.accounts.models import Member
from lingyu.store.rows import columns, insert

from ..models import Receipt

SOON = timedelta(minutes=1)


def day_of(at: datetime) -> date:
    """The civil day of the site, whatever zone the reader's page is shown in."""
    return timezone.localdate(at, timezone.get_default_timezone())


def with_key(key: str, outcomes: tuple[str, ...]) -> Receipt | None:
    """The receipt of this key with one of the outcomes; looked for by hand, since there seldom is one."""
    with connection.cursor() as cursor:
        cursor.execute("select id, outcome from feathers_receipt where key = %s", [key])
        found = [id for id, outcome in cursor.fetchall() if outcome in outcomes]
    return Receipt.objects.get(id=UUID(str(found[0]))) if found else None


def write(member: Member, at: datetime, **told) -> Receipt:
    """A receipt at `at`, on its civil day of the site."""
    return _kept(Receipt(member=member, at=at, day=day_of(at), **told))


def repeated(member: Member, at: datetime, **told) -> Receipt | None:
    """The refusal of less than `SOON` ago that says the very same: who insists is answered by it again."""
    same = {name: told[name] for name in ("cause", "subject")}
    last = Receipt.objects.filter(member=member, **same).order_by("-at", "-id").first()
    about = ("asked", "reason", "facts")
    if last is None or last.outcome != "refused" or not timedelta() <= at - last.at < SOON:
        return None
    return last if all(getattr(last, name) == told.get(name, {}) for name in about) else None


def follow_up(origin: Receipt, at: datetime, outcome: str, **told) -> Receipt:
    """A receipt of what followed from an earlier one: the same business, and the day it counts on."""
    same = {
        name: getattr(origin, name)
        for name in ("member", "key", "cause", "version", "subject", "occurrence", "asked", "day")
    }
    return _kept(Receipt(**same | {"at": at, "outcome": outcome, "amount": origin.amount} | told))


def again(origin: Receipt, at: datetime, **told) -> Receipt:
    """The answer to what was done before; repeated on one day it is the same receipt."""
    day = day_of(at)
    found = Receipt.objects.filter(key=origin.key, outcome="again", day=day).first()
    told = {"reason": origin.outcome, "amount": 0, "day": day} | told
    return found or follow_up(origin, at, "again", **told)


def _kept(receipt: Receipt) -> Receipt:
    insert(Receipt, [columns(receipt)])
    receipt._state.adding = False
    return receipt
