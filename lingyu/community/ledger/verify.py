"""Verification: everything the ledger promises, checked from its first entry on.

Holds the checks and changes nothing. Whatever is changed, added, swapped or cut off anywhere in
accounts, entries, transfers, lots or anchors is named. Sources of the invariants: docs/adr/0011.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Sum

from .chain import anchor_digest, entry_hash, transfer_digest
from .models import OWING, Account, Anchor, Entry, Lot, Transfer

CHUNK = 2_000


@dataclass
class Report:
    """What was looked at, and every fault in words."""

    entries: int = 0
    transfers: int = 0
    accounts: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults


def verify(progress: Callable[[int], None] = lambda entries: None) -> Report:
    """Check the whole ledger; `progress` is told the number of entries seen."""
    report = Report()
    walk = _Walk(report, _digests(report))
    for entry in _entries():
        walk.step(entry)
        if report.entries % CHUNK == 0:
            progress(report.entries)
    walk.end()
    for check in (walk.balanced, walk.accounts_match, walk.anchors_hold, _lots, _closings, _reversals):
        report.faults.extend(check())
    if fault := totals_fault():
        report.faults.append(fault)
    return report


def faults_of(account: Account) -> list[str]:
    """What is wrong with one account, its entries walked from the first."""
    report = Report()
    rows = Entry.objects.filter(account=account).select_related("transfer").order_by("version")
    walk = _Walk(report, {})
    for entry in rows.iterator(chunk_size=CHUNK):
        walk.step(entry, transfer_digest(entry.transfer))
    walk.end()
    # Read again: it may have moved on since it was drawn.
    now = Account.objects.get(id=account.id)
    seen = walk.heads.get(account.id, (0, 0, ""))
    later = Entry.objects.filter(account=account, version__gt=seen[0]).exists()
    if not later and (now.version, now.balance, now.head) != seen and now.version <= account.version:
        report.faults.append(_mismatch(now, seen))
    return report.faults


def totals_fault() -> str:
    """In words, when the balances of all accounts do not add up to nought."""
    total = Account.objects.aggregate(all=Sum("balance"))["all"] or 0
    return f"the balances of all accounts add up to {total}, not to 0" if total else ""


def _digests(report: Report) -> dict:
    """The digest of every transfer, computed anew."""
    digests = {}
    for transfer in Transfer.objects.order_by("id").iterator(chunk_size=CHUNK):
        digests[transfer.id] = transfer_digest(transfer)
        report.transfers += 1
    return digests


def _entries() -> Iterator[Entry]:
    return Entry.objects.order_by("account_id", "version").iterator(chunk_size=CHUNK)


class _Walk:
    """Entries seen account by account, each linked to the one before it."""

    def __init__(self, report: Report, digests: dict):
        self.report, self.digests = report, digests
        self.heads: dict = {}
        self.sums: dict = defaultdict(int)
        self.hashes: dict = {}
        self._account, self._version, self._balance, self._hash = None, 0, 0, ""

    def step(self, entry: Entry, digest: str | None = None) -> None:
        """The next entry, in the order of account and version."""
        if entry.account_id != self._account:
            self.end()
            self._account, self._version, self._balance, self._hash = entry.account_id, 0, 0, ""
        self.report.entries += 1
        where = f"entry {entry.id} (account {entry.account_id}, number {entry.version})"
        if entry.version != self._version + 1:
            self.report.faults.append(f"{where}: number {self._version + 1} is missing before it")
        if entry.balance != self._balance + entry.amount:
            self.report.faults.append(
                f"{where}: balance {entry.balance}, expected {self._balance + entry.amount}"
            )
        digest = digest or self.digests.get(entry.transfer_id, "")
        expected = entry_hash(
            self._hash, entry.account_id, entry.version, entry.amount, entry.balance, digest
        )
        if entry.hash != expected:
            self.report.faults.append(
                f"{where}: its hash is {entry.hash[:12]}…, expected {expected[:12]}…: "
                f"it, its transfer {entry.transfer_id}, or an entry before it was changed"
            )
        self._version, self._balance, self._hash = entry.version, entry.balance, entry.hash
        self.sums[entry.transfer_id] += entry.amount
        self.hashes[str(entry.account_id), entry.version] = entry.hash

    def end(self) -> None:
        """Note where the chain of the account just walked ends."""
        if self._account is not None:
            self.heads[self._account] = (self._version, self._balance, self._hash)

    def balanced(self) -> Iterator[str]:
        """Transfers whose entries do not add up to nought, and those without entries."""
        for transfer, total in self.sums.items():
            if total:
                yield f"transfer {transfer}: its entries add up to {total}, not to 0"
            if transfer not in self.digests:
                yield f"transfer {transfer}: is missing, its entries are there"
        for transfer in self.digests.keys() - self.sums.keys():
            yield f"transfer {transfer}: has no entries"

    def accounts_match(self) -> Iterator[str]:
        """Accounts that do not stand where their entries end, or on the wrong side of nought."""
        for account in Account.objects.iterator(chunk_size=CHUNK):
            self.report.accounts += 1
            seen = self.heads.get(account.id, (0, 0, ""))
            if (account.version, account.balance, account.head) != seen:
                yield _mismatch(account, seen)
            if (account.balance > 0) if account.kind in OWING else (account.balance < 0):
                yield f"account {account.id} ({account}): {account.balance} is on the wrong side of 0"

    def anchors_hold(self) -> Iterator[str]:
        """Anchors whose own chain is broken, or which the entries no longer fit."""
        before = ""
        for anchor in Anchor.objects.order_by("id").iterator(chunk_size=100):
            if anchor.digest != anchor_digest(before, anchor.at, anchor.heads):
                yield f"anchor {anchor.id}: does not follow from the one before it"
            for account, (version, head) in anchor.heads.items():
                if self.hashes.get((account, version)) != head:
                    yield f"anchor {anchor.id}: entry {version} of account {account} is gone or changed"
            before = anchor.digest


def _mismatch(account: Account, seen: tuple) -> str:
    return (
        f"account {account.id} ({account}): stands at {account.balance} after {account.version} entries, "
        f"its entries end at {seen[1]} after {seen[0]}"
        + ("" if account.head == seen[2] else ", with another hash")
    )


def _lots() -> Iterator[str]:
    """Lots that do not hold what transfers put into and took from them, or do not make up the balance."""
    left, until = defaultdict(int), {}
    for moves in Transfer.objects.order_by("id").values_list("lots", flat=True).iterator(chunk_size=CHUNK):
        for lot, amount, expiry in moves:
            left[lot] += amount
            until[lot] = expiry
    by_member: dict = defaultdict(int)
    for lot in Lot.objects.iterator(chunk_size=CHUNK):
        expected = left.pop(str(lot.id), 0)
        by_member[str(lot.member)] += lot.left
        if lot.left != expected:
            yield f"lot {lot.id}: {lot.left} left, expected {expected}"
        # Restored feathers may be given a grace out of order; the moment is compared where it is certain.
        if _moment(until.get(str(lot.id))) != lot.expires_at:
            yield f"lot {lot.id}: expires {lot.expires_at}, expected {until.get(str(lot.id))}"
    for lot, amount in left.items():
        if amount:
            yield f"lot {lot}: is missing, {amount} should be left of it"
    for owner, balance in Account.objects.filter(kind="available").values_list("owner", "balance"):
        if by_member.get(owner, 0) != balance:
            yield f"member {owner}: lots hold {by_member.get(owner, 0)}, the balance is {balance}"


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _closings() -> Iterator[str]:
    """What is pending and held, by what was promised and held and is not closed."""
    for kind, account in (("pend", "pending"), ("hold", "held")):
        still: dict = defaultdict(int)
        rows = Transfer.objects.filter(kind=kind).open().values_list("member", "amount")
        for member, amount in rows.iterator(chunk_size=CHUNK):
            still[str(member)] += amount
        for owner, balance in Account.objects.filter(kind=account).values_list("owner", "balance"):
            if still.get(owner, 0) != balance:
                yield f"member {owner}: {account} is {balance}, what is open adds up to {still.get(owner, 0)}"


def _reversals() -> Iterator[str]:
    """Originals of which more has been taken back than there was."""
    undone, again = defaultdict(int), defaultdict(int)
    rows = Transfer.objects.filter(reverses__isnull=False)
    listed = rows.values_list("kind", "reverses_id", "reverses__reverses_id", "amount")
    for kind, original, first, amount in listed.iterator(chunk_size=CHUNK):
        undone[original] += amount
        if kind == "restore":
            again[first] += amount
    for id, amount in Transfer.objects.filter(id__in=list(undone)).values_list("id", "amount"):
        if undone[id] - again[id] > amount:
            yield f"transfer {id}: {undone[id] - again[id]} taken back of {amount}"
