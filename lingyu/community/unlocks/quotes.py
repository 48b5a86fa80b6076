"""Quotes: the price a member was told, signed, and good for ten minutes.

Holds values only. A purchase is made at a quote; when the price is another one meanwhile, it is not.
"""

from dataclasses import dataclass
from uuid import UUID

from django.core import signing

from lingyu.kernel.ids import uuid7

SALT = "unlocks.quote"
LIFE = 600


class BadQuote(ValueError):
    """Not ours, for somebody or something else, or too old."""


@dataclass(frozen=True)
class Quote:
    """What one member was told that one article costs, and what the member had then."""

    id: UUID
    article: UUID
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
        said = [str(self.id), str(self.article), str(self.member), self.price]
        return signing.dumps(said, salt=SALT, compress=False)


def quote(article: UUID, member: UUID, price: int, balance: int) -> Quote:
    """A new quote."""
    return Quote(uuid7(), article, member, price, balance)


def read(token: str, article: UUID, member: UUID) -> Quote:
    """The quote that a form brings back. Raises BadQuote."""
    try:
        id, of, whose, price = signing.loads(token[:1_000], salt=SALT, max_age=LIFE)
        found = Quote(UUID(id), UUID(of), UUID(whose), int(price), 0)
    except (signing.BadSignature, ValueError, TypeError):
        raise BadQuote from None
    if (found.article, found.member) != (article, member):
        raise BadQuote
    return found
