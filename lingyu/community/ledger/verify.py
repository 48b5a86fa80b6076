"""Verification: everything the ledger promises, checked from its first entry on.

Holds the checks and changes nothing. Whatever is changed, added, swapped or cut off anywhere in accounts,
entries, transfers, lots or anchors is named. It reads in streams, as of one moment, and holds up no writer.
Sources of the invariants: docs/adr/0011.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby
from uuid import UUID

from django.db import connection, transaction
from django.db.models import BigIntegerField, Exists, F, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from .chain import anchor_digest
from .models import Account, Anchor, Entry, Lot, Transfer, account_id
from .sampling import totals_fault
from .walking import Walk, lot_faults, rows_of

CHUNK = 2_000
# Members whose lots are asked for together, and heads of an anchor.
TOGETHER = 400


@dataclass
class Report:
    """What was looked at, and every fault in words."""

    entries: int = 0
    transfers: int = 0
    accounts: int = 0
    lots: int = 0
    anchors: int = 0
    digest: str = ""
    faults: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults


def verify(progress: Callable[[int], None] = lambda entries: None, expect: Iterable[str] = ()) -> Report:
    """Check the whole ledger; `progress` is told the number of entries seen.

    `expect` are digests of anchors that were noted elsewhere: each has to be there still.
    """
    report = Report()
    with snapshot():
        anchors = _Anchors(report, set(expect))
        report.faults.extend(anchors.faults())
        report.faults.extend(_walk(report, anchors.sealed, progress))
        report.transfers = Transfer.objects.count()
        for check in (_unbalanced, _closings, _reversals):
            report.faults.extend(check())
        if fault := totals_fault():
            report.faults.append(fault)
    return report


@contextmanager
def snapshot() -> Iterator[None]:
    """All that is read within is as of one moment, whoever writes meanwhile; nobody waits for it."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("set transaction isolation level repeatable read, read only")
            yield
    else:
        # Not by atomic(), which would take the writers' place (docs/adr/0004).
        with connection.cursor() as cursor:
            cursor.execute("begin")
            try:
                yield
            finally:
                cursor.execute("rollback")


def _walk(report: Report, sealed: dict[UUID, int], progress: Callable[[int], None]) -> Iterator[str]:
    """Accounts and entries side by side, both in the order of the accounts' ids."""
    accounts = Account.objects.order_by("id").iterator(chunk_size=CHUNK)
    lots = _Lots(report)
    account = next(accounts, None)
    for id, rows in groupby(rows_of(), key=lambda row: row[1]):
        while account and account.id < id:
            yield from _ended(report, Walk(account.id), account, lots, sealed)
            account = next(accounts, None)
        walk = Walk(id)
        for row in rows:
            yield from walk.step(row)
            report.entries += 1
            if report.entries % CHUNK == 0:
                progress(report.entries)
        if account and account.id == id:
            yield from _ended(report, walk, account, lots, sealed)
            account = next(accounts, None)
        else:
            yield f"account {id}: is missing, its {walk.version} entries are there"
    while account:
        yield from _ended(report, Walk(account.id), account, lots, sealed)
        account = next(accounts, None)
    yield from lots.end()


def _ended(report: Report, walk: Walk, account: Account, lots: "_Lots", sealed: dict[UUID, int]):
    report.accounts += 1
    yield from walk.end(account)
    if account.sealed != (told := sealed.get(account.id, 0)):
        yield f"account {account.id} ({account}): sealed up to {account.sealed}, anchors say {told}"
    if account.kind == "available" and account.id == account_id("available", account.owner):
        yield from lots.add(account.owner, walk.lots)


class _Lots:
    """Lots as replayed, member by member, beside those that are there."""

    def __init__(self, report: Report):
        self._report, self._waiting = report, {}

    def add(self, owner: str, lots: dict) -> Iterator[str]:
        """A member whose entries have been walked; looked at together with others."""
        self._waiting[owner] = lots
        if len(self._waiting) >= TOGETHER:
            yield from self._look()

    def end(self) -> Iterator[str]:
        """The last of them, and lots of nobody."""
        yield from self._look()
        if (there := Lot.objects.count()) != self._report.lots:
            yield f"{there - self._report.lots} lots are of members without an account"

    def _look(self) -> Iterator[str]:
        for lot in Lot.objects.filter(member__in=list(self._waiting)).iterator(chunk_size=CHUNK):
            self._report.lots += 1
            owner = str(lot.member)
            yield from lot_faults(lot, self._waiting[owner].pop(str(lot.id), None), owner)
        for owner, lots in self._waiting.items():
            yield from (f"lot {lot}: of member {owner} is missing" for lot in lots)
        self._waiting = {}


class _Anchors:
    """The chain of anchors, each beside the entries it seals."""

    def __init__(self, report: Report, expect: set[str]):
        self._report, self._expect = report, expect
        # Up to which entry each account is sealed.
        self.sealed: dict[UUID, int] = {}

    def faults(self) -> Iterator[str]:
        """Anchors whose own chain is broken, or which the entries no longer fit."""
        before = ""
        for anchor in Anchor.objects.order_by("id").iterator(chunk_size=50):
            self._report.anchors += 1
            if anchor.id != self._report.anchors:
                yield f"anchor {anchor.id}: number {self._report.anchors} is missing before it"
                self._report.anchors = anchor.id
            if anchor.digest != anchor_digest(before, anchor.at, anchor.heads):
                yield f"anchor {anchor.id}: does not follow from the one before it"
            heads = [(UUID(account), version, head) for account, (version, head) in anchor.heads.items()]
            for start in range(0, len(heads), TOGETHER):
                yield from self._gone(anchor.id, heads[start : start + TOGETHER])
            self.sealed.update((account, version) for account, version, _head in heads)
            before = anchor.digest
            self._expect.discard(before)
        self._report.digest = before
        yield from (f"no anchor has the digest {digest}, which was expected" for digest in self._expect)

    def _gone(self, anchor: int, heads: list[tuple[UUID, int, str]]) -> Iterator[str]:
        native = connection.features.has_native_uuid_field
        marks = ", ".join(["(%s, %s, %s)"] * len(heads))
        sql = (
            f"select v.column1, v.column2 from (values {marks}) as v left join ledger_entry as e "  # noqa: S608
            "on e.account_id = v.column1 and e.version = v.column2 and e.hash = v.column3 where e.id is null"
        )
        told = [value for id, version, head in heads for value in (id if native else id.hex, version, head)]
        with connection.cursor() as cursor:
            cursor.execute(sql, told)
            for account, version in cursor.fetchall():
                yield f"anchor {anchor}: entry {version} of account {account} is gone or changed"


def _unbalanced() -> Iterator[str]:
    """Transfers whose entries do not add up to nought, and those without entries."""
    sums = Entry.objects.order_by().values("transfer").annotate(all=Sum("amount")).exclude(all=0)
    for row in sums.iterator(chunk_size=CHUNK):
        yield f"transfer {row['transfer']}: its entries add up to {row['all']}, not to 0"
    bare = Transfer.objects.filter(~Exists(Entry.objects.filter(transfer=OuterRef("pk"))))
    for id in bare.values_list("id", flat=True).iterator(chunk_size=CHUNK):
        yield f"transfer {id}: has no entries"
    # The walk joins each entry to its transfer, and so never sees one that has none.
    orphans = Entry.objects.filter(~Exists(Transfer.objects.filter(pk=OuterRef("transfer"))))
    for row in orphans.values("id", "transfer_id").iterator(chunk_size=CHUNK):
        yield f"transfer {row['transfer_id']}: is missing, its entry {row['id']} is there"


def _closings() -> Iterator[str]:
    """What is pending and held, by what was promised and held and is not closed."""
    for kind, account in (("pend", "pending"), ("hold", "held")):
        rows = Transfer.objects.filter(kind=kind).open().order_by().values_list("member")
        still = {str(member): amount for member, amount in rows.annotate(all=Sum("amount"))}
        balances = Account.objects.filter(kind=account).values_list("owner", "balance")
        for owner, balance in balances.iterator(chunk_size=CHUNK):
            if still.get(owner, 0) != balance:
                yield f"member {owner}: {account} is {balance}, what is open adds up to {still.get(owner, 0)}"


def _reversals() -> Iterator[str]:
    """Originals of which more has been taken back than there was."""
    restored = Transfer.objects.filter(kind="restore", reverses__reverses=OuterRef("reverses"))
    summed = restored.order_by().values("reverses__reverses").annotate(all=Sum("amount")).values("all")
    again = Coalesce(Subquery(summed, output_field=BigIntegerField()), 0)
    undone = Transfer.objects.filter(reverses__isnull=False).order_by().values("reverses", "reverses__amount")
    gone = undone.annotate(gone=Sum("amount") - again).filter(gone__gt=F("reverses__amount"))
    for row in gone.iterator(chunk_size=CHUNK):
        yield f"transfer {row['reverses']}: {row['gone']} taken back of {row['reverses__amount']}"
