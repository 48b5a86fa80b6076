"""What is booked stays: the database refuses to change, replace, delete or empty it, whoever asks."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from lingyu.community.ledger import actions as ledger
from lingyu.community.ledger.models import Account, Anchor, Entry, Lot, Transfer

NOON = datetime(2026, 5, 1, 4, tzinfo=UTC)
TABLES = ("ledger_transfer", "ledger_entry", "ledger_anchor", "ledger_account", "ledger_lot")


@pytest.fixture
def booked(luren):
    """A member with feathers, sealed."""
    ledger.issue(member=luren.id, amount=5, key="a", cause="quiz", subject="article:1", at=NOON)
    ledger.seal(at=NOON)
    return luren


def refused(sql: str) -> None:
    refusal = pytest.raises(DatabaseError, match="append-only")
    with refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize("model", [Transfer, Entry, Anchor])
def test_what_is_booked_is_neither_changed_nor_deleted(booked, model):
    column = {"Transfer": "amount", "Entry": "amount", "Anchor": "digest"}[model.__name__]
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        model.objects.update(**{column: "7"})
    refused(f"delete from {model._meta.db_table}")


@pytest.mark.parametrize("model", [Account, Lot])
def test_balances_change_but_no_account_or_lot_goes(booked, model):
    refused(f"delete from {model._meta.db_table}")


@pytest.mark.parametrize("table", TABLES)
def test_a_table_is_not_emptied_at_once(booked, table):
    if connection.vendor != "postgresql":
        return refused(f"delete from {table}")
    with connection.cursor() as cursor:
        # Checks that wait for the commit would stand before it.
        cursor.execute("set constraints all immediate")
    refused(f"truncate {table} cascade")


@pytest.mark.one_database
@pytest.mark.parametrize("table", ["ledger_transfer", "ledger_entry", "ledger_anchor", "ledger_lot"])
def test_a_row_is_not_replaced_by_another(booked, table):
    refused(f"insert or replace into {table} select * from {table}")


def test_the_database_refuses_a_balance_on_the_wrong_side_of_nought(booked):
    for kind, wrong in (("available", -1), ("issuer", 1), ("debt", 1), ("held", -1)):
        with pytest.raises(DatabaseError), transaction.atomic():
            Account.objects.filter(kind=kind).update(balance=wrong)


def test_the_database_refuses_a_lot_beyond_its_amount(booked):
    for left in (-1, 6):
        with pytest.raises(DatabaseError), transaction.atomic():
            Lot.objects.update(left=left)


@pytest.mark.django_db(transaction=True)
def test_a_promise_is_closed_once_even_by_who_writes_past_the_actions(luren):
    with transaction.atomic():
        ledger.pend(member=luren.id, amount=3, key="p", cause="share", subject="a", at=NOON)
        ledger.post_pending(key="p", at=NOON)
    promise = Transfer.objects.get(key="p")
    again = Transfer(
        key="p:again", kind="void", at=NOON, member=luren.id, amount=3, cause="share", subject="a"
    )
    again.closes = promise
    with pytest.raises(DatabaseError), transaction.atomic():
        again.save(force_insert=True)
