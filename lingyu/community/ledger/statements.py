"""A member's own statement with its proof, and checking it with nothing but the file.

Holds what a line of proof says, and the check: pure functions of text. The proof of an entry is all that its
hash covers, as JSON: its account, number, amount, balance, and every word of its transfer. Who keeps an older
statement can see by the hashes that nothing in it was changed since.
"""

import csv
import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from .chain import digest, entry_hash, said

# A line's columns for this purpose, by the same name in every language.
HASH, PROOF = "hash", "proof"


def proof(entry) -> str:
    """The proof of an entry, as JSON."""
    told = {
        "account": str(entry.account_id),
        "number": entry.version,
        "amount": entry.amount,
        "balance": entry.balance,
        "transfer": said(entry.transfer),
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


@dataclass
class Checked:
    """What a statement comes to: how many entries, the balance after the last, its hash, and every fault."""

    entries: int = 0
    balance: int = 0
    head: str = ""
    faults: list[str] = field(default_factory=list)


def read(lines: Iterable[str]) -> list[dict]:
    """The lines of a statement as CSV; ValueError when it has no hashes and proofs."""
    table = csv.DictReader(lines)
    if not {HASH, PROOF} <= set(table.fieldnames or ()):
        raise ValueError(f"no columns {HASH} and {PROOF}")
    return list(table)


def check(lines: Iterable[dict]) -> Checked:
    """Walk the entries from the first on: each has to follow from the one before it."""
    found, told = Checked(), []
    for place, line in enumerate(lines, 2):
        try:
            told.append((json.loads(line[PROOF]), line[HASH]))
            told[-1][0]["number"] + 0
        except (ValueError, KeyError, TypeError):
            found.faults.append(f"line {place}: its proof cannot be read")
    accounts = {one["account"] for one, _ in told}
    if len(accounts) > 1:
        found.faults.append(f"the lines are of {len(accounts)} accounts")
    for one, hash in sorted(told, key=lambda pair: pair[0]["number"]):
        _step(found, one, hash)
    return found


def _step(found: Checked, one: dict, hash: str) -> None:
    number, amount, balance = one["number"], one["amount"], one["balance"]
    found.entries += 1
    if number != found.entries:
        found.faults.append(f"number {found.entries} is missing before number {number}")
        found.entries = number
    if balance != found.balance + amount:
        found.faults.append(f"number {number}: balance {balance}, expected {found.balance + amount}")
    expected = entry_hash(found.head, one["account"], number, amount, balance, digest(one["transfer"]))
    if hash != expected:
        found.faults.append(f"number {number}: its hash is {hash[:12]}…, expected {expected[:12]}…")
    found.balance, found.head = balance, hash
