"""What the feathers hold about a member, for their export.

Nothing of it is erased: receipts name ids, rules and numbers, and the ledger's sums rest on them.
"""

import json

from lingyu.community.accounts.models import Member
from lingyu.community.accounts.privacy import contribution

from .models import Receipt


@contribution("feathers_receipts", zh="羽毛明细", en="Feather receipts")
def feathers_receipts(member: Member):
    """Every attempt to earn or spend, refused ones too, and why it came out as it did."""
    for receipt in Receipt.objects.filter(member=member).order_by("at").iterator(1_000):
        yield {
            "at": receipt.at,
            "cause": receipt.cause,
            "rule_version": receipt.version,
            "subject": receipt.subject,
            "outcome": receipt.outcome,
            "reason": receipt.reason,
            "asked": receipt.asked,
            "feathers": receipt.amount,
            "details": json.dumps(receipt.facts, ensure_ascii=False, default=str),
        }
