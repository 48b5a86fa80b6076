"""Quotes: the price a member was told for something, signed, and good for ten minutes.

Holds values only. A purchase is made at a quote; when the price is another one meanwhile, it is not. The
id of a quote names the purchase: the same quote sent twice is one purchase.
"""

from dataclasses import dataclass
from uuid import UUID

from django.core import signing

from lingyu.kernel.ids import uuid7

from .rules import Purpose

LIFE = 600


class BadQuote(ValueError):
    """Not ours, for somebody or something else, or too old."""


@dataclass(frozen=True)
class Quote:
    """What one member was told that one thing costs, and what the member had then."""

    id: UUID
    purpose: Purpose
    subject: UUID
    member: UUID
    price: int
    balance: int

    @property
    def missing(self) -> int:
        """How many feathers are missing."""
        return max(0, self.price - self.balance)

    @property
    def after(self) -> int:
        """What is left after the purchase."""
        return self.balance - self.price

    def signed(self) -> str:
        """As the form carries it."""
        said = [str(self.id), str(self.subject), str(self.member), self.price]
        return signing.dumps(said, salt=_salt(self.purpose), compress=False)


def quote(purpose: Purpose, subject: UUID, member: UUID, price: int, balance: int) -> Quote:
    """A new quote."""
    return Quote(uuid7(), purpose, subject, member, price, balance)


def read(purpose: Purpose, token: str, subject: UUID, member: UUID) -> Quote:
    """The quote that a form brings back. Raises BadQuote."""
    try:
        id, of, whose, price = signing.loads(token[:1_000], salt=_salt(purpose), max_age=LIFE)
        found = Quote(UUID(id), purpose, UUID(of), UUID(whose), int(price), 0)
    except (signing.BadSignature, ValueError, TypeError):
        raise BadQuote from None
    if (found.subject, found.member) != (subject, member):
        raise BadQuote
    return found


def _salt(purpose: Purpose) -> str:
    return f"quote.{purpose.code}"
