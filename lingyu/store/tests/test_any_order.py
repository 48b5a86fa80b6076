"""Whatever the order of recording, shipping, dying and tidying, the numbers are those of a plain model."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from tempfile import TemporaryDirectory
from uuid import UUID

import pytest
from django.conf import settings as live
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lingyu.store.engines import engine
from lingyu.store.models import Envelope
from lingyu.store.outbox import record_all
from lingyu.store.query import ask_all
from lingyu.store.ship import ship_all

from . import samples as s
from .cases.base import ask_for

_START = datetime(2024, 2, 27, tzinfo=UTC)
# Few ids, so that the same fact comes often; an id fixes the fact, as it does in the house.
_FACTS = st.integers(0, 40).map(
    lambda n: s.Paid(
        id=UUID(int=n),
        occurred_at=_START + timedelta(hours=n % 9 * 7),
        amount=n % 7 - 3,
        person=[None, "a", "b"][n % 3],
        shop=[None, "x", "y", "z"][n % 4],
    )
)
_STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("record"), st.lists(_FACTS, min_size=1, max_size=4)),
        st.tuples(st.sampled_from(["roll back"]), st.lists(_FACTS, min_size=1, max_size=2)),
        st.tuples(st.sampled_from(["ship", "die before marking", "tidy"]), st.none()),
    ),
    max_size=14,
)


def _take(step: str, facts, known: dict[UUID, s.Paid]) -> None:
    """One step, on the house and on the model."""
    if step == "record":
        with transaction.atomic():
            record_all(facts)
    elif step == "roll back":
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            record_all(facts)
            raise ZeroDivisionError
    elif step == "tidy":
        engine().tidy()
    else:
        waiting = list(Envelope.objects.waiting().values_list("id", flat=True))
        ship_all()
        if step == "die before marking":
            Envelope.objects.filter(id__in=waiting).update(shipped_at=None)
    if step == "record":
        known.update((fact.id, fact) for fact in facts)


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(_STEPS)
def test_numbers_are_those_of_a_plain_model(declared, steps):
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(live, "LINGYU_STORE", folder)
        engine.cache_clear()
        Envelope.objects.all().delete()
        known: dict[UUID, s.Paid] = {}
        for step, facts in steps:
            _take(step, facts, known)
        _take("ship", None, known)
        _compare(known)
        engine.cache_clear()


def _compare(known: dict[UUID, s.Paid]) -> None:
    whole = ("2024-02-27", "2024-03-01")
    facts = known.values()
    orders, amount, buyers, daily, shops = ask_all(
        [
            ask_for(s.ORDERS, *whole),
            ask_for(s.GMV, *whole),
            ask_for(s.BUYERS, *whole),
            ask_for(s.ORDERS, *whole, grain="day", tz="UTC"),
            ask_for(s.GMV, *whole, by=("shop",)),
        ]
    )
    assert orders.total == len(facts)
    assert amount.total == sum(f.amount for f in facts)
    assert buyers.total == len({f.person for f in facts} - {None})
    days = Counter(f.occurred_at.date() for f in facts)
    assert {row.time: row.value for row in daily.rows if row.value} == days
    assert {row.dims[0]: row.value for row in shops.rows} == {
        shop: sum(f.amount for f in facts if f.shop == shop) for shop in {f.shop for f in facts}
    }
