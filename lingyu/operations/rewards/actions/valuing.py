"""Valuing: what feathers cost, and how many may be issued in a month.

Holds writes of values and budgets; each is a new row, so that yesterday's figures stay explained.
"""

import re
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lingyu.community.accounts.models import Member
from lingyu.kernel.text import one_line
from lingyu.store.outbox import record

from ..events import BudgetSet, ValueSet
from ..models import Budget, FeatherValue

DEAREST, MOST = 100_000_000, 10**12
CURRENCY = re.compile(r"[A-Z]{3}")


@transaction.atomic
def set_value(
    *, actor: Member, per_thousand: int, currency: str, note: str, at: datetime | None = None
) -> FeatherValue:
    """Say what a thousand feathers cost from now on, in minor units."""
    if not 0 < per_thousand <= DEAREST:
        raise ValidationError({"value": _("Has to be more than nothing.")})
    if not CURRENCY.fullmatch(currency):
        raise ValidationError({"currency": _("Three letters, such as CNY.")})
    note = one_line(note)[:200]
    if not note:
        raise ValidationError({"note": _("Say where the value comes from.")})
    made = FeatherValue.objects.create(
        per_thousand=per_thousand,
        currency=currency,
        at=at or timezone.now(),
        by=actor,
        note=note,
    )
    record(
        ValueSet(
            occurred_at=made.at, person=actor.key, actor=actor.key, currency=currency, value=per_thousand
        )
    )
    return made


@transaction.atomic
def set_budget(
    *, actor: Member, month: date, feathers: int, note: str = "", at: datetime | None = None
) -> Budget:
    """Say how many feathers may be issued in the month that `month` lies in."""
    if not 0 < feathers <= MOST:
        raise ValidationError({"feathers": _("Has to be a whole number above 0.")})
    made = Budget.objects.create(
        month=month.replace(day=1),
        feathers=feathers,
        at=at or timezone.now(),
        by=actor,
        note=one_line(note)[:200],
    )
    record(
        BudgetSet(occurred_at=made.at, person=actor.key, actor=actor.key, month=made.month, feathers=feathers)
    )
    return made
