"""Recording: with the change or not at all, and only what can be shipped."""

from datetime import UTC, datetime
from decimal import Decimal

import msgspec
import pytest
from django.db import transaction

from lingyu.kernel.events import DeclarationError, Event
from lingyu.store.models import Envelope
from lingyu.store.outbox import ENVELOPE_SIZE, OutsideTransaction, open_envelope, record, record_all

from . import samples
from .samples import paid, signed_up

pytestmark = [pytest.mark.usefixtures("declared")]


@pytest.mark.django_db(transaction=True)
def test_a_fact_outside_of_a_transaction_is_refused():
    with pytest.raises(OutsideTransaction):
        record(paid("2024-03-04"))
    assert not Envelope.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_rollback_loses_the_change_and_its_fact_together():
    with pytest.raises(RuntimeError), transaction.atomic():
        record(paid("2024-03-04"))
        raise RuntimeError("the change failed")
    assert not Envelope.objects.exists()


@pytest.mark.django_db
def test_neighbours_of_one_kind_share_an_envelope_up_to_its_size():
    record_all([paid("2024-03-04") for _ in range(ENVELOPE_SIZE + 1)] + [signed_up("2024-03-04", "a")])
    sizes = sorted(Envelope.objects.values_list("event", "size"))
    assert sizes == [("test.paid", 1), ("test.paid", ENVELOPE_SIZE), ("test.signed_up", 1)]


@pytest.mark.django_db
def test_an_envelope_opens_to_the_facts_that_were_put_in():
    facts = [paid("2024-03-04 01:02:03.000004", 7, "张三", shop="O'Neil \\"), paid("2024-03-05", -7)]
    record_all(facts)
    assert open_envelope(samples.Paid, Envelope.objects.get().body) == facts


@pytest.mark.django_db
def test_a_fact_that_no_room_has_declared_is_refused():
    class Unheard(Event, kw_only=True):
        """Nobody declared this."""

    with pytest.raises(DeclarationError, match="Unheard"):
        record(Unheard(occurred_at=datetime.now(UTC)))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("occurred_at", datetime(2024, 3, 4), "time zone"),
        ("promised_at", datetime(2024, 3, 4), "time zone"),
        ("occurred_at", datetime(1066, 10, 14, tzinfo=UTC), "1900"),
        ("amount", 2**63, "64 bits"),
        ("amount", -(2**63) - 1, "64 bits"),
        ("amount", Decimal("1.50"), "int"),
        ("amount", "100", "int"),
        ("amount", None, "int"),
        ("shop", 7, "str"),
        ("vip", 1, "bool"),
    ],
)
def test_a_value_that_the_store_cannot_keep_is_refused_at_the_door(field, value, words):
    fact = msgspec.structs.replace(paid("2024-03-04"), **{field: value})
    with pytest.raises(ValueError, match=words):
        record(fact)
    assert not Envelope.objects.exists()


@pytest.mark.django_db
def test_the_largest_number_is_let_in(remember, on_duck):
    assert remember([paid("2024-03-04", 2**63 - 1), paid("2024-03-04", -(2**63))]) == 2
