"""Whatever is changed, swapped or cut off in the ledger's tables, verification names it."""

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction

from lingyu.community.ledger import actions as ledger
from lingyu.community.ledger.models import Account, Anchor, Drift, Entry, Lot, Transfer
from lingyu.community.ledger.sampling import sample
from lingyu.community.ledger.verify import verify

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 5, 1, 4, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def life(luren, xiaoxi):
    """Two members' movements of every kind, sealed twice, and some after the seals."""
    about = {"member": luren.id, "cause": "quiz", "subject": "article:1", "at": NOON}
    ledger.issue(**about, amount=20, key="a", lot_expires_at=NOON + 3 * DAY)
    ledger.issue(**about, amount=10, key="b", lot_expires_at=NOON + 9 * DAY)
    ledger.issue(**about | {"member": xiaoxi.id}, amount=10, key="c")
    ledger.spend(**about, amount=12, key="d")
    ledger.pend(**about, amount=6, key="p", due_at=NOON + DAY)
    ledger.pend(**about, amount=4, key="q")
    ledger.hold(**about, amount=5, key="h")
    ledger.seal(at=NOON)
    ledger.post_pending(key="p", at=NOON + DAY)
    ledger.refund(key="d", refund_key="r", amount=3, at=NOON + DAY)
    ledger.claw_back(key="a", claw_key="k", at=NOON + DAY)
    ledger.seal(at=NOON + DAY)
    ledger.restore(claw_key="k", restore_key="s", at=NOON + DAY)
    ledger.expire_lots(at=NOON + 4 * DAY)
    ledger.settle_hold(key="h", at=NOON + 4 * DAY)
    ledger.spend(**about | {"member": xiaoxi.id}, amount=2, key="e")
    assert verify().faults == []
    return luren


@contextmanager
def hand_in_the_till():
    """By somebody who owns the database: without its triggers, and undone at the end."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("set constraints all immediate")
                cursor.execute("set local session_replication_role = replica")
            else:
                cursor.execute(
                    "select name from sqlite_master where type = 'trigger' and name like 'ledger%'"
                )
                for (name,) in cursor.fetchall():
                    cursor.execute(f"drop trigger {name}")
            yield cursor
        transaction.set_rollback(True)


def changed(row, column: str, value) -> list[str]:
    with hand_in_the_till():
        assert type(row).objects.filter(pk=row.pk).update(**{column: value}) == 1
        return verify().faults


LATER = NOON + timedelta(microseconds=1)
CHANGES = [
    (Transfer, {"key": "a"}, "id", uuid4()),
    (Transfer, {"key": "a"}, "key", "A"),
    (Transfer, {"key": "a"}, "kind", "issuf"),
    (Transfer, {"key": "a"}, "at", LATER),
    (Transfer, {"key": "a"}, "member", uuid4()),
    (Transfer, {"key": "a"}, "amount", 21),
    (Transfer, {"key": "a"}, "cause", "quix"),
    (Transfer, {"key": "a"}, "subject", "article:2"),
    (Transfer, {"key": "a"}, "about", {"rule": "x"}),
    (Transfer, {"key": "a"}, "lots", []),
    (Transfer, {"key": "p"}, "due_at", LATER),
    (Transfer, {"key": "p:kept"}, "closes", None),
    (Transfer, {"key": "r"}, "reverses", None),
    (Entry, {"balance": 18}, "transfer", "c"),
    (Entry, {"balance": 18}, "account", "held"),
    (Entry, {"balance": 18}, "amount", -13),
    (Entry, {"balance": 18}, "balance", 19),
    (Entry, {"balance": 18}, "version", 99),
    (Entry, {"balance": 18}, "hash", "0" * 64),
    (Account, {"kind": "available"}, "id", uuid4()),
    (Account, {"kind": "available"}, "kind", "spent"),
    (Account, {"kind": "available"}, "owner", "somebody"),
    (Account, {"kind": "available"}, "balance", 1_000_001),
    (Account, {"kind": "available"}, "version", 1_000),
    (Account, {"kind": "available"}, "head", "0" * 64),
    (Account, {"kind": "available"}, "sealed", 1_000),
    (Lot, {"amount": 20}, "id", uuid4()),
    (Lot, {"amount": 20}, "member", uuid4()),
    (Lot, {"amount": 20}, "amount", 21),
    (Lot, {"amount": 10}, "left", 1),
    (Lot, {"amount": 20}, "expires_at", LATER),
    (Anchor, {"id": 1}, "id", 7),
    (Anchor, {"id": 1}, "at", LATER),
    (Anchor, {"id": 1}, "heads", {}),
    (Anchor, {"id": 2}, "digest", "0" * 64),
]


@pytest.mark.parametrize(("model", "which", "column", "value"), CHANGES)
def test_one_changed_value_is_found(life, model, which, column, value):
    row = model.objects.filter(**which).first()
    if column == "transfer":
        value = Transfer.objects.get(key=value)
    elif column == "account":
        value = Account.objects.get(kind=value, owner=str(life.id))
    assert changed(row, column, value)


def test_every_column_is_among_them():
    # The number of an entry names nothing: no other row refers to it, and its place is account and version.
    tried = {(model, column) for model, _, column, _ in CHANGES}
    there = {(m, f.name) for m in (Transfer, Entry, Account, Lot, Anchor) for f in m._meta.concrete_fields}
    assert there - tried == {(Entry, "id")}


def ended_with(*statements: str) -> list[str]:
    with hand_in_the_till() as cursor:
        for sql in statements:
            cursor.execute(sql)
        return verify().faults


NEWEST = "(select max(id) from ledger_entry)"


@pytest.mark.parametrize(
    "statements",
    [
        (f"delete from ledger_entry where id = {NEWEST}",),
        ("delete from ledger_entry where version = 1 and amount = 20",),
        ("delete from ledger_account where kind = 'held'",),
        (
            "delete from ledger_entry "
            "where account_id in (select id from ledger_account where kind = 'held')",
            "delete from ledger_account where kind = 'held'",
        ),
        ("delete from ledger_transfer where key = 'e'",),
        ("delete from ledger_lot where amount = 6",),
        ("delete from ledger_anchor where id = 1",),
        ("delete from ledger_anchor where id = 2",),
    ],
)
def test_what_was_deleted_is_missed(life, statements):
    assert ended_with(*statements)


def test_entries_in_another_order_are_found(life):
    with hand_in_the_till():
        first, second = Entry.objects.filter(account__kind="available", version__in=(1, 2)).order_by(
            "account", "version"
        )[:2]
        for entry, version in ((first, 98), (second, 1), (first, 2)):
            Entry.objects.filter(pk=entry.pk).update(version=version)
        assert verify().faults


def test_a_whole_movement_cut_out_with_all_that_tells_of_it_no_longer_fits_its_seal(life):
    """Somebody who knows everything undoes the last sealed transfer, accounts and lots and all."""
    with hand_in_the_till():
        for key in ("e", "h:settled"):
            _cut_out(Transfer.objects.get(key=key))
        assert verify().faults == []  # Not sealed yet: what the anchors do not have they cannot miss.
    ledger.seal(at=NOON + 5 * DAY)
    with hand_in_the_till():
        _cut_out(Transfer.objects.get(key="h:settled"))
        assert any("gone or changed" in fault or "anchors say" in fault for fault in verify().faults)


def _cut_out(transfer: Transfer) -> None:
    for entry in transfer.entries.all():
        before = Entry.objects.filter(account=entry.account, version=entry.version - 1).first()
        Account.objects.filter(id=entry.account_id).update(
            balance=before.balance if before else 0,
            version=before.version if before else 0,
            head=before.hash if before else "",
        )
    for lot, amount, _ in transfer.lots:
        Lot.objects.filter(id=lot).update(left=Lot.objects.get(id=lot).left - amount)
    transfer.entries.all().delete()
    Transfer.objects.filter(id=transfer.id).delete()


def test_a_digest_noted_elsewhere_shows_that_the_last_seal_is_gone(life):
    noted = Anchor.objects.latest("id")
    assert verify(expect=[noted.digest]).sound
    with hand_in_the_till() as cursor:
        cursor.execute("delete from ledger_anchor where id = 2")
        Account.objects.update(sealed=0)
        heads = Anchor.objects.get(id=1).heads
        for id, (version, _) in heads.items():
            Account.objects.filter(id=id).update(sealed=version)
        assert verify().sound
        assert verify(expect=[noted.digest]).faults == [
            f"no anchor has the digest {noted.digest}, which was expected"
        ]


@pytest.mark.parametrize(
    ("model", "which", "change"),
    [
        (Account, {"kind": "available"}, {"balance": 1_000_001}),
        (Account, {"kind": "held"}, {"balance": 1}),
        (Entry, {"balance": 18}, {"amount": -13}),
        (Lot, {"amount": 10}, {"left": 1}),
        (Transfer, {"key": "q"}, {"amount": 5}),
    ],
)
def test_the_sample_finds_what_has_drifted_by_one_feather(life, model, which, change):
    assert sample(50) == []
    with hand_in_the_till():
        model.objects.filter(pk=model.objects.filter(**which).first().pk).update(**change)
        assert sample(50)


def test_drift_is_kept_and_told_once(life, facts):
    from lingyu.community.ledger.events import LedgerDrifted

    with hand_in_the_till():
        Account.objects.filter(kind="available").update(balance=1_000_001)
        found = ledger.check_sample(at=NOON)
        assert ledger.check_sample(at=NOON) and ledger.check_all(at=NOON)
        assert found and {drift.what for drift in Drift.objects.all()} >= set(found)
        told = [fact.reason for fact in facts(LedgerDrifted)]
        assert len(told) == len(set(told)) >= 1


def test_what_was_sealed_is_told_with_its_digest(life, facts):
    from lingyu.community.ledger.events import LedgerSealed

    told = [(fact.anchor, fact.digest) for fact in facts(LedgerSealed)]
    assert told == [(anchor.id, anchor.digest) for anchor in Anchor.objects.order_by("id")]
    assert ledger.seal(at=NOON + 5 * DAY) and not ledger.seal(at=NOON + 5 * DAY)
