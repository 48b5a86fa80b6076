"""What the ledger holds about a member, for their export.

Nothing of it is erased: it names ids, amounts and codes only, and the sums of all rest on it.
"""

from lingyu.community.accounts.models import Member
from lingyu.community.accounts.privacy import contribution

from .reads import lots, statement


@contribution("feathers_statement", zh="羽毛账单", en="Feathers statement")
def feathers_statement(member: Member):
    """Every movement of the member's feathers, newest first, with the balance after it."""
    for entry in statement(member.id).iterator(1_000):
        yield {
            "at": entry.transfer.at,
            "kind": entry.transfer.kind,
            "cause": entry.transfer.cause,
            "subject": entry.transfer.subject,
            "feathers": entry.amount,
            "balance_after": entry.balance,
        }


@contribution("feathers_lots", zh="羽毛批次", en="Feathers by expiry")
def feathers_lots(member: Member):
    """What is left of each lot, and when it expires."""
    for lot in lots(member.id):
        yield {"feathers": lot.amount, "left": lot.left, "expires_at": lot.expires_at}
