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


def said(transfer) -> list:
    """All that a transfer says, as plain values; any object with the fields of `models.Transfer` will do."""
    return [
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


def transfer_digest(transfer) -> str:
    """The digest of all that a transfer says."""
    return digest(said(transfer))


def entry_hash(before: str, account, version: int, amount: int, balance: int, transfer: str) -> str:
    """The hash of an entry: of the one `before` it, of itself, and of its `transfer`'s digest."""
    return digest([before, str(account), version, amount, balance, transfer])


def anchor_digest(before: str, at: datetime, heads: dict) -> str:
    """The digest of an anchor: of the one before it, and of the heads it seals."""
    return digest([before, moment(at), heads])


def digest(values: list) -> str:
    """SHA-256 of plain values, in hexadecimal."""
    return sha256(_canonical(values).encode()).hexdigest()


_canonical = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode
