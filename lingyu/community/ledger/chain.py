"""The hash chain: what a transfer says, digested, and each account's entries linked one to the next.

Holds pure functions of values, so that a member can check a statement with nothing but this.
SHA-256 over canonical JSON: sorted keys, no spaces, UTF-8, times in UTC to the microsecond.
"""

import json
from datetime import UTC, datetime
from hashlib import sha256


def moment(at: datetime | None) -> str | None:
    """A time as the chain writes it."""
    return at.astimezone(UTC).isoformat(timespec="microseconds") if at else None


def transfer_digest(transfer) -> str:
    """The digest of all that a transfer says; any object with the fields of `models.Transfer` will do."""
    said = [
        str(transfer.id),
        transfer.key,
        transfer.kind,
        moment(transfer.at),
        str(transfer.member),
        transfer.amount,
        transfer.cause,
        transfer.subject,
        transfer.about,
        transfer.lots,
        moment(transfer.due_at),
        str(transfer.closes_id) if transfer.closes_id else None,
        str(transfer.reverses_id) if transfer.reverses_id else None,
    ]
    return _digest(said)


def entry_hash(before: str, account, version: int, amount: int, balance: int, digest: str) -> str:
    """The hash of an entry: of the one `before` it, of itself, and of its transfer's digest."""
    return _digest([before, str(account), version, amount, balance, digest])


def anchor_digest(before: str, at: datetime, heads: dict) -> str:
    """The digest of an anchor: of the one before it, and of the heads it seals."""
    return _digest([before, moment(at), heads])


def _digest(said: list) -> str:
    text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(text.encode()).hexdigest()
